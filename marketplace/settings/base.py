"""Everything the site is made of; what differs between places comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from csp import constants as csp
from django.utils.translation import gettext_lazy as _
from oscar.defaults import *  # noqa: F403  Oscar asks for its defaults by star

from marketplace.settings import env, stripe_rules

ROOT = Path(__file__).resolve().parent.parent.parent
env.load_file(ROOT / ".env")
VAR = Path(env.text("VAR_DIR", str(ROOT / "var")))

# --- Where this runs ---------------------------------------------------------------------------
DEMO = env.flag("DEMO", default=False)
SITE_URL = env.url("SITE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname]
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Apps: ours first (their templates win), then Oscar's, then Wagtail's -----------------------
OUR_APPS = [
    "marketplace.core",
    "marketplace.accounts",
    "marketplace.places",
    "marketplace.villages",
    "marketplace.producers",
    "marketplace.provenance",
    "marketplace.ledger",
    "shop.fees",
    "shop.bookkeeping",
    "shop.payments",
    "shop.placing",
    "shop.parcels",
    "shop.stall",
    "shop.review",
    "shop.storefront",
    "shop.reports",
    "shop.targets",
    "shop.yearpacks",
    "shop.workbench",
    "cms.media",
    "cms.home",
    "cms.stories",
    "cms.routes",
    "cms.pages",
]
OSCAR_APPS = [
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "shop.checkout.apps.CheckoutConfig",
    "oscar.apps.address.apps.AddressConfig",
    "shop.shipping.apps.ShippingConfig",
    "shop.catalogue.apps.CatalogueConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "shop.partner.apps.PartnerConfig",
    "shop.basket.apps.BasketConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "shop.order.apps.OrderConfig",
    "shop.customer.apps.CustomerConfig",
    "search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.apps.DashboardConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.catalogue.apps.CatalogueDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "django_tables2",
    # Not "haystack": Oscar imports its modules, we use none of its signals or commands.
]
WAGTAIL_APPS = [
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.locales",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
]
OTHER_APPS = [
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.flatpages",  # Oscar's dashboard imports it; no page is served from it
    "django.contrib.humanize",
]
DEMO_APPS = ["deploy.demo"] if DEMO else []
INSTALLED_APPS = DEMO_APPS + OUR_APPS + OSCAR_APPS + WAGTAIL_APPS + OTHER_APPS

# Class overrides keep Oscar's own migrations: no table of Oscar's is ours.
MIGRATION_MODULES = {
    label: f"oscar.apps.{label}.migrations"
    for label in ("catalogue", "partner", "basket", "order", "shipping", "customer")
}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "marketplace.core.page_cache.PageCacheMiddleware",  # before session and basket
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "marketplace.accounts.middleware.SecondFactorMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "shop.basket.middleware.BasketMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "marketplace.core.csp.PolicyByPathMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "marketplace" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
            ],
        },
    },
]

# --- Data --------------------------------------------------------------------------------------
DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR / 'marketplace.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False  # transactions begin in services, never in views
CACHES = {"default": env.cache("CACHE_URL", f"file://{VAR / 'cache'}")}
PAGE_CACHE_SECONDS = env.whole_number("PAGE_CACHE_SECONDS", 300)  # 0: no page is kept whole
SESSION_ENGINE = "django.contrib.sessions.backends.db"
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "long"],  # long: core.worker runs it beside all else
    }
}
# Oscar imports haystack's modules, which refuse to load without this. Nothing is ever indexed.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
FIELD_KEYS = env.words("FIELD_KEYS")

# --- People ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["marketplace.accounts.backends.PeopleBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "marketplace.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True  # one address a person; the old one holds until the new is confirmed
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[OTOP] "
# How many proxies of ours write X-Forwarded-For; a wrong number lets people choose their address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number("TRUSTED_PROXIES", 0)
MFA_ADAPTER = "marketplace.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OTOP"

# --- Language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "th"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "marketplace" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"

# --- Files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [ROOT / "marketplace" / "static"]
ASSETS_ROOT = VAR / "assets"  # the stylesheet and the fonts, made from what is in the repository
STATICFILES_FINDERS = [
    "marketplace.core.assets.MadeFilesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(VAR / "media")))
# Pictures of receipts: never below MEDIA_ROOT, which a web server hands to everybody.
PRIVATE_ROOT = Path(env.text("PRIVATE_ROOT", str(VAR / "private")))

SEARCH_ROOT = VAR / "search"  # the dictionary and the embedded index; can be made anew
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "marketplace.core.private_files.PrivateStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "OTOP"
WAGTAIL_I18N_ENABLED = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.approval.publish_approved"
WAGTAILSIMPLETRANSLATION_SYNC_PAGE_TREE = True
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.PictureForm"
# What may be sent; all of it is kept as JPEG. The same limits as core.photos.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "heic", "heif", "png", "webp", "avif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 2**20
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILADMIN_LOGIN_URL = "account_login"
# Names, passwords and e-mails are changed where the second factor is asked for: /accounts/.
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no call to another host
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict] = []

# --- Oscar -------------------------------------------------------------------------------------
OSCAR_SHOP_NAME = "OTOP"
OSCAR_HOMEPAGE = "/"
OSCAR_DEFAULT_CURRENCY = "THB"
OSCAR_ALLOW_ANON_CHECKOUT = True
OSCAR_SLUG_FUNCTION = "marketplace.core.thai_slugs.slug_for_oscar"
OSCAR_SLUG_BLACKLIST: list[str] = []  # its English words occur inside romanised Thai
OSCAR_THUMBNAILER = "marketplace.core.pictures.Thumbnailer"
OSCAR_BASKET_COOKIE_LIFETIME = 30 * 24 * 60 * 60
OSCAR_BASKET_COOKIE_SECURE = SITE_URL.startswith("https://")
OSCAR_RECENTLY_VIEWED_COOKIE_SECURE = OSCAR_BASKET_COOKIE_SECURE
OSCAR_ALLOW_ANON_REVIEWS = False
# What shop.dashboard leaves open, for superusers.
OSCAR_DASHBOARD_NAVIGATION = [
    {"label": _("Dashboard"), "url_name": "dashboard:index"},
    {
        "label": _("Orders"),
        "children": [
            {"label": _("Orders"), "url_name": "dashboard:order-list"},
            {"label": _("Statistics"), "url_name": "dashboard:order-stats"},
        ],
    },
    {"label": _("Users"), "url_name": "dashboard:users-index"},
]
OSCAR_EAGER_ALERTS = False  # Oscar would look for waiting shoppers on every change of stock
OSCAR_ORDER_STATUS_PIPELINE = {
    "pending-payment": ("paid", "cancelled-unpaid"),
    "paid": ("preparing", "shipped", "partly-refunded", "refunded"),
    "preparing": ("shipped", "partly-refunded", "refunded"),
    "shipped": ("delivered", "partly-refunded", "refunded"),
    "delivered": ("partly-refunded", "refunded"),
    "partly-refunded": ("preparing", "shipped", "delivered", "refunded"),
    "refunded": (),
    "cancelled-unpaid": (),
}
OSCAR_INITIAL_ORDER_STATUS = "pending-payment"
OSCAR_INITIAL_LINE_STATUS = "pending-payment"
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "line4", "postcode", "phone_number")

# --- Money -------------------------------------------------------------------------------------
STRIPE_API_VERSION = "2026-10-28.endive"  # what stripe 16.1 speaks; pinned on every request
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY", "")
STRIPE_WEBHOOK_SECRETS = env.words("STRIPE_WEBHOOK_SECRETS")
STRIPE_API_URL = env.url("STRIPE_API_URL", "https://api.stripe.com")
STRIPE_JS_URL = env.text("STRIPE_JS_URL", "https://js.stripe.com/endive/stripe.js")
stripe_rules.check(
    secret=STRIPE_SECRET_KEY,
    publishable=STRIPE_PUBLISHABLE_KEY,
    api_url=STRIPE_API_URL,
    script_url=STRIPE_JS_URL,
    demo=DEMO,
)
STRIPE_MIN_AMOUNT_SATANG = env.whole_number("STRIPE_MIN_AMOUNT_SATANG", 1_000)
# What a producer without steps of its own charges: up to so many grams, satang. One step is flat.
DELIVERY_STEPS = (
    (1_000, 4_000),
    (3_000, 6_000),
    (5_000, 9_000),
    (10_000, 15_000),
    (20_000, 25_000),
)
UNPAID_ORDER_MINUTES = env.whole_number("UNPAID_ORDER_MINUTES", 30, minimum=1)

# --- Mail --------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.whole_number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = OSCAR_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "otop@localhost.example")

# --- Headers -----------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"  # Wagtail lets its own previews through
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# No inline script or style, no other host. The pay page adds Stripe's hosts with a decorator.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "script-src": [csp.SELF],
        "style-src": [csp.SELF],
        "img-src": [csp.SELF],
        "font-src": [csp.SELF],
        "connect-src": [csp.SELF],
        "manifest-src": [csp.SELF],
        "form-action": [csp.SELF],
        "base-uri": [csp.NONE],
        "frame-ancestors": [csp.SELF],  # Wagtail previews pages in a frame of its own
    }
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [csp.SELF],
    "script-src": [csp.SELF, csp.UNSAFE_INLINE],
    "style-src": [csp.SELF, csp.UNSAFE_INLINE],
    "img-src": [csp.SELF, "data:", "blob:"],
    "form-action": [csp.SELF],
    "base-uri": [csp.SELF],
    "frame-ancestors": [csp.SELF],
}

# --- Log ---------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # At DEBUG stripe logs request bodies, which hold e-mail addresses.
    "loggers": {"stripe": {"level": "INFO"}, "fontTools": {"level": "WARNING"}},
}

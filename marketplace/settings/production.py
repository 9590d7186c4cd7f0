"""A public site: every secret from the environment, everything over HTTPS, nothing forgiven."""

from marketplace.settings.base import *  # noqa: F403
from marketplace.settings.base import DEMO, SITE_URL, env

if DEMO:
    raise env.BadSetting("DEMO", "must not be 1 with marketplace.settings.production")

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise env.BadSetting("SECRET_KEY", "must be at least 50 random characters")
if not SITE_URL.startswith("https://"):
    raise env.BadSetting("SITE_URL", "must start with https:// in production")
FIELD_KEYS = [key for key in env.text("FIELD_KEYS").split(",") if key.strip()]
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_PUBLISHABLE_KEY = env.text("STRIPE_PUBLISHABLE_KEY")
env.text("STRIPE_WEBHOOK_SECRETS")  # required; base has read the list
DATABASES = {"default": env.database("DATABASE_URL")}
CACHES = {"default": env.cache("CACHE_URL", "redis://127.0.0.1:6379/0")}

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.whole_number("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

"""Every address of the site. Wagtail comes last: its pages take what nothing else wants."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from marketplace.accounts.views import to_sign_in
from marketplace.core import views

urlpatterns = [
    path("cms/login/", to_sign_in),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("robots.txt", views.robots),
    path("payments/", include("shop.payments.urls")),
    # In production nginx serves the files of /media/ that exist; a laptop has no nginx.
    path("media/renditions/<path:name>", views.rendition),
    path("media/<path:path>", views.media),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("deploy.demo.urls")))

# Thai without a prefix, English under /en/.
urlpatterns += i18n_patterns(
    path("accounts/", include("marketplace.accounts.urls")),
    path("places/", include("marketplace.places.urls")),
    path("", include("shop.urls")),
    path("", include("cms.urls")),
    prefix_default_language=False,
)

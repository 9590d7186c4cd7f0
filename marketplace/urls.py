"""Every address of the site. Wagtail comes last: its pages take what nothing else wants."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    # In production nginx serves /media/; a laptop has no nginx.
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]

# Thai without a prefix, English under /en/.
urlpatterns += i18n_patterns(
    path("places/", include("marketplace.places.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

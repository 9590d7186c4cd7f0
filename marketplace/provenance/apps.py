from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic
from marketplace.provenance import guards, photo_uses, roles

SERVICES = "marketplace.provenance.services"
DAY_SECONDS = 24 * 60 * 60


class ProvenanceConfig(AppConfig):
    name = "marketplace.provenance"
    label = "provenance"
    verbose_name = _("Origin of products")

    def ready(self) -> None:
        post_migrate.connect(guards.install, sender=self)
        post_migrate.connect(roles.ensure_product_classes, sender=self)
        post_migrate.connect(roles.grant_permissions, sender=self)
        periodic.every(10, "provenance.drain_outbox", f"{SERVICES}.drain_outbox")
        # Hourly, so that a worker which slept over midnight catches up.
        periodic.every(3_600, "provenance.day", f"{SERVICES}.refresh_listings_of_day")
        photo_uses.register(f"{SERVICES}.photos.photos_of_products")
        photo_uses.register(f"{SERVICES}.drafting.photos_of_drafts")
        photo_uses.register(f"{SERVICES}.changing.pictures_of_changes")
        periodic.every(DAY_SECONDS, "provenance.drafts", f"{SERVICES}.forget_closed_drafts")
        periodic.every(DAY_SECONDS, "provenance.photos", f"{SERVICES}.forget_unused_photos")

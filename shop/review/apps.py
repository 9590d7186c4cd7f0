from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from shop.review import roles


class ReviewConfig(AppConfig):
    name = "shop.review"
    label = "review"
    verbose_name = _("Review of products")

    def ready(self):
        post_migrate.connect(roles.grant_permissions, sender=self)

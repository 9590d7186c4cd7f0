from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from marketplace.core import periodic
from shop.payments import roles

SERVICES = "shop.payments.services"
HOUR_SECONDS = 60 * 60
DAY_SECONDS = 24 * HOUR_SECONDS


class PaymentsConfig(AppConfig):
    name = "shop.payments"
    label = "payments"
    verbose_name = _("Payments")

    def ready(self):
        post_migrate.connect(roles.grant_permissions, sender=self)
        periodic.every(60, "payments.expire_unpaid_orders", f"{SERVICES}.expire_unpaid_orders")
        periodic.every(60, "payments.reconcile", f"{SERVICES}.reconcile")
        periodic.every(
            HOUR_SECONDS, "payments.look_through_account", f"{SERVICES}.look_through_account"
        )
        periodic.every(6 * HOUR_SECONDS, "payments.compare_books", f"{SERVICES}.compare_books")
        periodic.every(DAY_SECONDS, "payments.forget_payloads", f"{SERVICES}.forget_payloads")
        periodic.every(
            DAY_SECONDS, "payments.drop_parcels_paid_back", f"{SERVICES}.drop_parcels_paid_back"
        )

"""Monthly mails that did not arrive, in the staff's registers."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.owed_mail_views import OwedMailRegister
from marketplace.core.owed_mails import given_up
from shop.reports.models import MonthlyMail


class MonthlyMailRegister(OwedMailRegister):
    model = MonthlyMail
    name = "monthly-mail-register"
    url_prefix = "registers/monthly-mails"
    menu_label = _("Monthly reports that failed")
    menu_order = 69
    search_fields = ("subscription__area",)

    def scope(self, user):
        return given_up(MonthlyMail.objects.select_related("subscription"))

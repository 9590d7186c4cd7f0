"""Mails about reviews that did not arrive, in the staff's registers."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.owed_mail_views import OwedMailRegister
from marketplace.core.owed_mails import given_up
from shop.review.models import ReviewMail
from shop.review.permissions import mails_of


class ReviewMailRegister(OwedMailRegister):
    model = ReviewMail
    name = "review-mail-register"
    url_prefix = "registers/mails-about-reviews"
    menu_label = _("Mails about reviews that failed")
    menu_order = 68
    search_fields = ("provenance__product__title", "provenance__producer__match_key")

    def scope(self, user):
        mails = mails_of(user).select_related("provenance__product", "provenance__producer")
        return given_up(mails)

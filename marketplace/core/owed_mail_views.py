"""Mails that did not arrive, in the staff's registers; a subclass for each table that owes some."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from marketplace.core import audit, owed_mails
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register


class OwedMailIndex(IndexView):
    title_label = _("about")


class OwedMailPage(InspectView):
    """One mail that was given up, and one act: try again."""

    def get_page_subtitle(self):
        return self.object.about

    def post(self, request, *args, **kwargs):
        if not self.user_has_permission("change"):
            return refused(request)
        with transaction.atomic():
            if owed_mails.try_again(self.object):
                target = f"{self.object._meta.model_name}:{self.object.pk}"
                audit.note(actor=request.user, act="mail.try_again", target=target)
        messages.success(request, gettext("It is tried again now, and the hours after if need be."))
        return redirect(self.index_url_name)


class OwedMailRegister(Register):
    """Mails given up after ten tries (`owed_mails.given_up`), in the `scope` of a subclass."""

    icon = "mail"
    ordering = ["-failed_at"]
    title_sort_key = None
    index_view_class = OwedMailIndex
    inspect_view_class = OwedMailPage
    inspect_template_name = "backoffice/owed_mail.html"
    inspect_view_fields = ["error"]

    @property
    def list_display(self):
        return [
            TitleColumn("about", accessor="about", url_name=f"{self.name}:inspect"),
            Column("what", label=_("mail"), accessor="what"),
            DateColumn("noted_at", label=_("owed since")),
            Column("error", label=_("last error")),
        ]

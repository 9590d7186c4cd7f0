"""Choosing a village in the staff's registers, closed ones too; for pages see `cms.choosers`."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column

from marketplace.core.registers import RegisterChooser
from marketplace.villages.models import Village
from marketplace.villages.permissions import registered_villages

PLACES = (
    Column("tambon", label=_("tambon")),
    Column("amphoe", label=_("amphoe"), accessor="tambon.amphoe"),
    Column("province", label=_("province"), accessor="tambon.amphoe.province"),
)


class RegisteredVillageChooser(RegisterChooser):
    model = Village
    icon = "home"
    choose_one_text = _("Choose a village")
    choose_another_text = _("Choose another village")
    register_widget = False
    search_fields = ("match_key", "code")
    shown = (*PLACES, Column("code", label=_("code")))

    def scope(self, user):
        return registered_villages(user).select_related("tambon__amphoe__province")


village_chooser = RegisteredVillageChooser(
    "registered_village_chooser", url_prefix="choose/registered-villages"
)

"""Forms of the staff's register of producers; the rules are the services'."""

from wagtail.admin.forms import WagtailAdminModelForm

from marketplace.producers.models import Producer
from marketplace.villages.wagtail_choosers import village_chooser

FACTS = [
    "kind",
    "since_year_be",
    "members_count",
    "is_vat_registered",
    "story_th",
    "story_en",
    "payout_interval",
]


class NewProducerForm(WagtailAdminModelForm):
    class Meta:
        model = Producer
        fields = ["name_th", "name_en", "home_village", *FACTS]
        widgets = {"home_village": village_chooser.widget_class}


class ProducerForm(WagtailAdminModelForm):
    class Meta:
        model = Producer
        fields = ["name_th", "name_en", "home_village", "status", "status_reason", *FACTS]
        widgets = {"home_village": village_chooser.widget_class}

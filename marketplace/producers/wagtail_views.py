"""Producers in the staff's registers, and choosing one."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column

from marketplace.core.registers import Register, RegisterChooser
from marketplace.places.models import Province
from marketplace.producers import services
from marketplace.producers.forms import FACTS, NewProducerForm, ProducerForm
from marketplace.producers.models import Producer
from marketplace.producers.permissions import registered_producers

HOME = (
    Column("village", label=_("home village"), accessor="home_village"),
    Column("tambon", label=_("tambon"), accessor="home_village.tambon"),
    Column("amphoe", label=_("amphoe"), accessor="home_village.tambon.amphoe"),
    Column("province", label=_("province"), accessor="home_village.tambon.amphoe.province"),
)
SEARCHED = ("match_key", "home_village__match_key", "home_village__code")


class ProducerFilters(WagtailFilterSet):
    province = django_filters.ModelChoiceFilter(
        label=_("province"), queryset=Province.objects.all(), method="of_province"
    )
    code = django_filters.CharFilter(
        label=_("Code of the home village begins with"),
        field_name="home_village__code",
        lookup_expr="startswith",
    )
    status = django_filters.ChoiceFilter(
        label=_("status"),
        choices=Producer.Status.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("kind"),
        choices=Producer.Kind.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )

    def of_province(self, rows, _name, province):
        return rows.filter(home_village__code__startswith=province.code)


class ProducerRegister(Register):
    model = Producer
    name = "producer-register"
    url_prefix = "registers/producers"
    icon = "group"
    menu_order = 50
    search_fields = SEARCHED
    filterset_class = ProducerFilters
    list_display = ["name_th", *HOME, "kind", "status", "status_since"]
    inspect_view_fields = [
        "name_th",
        "name_en",
        "home_village",
        "status",
        "status_reason",
        "status_since",
        *FACTS,
    ]
    form_class = NewProducerForm
    edit_form_class = ProducerForm

    def scope(self, user):
        return registered_producers(user).select_related("home_village__tambon__amphoe__province")

    def create(self, form, user):
        return services.register_producer(by=user, **form.cleaned_data)

    def change(self, form, user):
        producer, facts = form.instance, dict(form.cleaned_data)
        services.rename_producer(
            producer=producer,
            name_th=facts.pop("name_th"),
            name_en=facts.pop("name_en"),
            by=user,
        )
        services.move_producer(producer=producer, village=facts.pop("home_village"), by=user)
        services.set_producer_status(
            producer=producer,
            status=facts.pop("status"),
            reason=facts.pop("status_reason"),
            by=user,
        )
        return services.change_producer(producer=producer, by=user, **facts)


class ProducerChooser(RegisterChooser):
    model = Producer
    icon = "group"
    choose_one_text = _("Choose a producer")
    choose_another_text = _("Choose another producer")
    search_fields = SEARCHED
    shown = HOME

    def scope(self, user):
        return registered_producers(user).select_related("home_village__tambon__amphoe__province")


producer_chooser = ProducerChooser("producer_chooser", url_prefix="choose/producers")
REGISTERS = (ProducerRegister(), producer_chooser)

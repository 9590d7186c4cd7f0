"""Villages, their people, programmes and routes in the staff's registers."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column

from marketplace.accounts.queries import within
from marketplace.core.registers import Register
from marketplace.places.models import Province
from marketplace.villages import forms as our_forms
from marketplace.villages import services
from marketplace.villages.models import (
    Programme,
    ProgrammeMembership,
    Route,
    RouteStop,
    Village,
    VillageMembership,
)
from marketplace.villages.permissions import register_areas, registered_villages
from marketplace.villages.wagtail_choosers import PLACES, village_chooser

DAYS = ["valid_from", "valid_until"]
PLACES_OF_VILLAGE = tuple(
    Column(column.name, label=column.label, accessor=f"village.{column.accessor}")
    for column in PLACES
)


class VillageFilters(WagtailFilterSet):
    province = django_filters.ModelChoiceFilter(
        label=_("province"), queryset=Province.objects.all(), method="of_province"
    )
    code = django_filters.CharFilter(label=_("Code begins with"), lookup_expr="startswith")
    programme = django_filters.ModelChoiceFilter(
        label=_("programme"), queryset=Programme.objects.all(), method="in_programme"
    )
    status = django_filters.ChoiceFilter(
        label=_("status"),
        choices=Village.Status.choices,
        widget=forms.RadioSelect,
        empty_label=_("All"),
    )
    is_code_confirmed = django_filters.BooleanFilter(label=_("code confirmed"))

    def of_province(self, rows, _name, province):
        return rows.filter(code__startswith=province.code)

    def in_programme(self, rows, _name, programme):
        members = ProgrammeMembership.objects.in_force().filter(programme=programme)
        return rows.filter(pk__in=members.values("village_id"))


class VillageRegister(Register):
    model = Village
    name = "village-register"
    url_prefix = "registers/villages"
    icon = "home"
    menu_order = 10
    search_fields = ("match_key", "code")
    filterset_class = VillageFilters
    list_display = [
        "name_th",
        "code",
        *PLACES,
        "status",
        BooleanColumn("is_code_confirmed", label=_("code confirmed")),
    ]
    inspect_view_fields = [
        "code",
        "name_th",
        "name_en",
        "tambon",
        "status",
        "status_reason",
        "status_since",
        *our_forms.PAGE_FIELDS,
    ]
    form_class = our_forms.NewVillageForm
    edit_form_class = our_forms.VillageForm

    def scope(self, user):
        return registered_villages(user).select_related("tambon__amphoe__province")

    def create(self, form, user):
        return services.register_village(by=user, **form.cleaned_data)

    def change(self, form, user):
        facts = dict(form.cleaned_data)
        village = services.rename_village(
            village=form.instance,
            name_th=facts.pop("name_th"),
            name_en=facts.pop("name_en"),
            by=user,
        )
        services.set_village_status(
            village=village,
            status=facts.pop("status"),
            reason=facts.pop("status_reason"),
            by=user,
        )
        return services.change_village(village=village, by=user, **facts)


# --- Programmes ----------------------------------------------------------------------------------
class ProgrammeRegister(Register):
    model = Programme
    name = "programme-register"
    url_prefix = "registers/programmes"
    icon = "tag"
    menu_order = 30
    title_sort_key = "name_th"
    search_fields = ("name_th", "name_en", "code")
    list_display = ["name_th", "name_en", "code"]
    inspect_view_fields = ["code", "name_th", "name_en"]
    form_class = our_forms.NewProgrammeForm
    edit_form_class = our_forms.ProgrammeForm

    def scope(self, user):
        return Programme.objects.all()

    def create(self, form, user):
        return services.register_programme(by=user, **form.cleaned_data)

    def change(self, form, user):
        return services.change_programme(
            programme=_stored(form.instance), by=user, **form.cleaned_data
        )


class DatedFilters(WagtailFilterSet):
    holds = django_filters.BooleanFilter(label=_("holds today"), method="that_hold")

    def that_hold(self, rows, _name, wanted):
        today = rows.model.objects.in_force().values("pk")
        return rows.filter(pk__in=today) if wanted else rows.exclude(pk__in=today)


class MembershipFilters(DatedFilters):
    programme = django_filters.ModelChoiceFilter(
        label=_("programme"), queryset=Programme.objects.all()
    )


class ProgrammeMembershipRegister(Register):
    model = ProgrammeMembership
    name = "programme-membership-register"
    url_prefix = "registers/programme-memberships"
    icon = "link"
    menu_order = 31
    ordering = ["village__sort_key", "-valid_from"]
    title_sort_key = "village__sort_key"
    search_fields = ("village__match_key", "village__code")
    filterset_class = MembershipFilters
    list_display = ["village", *PLACES_OF_VILLAGE, Column("programme", label=_("programme")), *DAYS]
    inspect_view_fields = ["village", "programme", *DAYS]
    form_class = our_forms.JoinProgrammeForm
    edit_form_class = our_forms.LeaveProgrammeForm

    def scope(self, user):
        rows = ProgrammeMembership.objects.filter(within("village__code", register_areas(user)))
        return rows.select_related("programme", "village__tambon__amphoe__province")

    def create(self, form, user):
        facts = dict(form.cleaned_data)
        return services.join_programme(since=facts.pop("valid_from"), by=user, **facts)

    def change(self, form, user):
        return services.leave_programme(
            village=form.instance.village,
            programme=form.instance.programme,
            last_day=form.cleaned_data["valid_until"],
            by=user,
        )


# --- Routes --------------------------------------------------------------------------------------
class RouteRegister(Register):
    model = Route
    name = "route-register"
    url_prefix = "registers/routes"
    icon = "order"
    menu_order = 40
    title_sort_key = "name_th"
    search_fields = ("name_th", "name_en", "code")
    list_display = ["name_th", "name_en", "kind", "code"]
    inspect_view_fields = ["code", "kind", "name_th", "name_en", "summary_th", "summary_en"]
    form_class = our_forms.NewRouteForm
    edit_form_class = our_forms.RouteForm

    def scope(self, user):
        return Route.objects.all()

    def create(self, form, user):
        return services.register_route(by=user, **form.cleaned_data)

    def change(self, form, user):
        return services.change_route(route=_stored(form.instance), by=user, **form.cleaned_data)


class StopFilters(DatedFilters):
    route = django_filters.ModelChoiceFilter(label=_("route"), queryset=Route.objects.all())


class RouteStopRegister(Register):
    model = RouteStop
    name = "route-stop-register"
    url_prefix = "registers/route-stops"
    icon = "list-ol"
    menu_order = 41
    ordering = ["route", "position"]
    title_sort_key = "village__sort_key"
    search_fields = ("village__match_key", "village__code", "route__name_th")
    filterset_class = StopFilters
    list_display = [
        "village",
        *PLACES_OF_VILLAGE,
        Column("route", label=_("route")),
        "position",
        *DAYS,
    ]
    inspect_view_fields = ["route", "village", "position", "note_th", "note_en", *DAYS]
    form_class = our_forms.NewStopForm
    edit_form_class = our_forms.StopForm

    def scope(self, user):
        rows = RouteStop.objects.filter(within("village__code", register_areas(user)))
        return rows.select_related("route", "village__tambon__amphoe__province")

    def create(self, form, user):
        facts = dict(form.cleaned_data)
        return services.add_route_stop(since=facts.pop("valid_from"), by=user, **facts)

    def change(self, form, user):
        stop, facts = form.instance, dict(form.cleaned_data)
        last_day = facts.pop("valid_until")
        if last_day is None:
            return services.add_route_stop(
                route=stop.route, village=stop.village, since=stop.valid_from, by=user, **facts
            )
        return services.end_route_stop(
            route=stop.route, village=stop.village, last_day=last_day, by=user
        )


# --- People --------------------------------------------------------------------------------------
class VillageMemberRegister(Register):
    model = VillageMembership
    name = "village-member-register"
    url_prefix = "registers/village-members"
    icon = "user"
    menu_order = 20
    ordering = ["village__sort_key", "pk"]
    title_sort_key = "village__sort_key"
    search_fields = ("village__match_key", "village__code", "user__email")
    filterset_class = DatedFilters
    list_display = ["village", *PLACES_OF_VILLAGE, Column("user", label=_("person")), "role", *DAYS]
    inspect_view_fields = ["village", "user", "role", *DAYS]
    form_class = our_forms.NewMemberForm
    edit_form_class = our_forms.EndMembershipForm

    def scope(self, user):
        rows = VillageMembership.objects.filter(within("village__code", register_areas(user)))
        return rows.select_related("user", "village__tambon__amphoe__province")

    def create(self, form, user):
        facts = form.cleaned_data
        return services.add_village_member(
            village=facts["village"],
            user=form.person,
            role=facts["role"],
            since=facts["valid_from"],
            by=user,
        )

    def change(self, form, user):
        return services.end_village_member(
            membership=form.instance, last_day=form.cleaned_data["valid_until"], by=user
        )


def _stored(row):
    """The row as the database has it: the form has already written into its own copy."""
    return type(row).objects.get(pk=row.pk)


REGISTERS = (
    VillageRegister(),
    VillageMemberRegister(),
    ProgrammeRegister(),
    ProgrammeMembershipRegister(),
    RouteRegister(),
    RouteStopRegister(),
    village_chooser,
)

"""Fee rules in the staff's registers: the list in its order, one rule, and trying them out."""

from django.contrib import messages
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import BaseColumn, Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.refusals import refused
from marketplace.core.registers import IndexView, InspectView, Register, find_row
from marketplace.core.templatetags.thai import thai_date
from shop.fees import services, words
from shop.fees.choosers import product_chooser
from shop.fees.forms import EndForm, RuleForm, SwitchOffForm, TryForm
from shop.fees.models import FeeRule
from shop.fees.permissions import may_set_fees, rules_of
from shop.fees.queries import MOST_COUNTED, covered_by, listed
from shop.fees.trying import try_rules

NAME = "fee-rule-register"
TRY = f"{NAME}:try"


def state(rule: FeeRule) -> str:
    if not rule.is_active:
        return gettext("switched off")
    if rule.is_over:
        return gettext("ended")
    return gettext("in force") if rule.has_begun else gettext("to come")


def days(rule: FeeRule) -> str:
    until = thai_date(rule.valid_until) if rule.valid_until else ""
    return f"{thai_date(rule.valid_from)} – {until}".strip()


def used(rule: FeeRule) -> str:
    count = f"{min(rule.lines_used, MOST_COUNTED):,}"
    return gettext("over %(count)s") % {"count": count} if rule.lines_used > MOST_COUNTED else count


class OrderColumn(BaseColumn):
    """Two buttons that let a rule be tried earlier or later; they work without scripts."""

    cell_template_name = "fees/order_cell.html"

    def __init__(self, name: str, csrf_token: str, **facts) -> None:
        super().__init__(name, **facts)
        self.csrf_token = csrf_token  # the context of a table has no request

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {
            "is_movable": not (instance.is_default or instance.is_over),
            "url": reverse(f"{NAME}:move", args=[instance.pk]),
            "csrf_token": self.csrf_token,
        }


class RuleIndex(IndexView):
    @cached_property
    def rules(self) -> list[FeeRule]:
        """All of them in their order, whatever is looked for: they are few."""
        return list(FeeRule.objects.all())

    @cached_property
    def areas(self):
        return words.area_names(self.rules)

    @cached_property
    def hidden(self) -> dict:
        """Rules that never come to their turn."""
        return covered_by(self.rules)

    def never_reached(self, rule: FeeRule) -> str:
        if rule.pk not in self.hidden:
            return ""
        words = gettext("never reached: “%(name)s” takes all of it")
        return words % {"name": self.hidden[rule.pk].name}

    def whose(self, rule: FeeRule) -> str:
        conditions = words.conditions_of(rule, self.areas)
        return "; ".join(conditions) or gettext("all the rest")

    @cached_property
    def columns(self):
        note = Column("note", label=_("note"), accessor=self.never_reached)
        return [
            TitleColumn(
                "name", label=_("Name"), url_name=f"{NAME}:inspect", classname="title fee-name"
            ),
            Column("whose", label=_("for"), accessor=self.whose),
            Column("takes", label=_("takes"), accessor=words.takes_of),
            Column("days", label=_("from – until"), accessor=days, classname="row-wide"),
            StatusTagColumn(
                "state",
                label=_("status"),
                accessor=state,
                primary=lambda rule: rule.has_begun and not rule.is_over,
            ),
            *([note] if self.hidden else []),
            Column("used", label=_("lines"), accessor=used, classname="row-wide"),
            OrderColumn("order", get_token(self.request), label=_("tried")),
        ]

    @cached_property
    def header_buttons(self):
        label = _("What would a sale pay?")
        return [*super().header_buttons, HeaderButton(label, reverse(TRY), icon_name="view")]


class RulePage(InspectView):
    """One rule, what became of it, and two acts: an end, and the emergency brake."""

    forms = None

    def get(self, request, *args, **kwargs):
        self.forms = self.forms or {"end": EndForm(), "off": SwitchOffForm()}
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not may_set_fees(request.user):
            return refused(request)
        self.forms = {"end": EndForm(), "off": SwitchOffForm()}
        act = "off" if request.POST.get("act") == "off" else "end"
        form = self.forms[act] = type(self.forms[act])(request.POST)
        try:
            if form.is_valid():
                return self.done(act, form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        return self.get(request, *args, **kwargs)

    def done(self, act: str, facts: dict):
        service = services.switch_off if act == "off" else services.end_rule
        service(rule=self.object, by=self.request.user, **facts)
        messages.success(self.request, gettext("Done. What was sold before stays as it was."))
        return redirect(self.index_url_name)

    def get_context_data(self, **kwargs):
        rule = self.object
        return super().get_context_data(**kwargs) | {
            "rule": rule,
            "state": state(rule),
            "days": days(rule),
            "used": used(rule),
            "conditions": words.conditions_of(rule, words.area_names([rule])),
            "takes": words.takes_of(rule),
            "later": rule.later.order_by("pk"),
            "forms": {} if rule.is_over else self.forms,
            "media": EndForm().media,
        }


class MoveView(View):
    """Let a rule be tried one place earlier or later; back to the list."""

    http_method_names = ["post"]

    def post(self, request, pk):
        if not may_set_fees(request.user):
            return refused(request)
        rule = find_row(rules_of(request.user), str(pk))
        is_earlier = request.POST.get("where") == "earlier"
        try:
            services.move_rule(rule=rule, is_earlier=is_earlier, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            sentence = gettext("“%(name)s” is tried one place earlier now.")
            if not is_earlier:
                sentence = gettext("“%(name)s” is tried one place later now.")
            messages.success(request, sentence % {"name": rule.name})
        return redirect(f"{NAME}:index")


class TryView(WagtailAdminTemplateMixin, View):
    """What a sale would pay, and why: each rule in turn, until one matches."""

    template_name = "fees/try.html"
    page_title = _("What would a sale pay?")
    header_icon = "view"

    def get(self, request):
        if not may_set_fees(request.user):
            return refused(request)
        self.form = TryForm(request.GET or None, initial={"day": thai.today()})
        self.trial = None
        if self.form.is_bound and self.form.is_valid():
            try:
                self.trial = try_rules(**self.form.cleaned_data)
            except DomainError as error:
                self.form.add_error(None, str(error))
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict]:
        rules = {"url": reverse(f"{NAME}:index"), "label": FeeRule._meta.verbose_name_plural}
        return [*self.breadcrumbs_items, rules, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        facts = {"form": self.form, "trial": self.trial, "media": self.form.media}
        return super().get_context_data(**kwargs) | facts


class FeeRuleRegister(Register):
    model = FeeRule
    name = NAME
    url_prefix = "registers/fee-rules"
    icon = "cogs"
    menu_label = _("Fees of the market")
    menu_order = 68
    ordering = ["is_gone", "is_default", "position"]
    title_sort_key = None
    search_fields = ("name",)
    index_view_class = RuleIndex
    index_template_name = "backoffice/import_rows_index.html"
    inspect_view_class = RulePage
    create_template_name = edit_template_name = "fees/rule_form.html"
    inspect_template_name = "fees/rule.html"
    inspect_view_fields = ["name"]
    form_class = RuleForm
    edit_form_class = RuleForm

    def scope(self, user):
        return listed(rules_of(user))

    def create(self, form, user):
        return services.add_rule(by=user, **form.cleaned_data)

    def change(self, form, user):
        return services.change_rule(rule=form.instance, by=user, **form.cleaned_data)

    def get_urlpatterns(self):
        return [
            path("try/", TryView.as_view(), name="try"),
            path("<int:pk>/move/", MoveView.as_view(), name="move"),
            *super().get_urlpatterns(),
        ]


REGISTERS = (FeeRuleRegister(), product_chooser)

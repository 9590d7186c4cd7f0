"""The desk of fiscal-year packs in Wagtail's admin: made by one person, signed by another."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from marketplace.core import audit, bilingual
from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.core.refusals import refused
from marketplace.core.registers import find_row
from marketplace.ledger.models import Seal
from shop.yearpacks import files, queries, services
from shop.yearpacks.models import REASON_MAX_LENGTH, PackDraft, YearPack
from shop.yearpacks.permissions import may_make_packs, may_read_packs, packs_of

LIST, PACK, FILE = "year-packs", "year-pack", "year-pack-file"
DRAFT, DRAFT_FILE = "year-pack-draft", "year-pack-draft-file"
State = PackDraft.State


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why an amendment is made"),
        max_length=REASON_MAX_LENGTH,
        help_text=_("It stands in the amendment for ever: what became known, not about whom."),
    )


class SignForm(forms.Form):
    """`sha256` is that of the file the page spoke of."""

    is_sure = forms.BooleanField(
        label=_("I have opened the file and looked at its figures."),
        error_messages={"required": _("Tick this first: what is signed stays for ever.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)


class DeskPage(WagtailAdminTemplateMixin, View):
    """For whoever reads the whole country; acts, and pages of drafts, are finance's."""

    header_icon = "doc-full"
    needs_keeper = False

    def dispatch(self, request, *args, **kwargs) -> HttpResponseBase:
        self.is_keeper = bool(may_make_packs(request.user))
        needs_keeper = self.needs_keeper or request.method == "POST"
        if not (self.is_keeper if needs_keeper else may_read_packs(request.user)):
            return refused(request)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        home = {"url": reverse(LIST), "label": YearsPage.page_title}
        here = [] if isinstance(self, YearsPage) else [{"url": "", "label": self.page_title}]
        return [*self.breadcrumbs_items, home, *here]

    def page(self, status: int = 200, **context) -> HttpResponseBase:
        context |= {"is_keeper": self.is_keeper}
        return self.render_to_response(self.get_context_data(**context), status=status)


class YearsPage(DeskPage):
    """Every fiscal year since the first sale: what is signed, what is made, what can be made."""

    template_name = "yearpacks/years.html"
    page_title = _("Fiscal-year packs")

    def get(self, request) -> HttpResponseBase:
        return self.shown()

    def post(self, request) -> HttpResponseBase:
        year = id_in(request.POST.get("year", "")) or 0
        form = ReasonForm(request.POST) if request.POST.get("act") == "amend" else None
        if form and not form.is_valid():
            return self.shown(400, year, form)
        try:
            draft = self.begun(year, form)
        except DomainError as error:
            messages.error(request, str(error))
            return self.shown(409, year, form)
        return redirect(DRAFT, draft.pk)

    def begun(self, year: int, form: ReasonForm | None) -> PackDraft:
        if form is None:
            return services.start_pack(year, by=self.request.user)
        reason = form.cleaned_data["reason"]
        return services.start_amendment(year, reason=reason, by=self.request.user)

    def shown(self, status=200, year=0, form=None) -> HttpResponseBase:
        """Every year with a form of its own; that of `year` holds what was typed."""
        rows = [
            (
                row,
                queries.span_words(row.open_months),
                form
                if form and row.fiscal_year_be == year
                else ReasonForm(auto_id=f"id_{row.fiscal_year_be}_%s"),
            )
            for row in queries.year_rows()
        ]
        return self.page(status, rows=rows)


class DraftPage(DeskPage):
    """A pack that is being made, or waits for a second person."""

    template_name = "yearpacks/draft.html"
    page_title = _("Pack to be signed")
    needs_keeper = True

    def get(self, request, pk: int) -> HttpResponseBase:
        return self.shown(_draft(pk))

    def post(self, request, pk: int) -> HttpResponseBase:
        draft = _draft(pk)
        form = SignForm(request.POST)
        try:
            if request.POST.get("act") == "drop":
                services.throw_away(draft, by=request.user)
                messages.success(request, gettext("Thrown away. It can be made anew."))
                return redirect(LIST)
            if form.is_valid():
                pack = services.sign(draft, sha256=form.cleaned_data["sha256"], by=request.user)
                words = gettext("Signed. From now on it stays as it is, for ever.")
                messages.success(request, words)
                return redirect(PACK, pack.pk)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(request.path) if _is_there(pk) else redirect(LIST)
        return self.shown(draft, form, 400)

    def shown(self, draft: PackDraft, form: SignForm | None = None, status: int = 200):
        return self.page(
            status,
            draft=draft,
            problem=_problem(draft),
            is_making=draft.is_unfinished,
            is_ready=draft.state == State.READY,
            is_own=draft.made_by_id == self.request.user.pk,
            form=form or SignForm(initial={"sha256": draft.sha256}),
        )


class PackPage(DeskPage):
    """A signed pack or amendment: what it is, who signed it, its hashes."""

    template_name = "yearpacks/pack.html"
    page_title = _("Signed pack")

    def get(self, request, pk: int) -> HttpResponseBase:
        return self.shown(_pack(request.user, pk))

    def shown(self, pack: YearPack, error: str = "", status: int = 200) -> HttpResponseBase:
        seal = Seal.objects.filter(pk=pack.up_to_seal).first()
        return self.page(status, pack=pack, seal=seal, error=error)


class PackFile(PackPage):
    """The signed file, after it was held against its hash; who took it is written down."""

    http_method_names = ["get"]

    def get(self, request, pk: int) -> HttpResponseBase:
        pack = _pack(request.user, pk)
        try:
            file = files.checked(pack.sha256)
        except DomainError as error:
            _note(request, "yearpack.broken", pack)
            return self.shown(pack, str(error), 409)
        _note(request, "yearpack.download", pack)
        return _sent(file, pack)


class DraftFile(DraftPage):
    """The file of a draft, to be looked at before it is signed."""

    http_method_names = ["get"]

    def get(self, request, pk: int) -> HttpResponseBase:
        draft = _draft(pk)
        try:
            file = files.checked(draft.sha256)
        except DomainError as error:
            messages.error(request, str(error))
            return self.shown(draft, status=409)
        _note(request, "yearpack.look", draft)
        return _sent(file, draft)


def _sent(file, pack: PackDraft | YearPack) -> FileResponse:
    response = FileResponse(
        file, as_attachment=True, filename=f"{pack.stem}.zip", content_type="application/zip"
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _note(request, act: str, pack: PackDraft | YearPack) -> None:
    target = f"fiscal-year:{pack.fiscal_year_be}"
    audit.note(actor=request.user, act=act, target=target, number=pack.number)


def _pack(user, pk: int) -> YearPack:
    return find_row(packs_of(user).select_related("made_by", "signed_by", "before"), str(pk))


def _draft(pk: int) -> PackDraft:
    return find_row(PackDraft.objects.select_related("made_by", "before"), str(pk))


def _is_there(pk: int) -> bool:
    return PackDraft.objects.filter(pk=pk).exists()


def _problem(draft: PackDraft) -> str:
    return bilingual.pick(draft.problem_th, draft.problem_en)

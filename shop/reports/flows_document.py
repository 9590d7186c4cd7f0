"""Where the money comes from, as rows of figures and as a document."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.documents.document import Column, Document, Kind, Row, Table
from marketplace.core.errors import DomainError
from marketplace.ledger.queries import NOT_SENT, Flow, Flows, Place
from shop.reports.words import (
    city_ending,
    city_notes,
    day_cells,
    day_columns,
    file_language,
    in_ppm,
    income_note,
    name_columns,
    named_days,
    only_words,
)

_CODE = re.compile("[0-9]{0,8}")


class NoSuchProvince(DomainError):
    """What cannot be the code of a province."""

    message = gettext_lazy("There is no such province. Choose one from the tables of provinces.")


@dataclass(frozen=True)
class ChosenFlows:
    """The flows of an area from one province, or to one, or all; the largest first."""

    flows: Flows
    origin: str = ""  # codes; "" for all
    to: str = ""

    @property
    def rows(self) -> list[Flow]:
        return [
            flow
            for flow in self.flows.largest
            if self.origin in ("", flow.origin.code) and self.to in ("", flow.to.code)
        ]

    @property
    def origin_names(self) -> list[str]:
        """Of the one province that the money comes from; none where it comes from any."""
        return [one.name for one in self.flows.origins if self.origin and one.code == self.origin]

    @property
    def to_names(self) -> list[str]:
        return [one.name for one in self.flows.makers if self.to and one.code == self.to]

    @property
    def asked(self) -> dict[str, str]:
        """As the fields of an address."""
        return {name: code for name, code in (("from", self.origin), ("to", self.to)) if code}

    @property
    def title(self) -> str:
        if self.origin_names:
            return _("From %(province)s") % {"province": self.origin_names[0]}
        if self.to_names:
            return _("To %(province)s") % {"province": self.to_names[0]}
        return _("The largest flows")


def chosen_flows(flows: Flows, asked: Mapping[str, str]) -> ChosenFlows:
    """As the fields `from` and `to` of an address ask. Raises NoSuchProvince for what is no
    code; what is a code and no province has no flows."""
    codes = [asked.get(name, "") for name in ("from", "to")]
    if not all(_CODE.fullmatch(code) for code in codes):
        raise NoSuchProvince
    return ChosenFlows(flows, *codes)


def share_of(satang: int, flows: Flows) -> int | None:
    """Of all income, in millionths; None where that is not above zero."""
    whole = flows.total_satang
    return in_ppm(Fraction(satang, whole)) if whole > 0 else None


def flow_facts(flows: Flows) -> list[tuple[str, int]]:
    """What the page says first, in satang."""
    return [
        (_("Village income"), flows.total_satang),
        (_("of goods that we sent"), flows.sent_satang),
        (_("of these, within the province itself"), flows.inside_satang),
        (_("not sent by us"), flows.not_sent_satang),
    ]


def flows_note() -> str:
    """From where to where money flows, in a sentence."""
    return _(
        "Money comes from the province that an order was sent to, and goes to the province where "
        "the goods were made. What was fetched at the village, and visits, are not sent by us."
    )


def flows_document(
    chosen: ChosenFlows,
    made_at: datetime,
    *,
    is_flat: bool,
    rows: Iterable[Flow] | None = None,
) -> Document:
    """The flows that were chosen, and all provinces; the same flows give the same bytes.

    A flat one is the list of flows alone. `rows` stand in place of the chosen; they are gone
    through once.
    """
    flows = chosen.flows
    period = flows.period
    of_flows = _flows_table(chosen, chosen.rows if rows is None else rows, is_flat=is_flat)
    only = "".join(f"-{name}-{code}" for name, code in chosen.asked.items())
    only += city_ending(flows.city)
    return Document(
        file_name=f"flows-{flows.area.code or 'TH'}-{period.key}{only}",
        title=_("Where the money comes from: %(area)s") % {"area": flows.area.name},
        subtitle_lines=(
            period.label,
            named_days(period),
            *([chosen.title] if chosen.asked else []),
            *only_words(flows.city),
        ),
        tables=(of_flows,)
        if is_flat
        else (
            _facts_table(flows),
            of_flows,
            _places_table("origins", _("Provinces that bought"), flows.origins, flows),
            _places_table("makers", _("Provinces that made"), flows.makers, flows),
        ),
        notes=(
            income_note(),
            flows_note(),
            _("Names are those of the last day of the period."),
            *city_notes(flows.city),
        ),
        made_at=made_at,
        language=file_language(),
    )


def _facts_table(flows: Flows) -> Table:
    return Table(
        key="figures",
        title=_("Figures"),
        columns=(
            Column("figure", _("Figure")),
            Column("amount_satang", _("Amount (baht)"), Kind.SATANG),
        ),
        rows=flow_facts(flows),
    )


def _flows_table(chosen: ChosenFlows, rows: Iterable[Flow], *, is_flat: bool) -> Table:
    flows = chosen.flows
    days = day_cells(flows.period) if is_flat else []
    sent = sum(flow.income_satang for flow in chosen.rows)
    return Table(
        key="flows",
        title=chosen.title,
        columns=(
            *(day_columns() if is_flat else ()),
            Column("from_code", _("From: code"), Kind.CODE),
            Column("from_th", _("From: Thai name")),
            Column("from_en", _("From: English name")),
            Column("to_code", _("To: code"), Kind.CODE),
            Column("to_th", _("To: Thai name")),
            Column("to_en", _("To: English name")),
            *_measures(),
        ),
        rows=([*days, *_flow(flow, flows)] for flow in rows),
        total=[*days, _("Total"), *[None] * 5, *_measured(sent, flows)],
    )


def _flow(flow: Flow, flows: Flows) -> Row:
    return [
        *(flow.origin.code, flow.origin.name_th, flow.origin.name_en),
        *(flow.to.code, flow.to.name_th, flow.to.name_en),
        *_measured(flow.income_satang, flows),
    ]


def _places_table(key: str, title: str, places: Iterable[Place], flows: Flows) -> Table:
    """What was not sent by us stands last, as on the page."""
    placed = sorted(places, key=lambda place: place.code == NOT_SENT)
    return Table(
        key=key,
        title=title,
        columns=(
            *name_columns(),
            *_measures(),
        ),
        rows=(
            [*_place(one), one.income_satang, share_of(one.income_satang, flows)] for one in placed
        ),
        total=[_("Total"), None, None, *_measured(flows.total_satang, flows)],
    )


def _place(place: Place) -> Row:
    if place.code == NOT_SENT:
        return ["", _("not sent by us"), ""]
    return [place.code, place.name_th, place.name_en]


def _measures() -> tuple[Column, Column]:
    return (
        Column("income_satang", _("Village income (baht)"), Kind.SATANG),
        Column("share_ppm", _("Of all income"), Kind.SHARE),
    )


def _measured(satang: int, flows: Flows) -> tuple[int, int | None]:
    return satang, share_of(satang, flows)

"""How income is spread over villages, as rows of figures and as a document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext as _

from marketplace.core.documents.document import Column, Document, Kind, Picture, Table
from marketplace.ledger.queries import BOTTOM_PERCENT, Distribution, Spread, VillageIncome
from shop.reports.pictures.lorenz import TABLE_PERCENT, Lorenz
from shop.reports.pictures.standalone import as_svg
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

_DECIMALS = 10_000


@dataclass(frozen=True)
class Measure:
    """A figure of a distribution, over how many villages: an amount, a share, or a coefficient."""

    words: str
    villages: int
    amount_satang: int | None = None
    share_ppm: int | None = None
    coefficient: str = ""


def measures(found: Distribution) -> list[Measure]:
    """Every figure, in the order that page and files show them."""
    n = found.villages
    selling = Fraction(found.villages_selling, n or 1)
    return [
        Measure(_("Villages in the register"), n),
        Measure(
            _("Villages with at least one sale"), found.villages_selling, share_ppm=in_ppm(selling)
        ),
        Measure(_("Village income"), n, found.total_satang),
        Measure(_("Median"), n, round(found.median_satang)),
        Measure(_("p10: a tenth of the villages have less"), n, round(found.p10_satang)),
        Measure(_("p90: a tenth of the villages have more"), n, round(found.p90_satang)),
        *_shares(found),
    ]


def _shares(found: Distribution) -> Iterator[Measure]:
    for percent, share in found.top_shares:
        words = _("Share of the top %(percent)s%%") % {"percent": percent}
        yield Measure(words, found.villages, share_ppm=in_ppm(share))
    if found.bottom_share is None:
        return
    words = _("Share of the bottom %(percent)s%%") % {"percent": BOTTOM_PERCENT}
    yield Measure(words, found.villages, share_ppm=in_ppm(found.bottom_share))
    words = _("Gini, villages without income included")
    yield Measure(words, found.villages, coefficient=decimal(found.gini))
    words = _("Gini, villages without income left out")
    yield Measure(words, found.villages_earning, coefficient=decimal(found.gini_of_earning))


def decimal(coefficient: Fraction) -> str:
    """A coefficient from 0 to 1 with four decimals."""
    whole, rest = divmod(round(coefficient * _DECIMALS), _DECIMALS)
    return f"{whole}.{rest:04}"


def formulas() -> list[str]:
    """How each figure is made, so that anybody can make it again from the list of villages."""
    return [
        _(
            "Let x₁ to xₙ be the incomes of the n villages from the least to the most. A village"
            " without a sale has 0; so has one to which more was refunded than sold."
        ),
        _(
            "Median, p10 and p90: the income at place 1 + (n − 1) × q, where q is 0.5, 0.1 and 0.9;"
            " between two villages in proportion."
        ),
        _(
            "Share of the top 10%: what the last n × 10% villages have of all income. A village"
            " that the mark falls into counts in part. The others likewise."
        ),
        _(
            "Gini = the sum of (2i − n − 1) × xᵢ over all villages, i from 1 to n, divided by n ×"
            " the sum of all xᵢ. 0: all villages have the same; near 1: one village has nearly all."
        ),
    ]


def distribution_document(
    found: Distribution,
    picture: Lorenz,
    made_at: datetime,
    *,
    is_flat: bool,
    rows: Iterable[VillageIncome] | None = None,
) -> Document:
    """The figures, the curve, and each village; the same distribution gives the same bytes.

    A flat one is the list of villages alone, from which the rest can be made again. `rows` stand in
    place of the distribution's own; they are gone through once.
    """
    period = found.period
    villages = _villages_table(found, found.rows if rows is None else rows, is_flat=is_flat)
    return Document(
        file_name=f"distribution-{found.code or 'TH'}-{period.key}{city_ending(found.city)}",
        title=_("How income is spread over villages: %(area)s") % {"area": found.name},
        subtitle_lines=(period.label, named_days(period), *only_words(found.city)),
        tables=(villages,) if is_flat else (_figures_table(found), _curve_table(found), villages),
        pictures=(_picture(picture),) if picture.points else (),
        notes=(
            income_note(),
            *formulas(),
            _("Names are those of the last day of the period."),
            *city_notes(found.city),
        ),
        made_at=made_at,
        language=file_language(),
    )


def _picture(picture: Lorenz) -> Picture:
    title = _("Lorenz curve: how evenly income is spread")
    words = _("The figures of the picture stand in the table of the curve.")
    return Picture(as_svg(picture, title=title, description=words), title, words)


def _figures_table(found: Distribution) -> Table:
    return Table(
        key="figures",
        title=_("Figures"),
        columns=(
            Column("figure", _("Figure")),
            Column("villages", _("Villages (n)"), Kind.COUNT),
            Column("amount_satang", _("Amount (baht)"), Kind.SATANG),
            Column("share_ppm", _("Share"), Kind.SHARE),
            Column("coefficient", _("Coefficient")),
        ),
        rows=(
            [one.words, one.villages, one.amount_satang, one.share_ppm, one.coefficient]
            for one in measures(found)
        ),
    )


def _curve_table(found: Distribution) -> Table:
    spread = Spread(found.incomes_satang)
    percents = TABLE_PERCENT if spread.total else ()
    return Table(
        key="curve",
        title=_("Lorenz curve"),
        columns=(
            Column("villages_ppm", _("Villages, from the least income"), Kind.SHARE),
            Column("income_ppm", _("Their share of all income"), Kind.SHARE),
        ),
        rows=(
            [percent * 10_000, in_ppm(spread.share(Fraction(percent, 100)))] for percent in percents
        ),
    )


def _villages_table(
    found: Distribution, villages: Iterable[VillageIncome], *, is_flat: bool
) -> Table:
    days = day_cells(found.period) if is_flat else []
    return Table(
        key="villages",
        title=_("Income of each village"),
        columns=(
            *(day_columns() if is_flat else ()),
            *name_columns(),
            Column("sales", _("Sales (line shares)"), Kind.COUNT),
            Column("income_satang", _("Village income (baht)"), Kind.SATANG),
        ),
        rows=(
            [*days, row.code, row.name_th, row.name_en, row.sales, row.income_satang]
            for row in villages
        ),
    )

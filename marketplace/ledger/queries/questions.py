"""What may be asked: an area, a period, what the rows are, and of which sales."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError
from marketplace.core.numbers import id_in
from marketplace.ledger.kinds import Channel
from marketplace.ledger.periods import Period
from marketplace.ledger.queries.areas import City, Level
from marketplace.provenance.models import IncomeKind, OriginGroup, OtopType, Quadrant

Group = OriginGroup.Kind


class InvalidFilter(DomainError):
    """A value that a dimension cannot have."""

    message = _("One of the filters is unknown. Choose it again from the list.")


class Dimension(models.TextChoices):
    """What income can be told apart by, beside places: as frozen when the order was placed.

    All but CITY, which is no fact of a sale: it is what the province of its village is today.
    """

    CITY = "city", _("secondary city or not")
    PRODUCER = "producer", _("producer")
    OTOP_TYPE = "type", _("type of product")
    QUADRANT = "quadrant", _("group of the department")
    STARS = "stars", _("stars")
    INCOME_KIND = "income", _("kind of income")
    CHANNEL = "channel", _("sold at")
    PROGRAMME = Group.PROGRAMME.value, Group.PROGRAMME.label
    ROUTE = Group.ROUTE.value, Group.ROUTE.label
    CAMPAIGN = Group.CAMPAIGN.value, Group.CAMPAIGN.label
    STORY = Group.STORY.value, Group.STORY.label
    BUYERS = "buyers", _("province it was sent to")


MIX = {
    Dimension.OTOP_TYPE: "otop_type",
    Dimension.QUADRANT: "quadrant",
    Dimension.STARS: "stars",
    Dimension.INCOME_KIND: "income_kind",
    Dimension.CHANNEL: "channel",
}
"""Dimensions of which a share has exactly one value -> the column of its origin."""

GROUPS = frozenset(
    {Dimension.PROGRAMME, Dimension.ROUTE, Dimension.CAMPAIGN, Dimension.STORY, Dimension.BUYERS}
)
"""Dimensions of which a share may have none, or (all but the buyers) several values: their rows do
not add up to the total."""

CHOICES = {
    Dimension.CITY: City.choices,
    Dimension.OTOP_TYPE: OtopType.choices,
    Dimension.QUADRANT: [*Quadrant.choices, ("", _("in no group"))],
    Dimension.STARS: [("0", _("no stars")), *((str(n), "★" * n) for n in range(1, 6))],
    Dimension.INCOME_KIND: IncomeKind.choices,
    Dimension.CHANNEL: [("", _("on this site")), *Channel.choices],
}
"""Values and words of the dimensions that have a list of them."""

_CODE_MAX_LENGTH = 64


RowsBy = Level | Dimension | None


@dataclass(frozen=True)
class Question:
    """One question to the ledger. `only` leaves sales of these values, by dimension.

    `rows_by` is a level below the area's own, a dimension, or None for the total alone. Raises
    InvalidFilter for values that cannot be.
    """

    area: str
    period: Period
    rows_by: RowsBy = None
    only: Mapping[Dimension, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(_is_possible(name, value) for name, value in self.only.items()):
            raise InvalidFilter

    @property
    def rows_add_up(self) -> bool:
        """Whether the income of the rows comes to the total: of programmes and the like a sale may
        have several, or none."""
        return self.rows_by not in GROUPS - {Dimension.BUYERS}

    @property
    def rows_are_places(self) -> bool:
        """Whether each village lies in one row: those of areas, and of kinds of cities."""
        return isinstance(self.rows_by, Level) or self.rows_by == Dimension.CITY

    @property
    def dimensions(self) -> frozenset[Dimension]:
        """All that sales must be told apart by to answer it."""
        by = {self.rows_by} if isinstance(self.rows_by, Dimension) else set()
        return frozenset({*self.only, *by})


def _is_possible(name: Dimension, value: str) -> bool:
    if name in CHOICES:
        return value in dict(CHOICES[name])
    if name == Dimension.PRODUCER:
        return id_in(value) is not None
    return len(value) <= _CODE_MAX_LENGTH and "\x00" not in value

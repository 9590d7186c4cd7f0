"""A change of income as pages tell it: a sentence, a picture of its parts, each part in words."""

from dataclasses import dataclass

from marketplace.ledger.queries import IncomeChange
from shop.reports.change_words import change_sentence, part_words, signed
from shop.reports.pictures.parts import Picture, parts_picture


@dataclass(frozen=True)
class ToldChange:
    """`parts` are words and satang, the largest first; they come to the change."""

    change: IncomeChange
    sentence: str
    parts: list[tuple[str, int]]
    picture: Picture


def told_change(change: IncomeChange, name: str) -> ToldChange:
    """The change of the income of `name`, in the language of the page."""
    bars = [
        (str(part.reason.label), signed(part.amount_satang), part.amount_satang)
        for part in change.told
    ]
    return ToldChange(
        change=change,
        sentence=change_sentence(change, name),
        parts=[(part_words(change, part.reason), part.amount_satang) for part in change.told],
        picture=parts_picture(bars),
    )

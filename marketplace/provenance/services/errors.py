"""Rules about products that can be broken, each with a sentence for people."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import DomainError
from marketplace.core.photo_cleaner import Reason
from marketplace.core.photos import PhotoRefused


class InvalidTitle(DomainError):
    message = _("The name of a product has 1 to 255 characters.")


class InvalidText(DomainError):
    message = _("This text is too long.")


class InvalidPrice(DomainError):
    message = _("A price is at least 0.01 and less than 10,000,000,000 baht.")


class PriceOfOptions(DomainError):
    message = _("This product has options: change the price and the stock of each option.")


class InvalidStock(DomainError):
    message = _("The number in stock is a whole number of zero or more.")


class OnePieceOnly(InvalidStock):
    message = _("A single piece can be in stock once or not at all.")


class StockNotCounted(InvalidStock):
    message = _("Stock is not counted for things made to order and for visits.")


class InvalidLeadDays(DomainError):
    message = _("Say how many days it takes to make: 1 to 365.")


class InvalidSeason(DomainError):
    message = _("The months of a season are numbers from 1 to 12.")


class CodeTaken(DomainError):
    message = _("Another product has this OTOP code.")


class InvalidShares(DomainError):
    message = _("The shares of the villages must each be above zero and add up to 100 %.")


class UnknownVillage(DomainError):
    message = _("One of the villages is not in the register.")


class SharesNotForThePast(DomainError):
    message = _("Shares can be changed from today on, not for days that have passed.")


class CannotPublish(DomainError):
    """Something that a product needs before shoppers may see it is not there yet."""


class CannotWithdraw(DomainError):
    message = _("Give a reason of 1 to 200 characters.")


class InvalidStars(DomainError):
    message = _("Stars are 1 to 5, and the round is a year of the Buddhist era.")


class InvalidCertificate(DomainError):
    message = _("A certificate cannot expire before it was issued.")


class VerifierNeeded(DomainError):
    message = _("A certificate is verified by a member of staff.")


class NoVillageShare(DomainError):
    """A product cannot be sold, because no village would be credited for it."""

    def __init__(self, product_id: int, title: str) -> None:
        self.product_id = product_id
        super().__init__(
            _("“%(product)s” cannot be sold: no village is named for its income.")
            % {"product": title}
        )


class NotToBeReviewed(DomainError):
    message = _("This product is not one that can be sent in for review now.")


class AlreadyDecided(DomainError):
    message = _("Somebody has decided about this already, or it was taken back.")


class StaleReview(DomainError):
    message = _("The producer has sent this in anew since you opened it. Please look once more.")


class ProductMovedOn(DomainError):
    message = _(
        "The product was changed in another way since this was sent in. Refuse it, and ask the "
        "producer to send the change in again."
    )


class OwnProduct(DomainError):
    message = _("Somebody else decides about products of a group that you belong to.")


class ReasonForRefusal(DomainError):
    message = _("Say why, in 1 to 200 characters: the producer reads it.")


class NotLive(DomainError):
    message = _("Only a product that shoppers see can have a change that waits.")


class AnotherProducer(DomainError):
    message = _("This product belongs to another producer.")


class DraftTooLarge(DomainError):
    message = _("This is more text than a product can have.")


class StaleDraft(DomainError):
    message = _("Somebody else has changed this product since you opened it.")


class DraftClosed(DomainError):
    message = _("This was sent in or thrown away already.")


class BegunAnew(DomainError):
    message = _(
        "You have begun to change this product anew since. Send that form in or throw it away "
        "first."
    )


class TooManyDrafts(DomainError):
    message = _(
        "Your group has begun 300 forms today, which is as many as we take in a day. Tomorrow you "
        "can go on; what you have begun is kept."
    )


class _EnoughForToday(PhotoRefused):
    """Refused for the day, not for what the picture shows."""

    def __init__(self) -> None:
        super().__init__(Reason.BUSY)
        self.message = type(self).message


class TooManyPhotos(_EnoughForToday):
    message = _(
        "Your group has sent 300 photos today, which is as many as we take in a day. Tomorrow you "
        "can send more; those you have sent are kept."
    )


class TooManyTurns(_EnoughForToday):
    message = _("You have turned 300 photos today. Tomorrow you can turn more.")


class InvalidPieces(DomainError):
    message = _("Choose 2 to 24 photos of this draft, and give each a price.")


class DraftIncomplete(DomainError):
    """Something is missing or cannot be read; `errors` has a sentence for each field."""

    message = _("Something is still missing. See the fields that are marked.")

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__()

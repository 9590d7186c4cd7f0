"""What a shopper reads when a card is refused: what to do next, and never more than is wise.

A card that was reported lost or stolen, or looks like fraud, gets the general text: whoever holds
it must not learn why.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENERAL = _("The bank did not approve this payment. Try another card, or ask your bank.")
_NO_FUNDS = _("There is not enough money for this on the card. Try another card.")
_EXPIRED = _("This card has expired. Try another card.")
_WRONG_DETAILS = _("The card number, date or security code is not right. Check them and try again.")
_NOT_FOR_THIS = _("This card cannot be used for this kind of payment. Try another card.")
_TOO_OFTEN = _("This card was used too many times in a row. Wait a little, or try another card.")
_PASSING = _("Something went wrong on the way to the bank. Wait a moment, then try again.")
_TEST_CARD = _("This is a trial shop: only test cards work here.")

_BY_CODE = {
    "insufficient_funds": _NO_FUNDS,
    "withdrawal_count_limit_exceeded": _NO_FUNDS,
    "expired_card": _EXPIRED,
    "incorrect_cvc": _WRONG_DETAILS,
    "invalid_cvc": _WRONG_DETAILS,
    "incorrect_number": _WRONG_DETAILS,
    "invalid_number": _WRONG_DETAILS,
    "invalid_expiry_month": _WRONG_DETAILS,
    "invalid_expiry_year": _WRONG_DETAILS,
    "card_not_supported": _NOT_FOR_THIS,
    "currency_not_supported": _NOT_FOR_THIS,
    "not_permitted": _NOT_FOR_THIS,
    "transaction_not_allowed": _NOT_FOR_THIS,
    "card_velocity_exceeded": _TOO_OFTEN,
    "approve_with_id": _PASSING,
    "issuer_not_available": _PASSING,
    "processing_error": _PASSING,
    "reenter_transaction": _PASSING,
    "try_again_later": _PASSING,
    "api_connection_error": _PASSING,
    "test_mode_live_card": _TEST_CARD,
}


def text_for(code: str) -> Promise | str:
    """Return the sentence for a decline code of Stripe, known or not; empty for no code."""
    return _BY_CODE.get(code, GENERAL) if code else ""


def all_texts() -> dict[str, str]:
    """All sentences by code, and `general`, in the language of the page: for its script."""
    return {code: str(text) for code, text in _BY_CODE.items()} | {"general": str(GENERAL)}

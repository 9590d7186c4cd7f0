"""The test cards this stand-in knows, under the numbers Stripe publishes for its test mode, and why
a card declines.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decline:
    """Why a payment attempt failed. `decline_code` is the bank's reason, which Stripe gives for
    `card_declined` only.
    """

    code: str
    decline_code: str | None
    message: str
    param: str | None = None


@dataclass(frozen=True)
class TrialCard:
    number: str
    brand: str
    outcome: str
    tokens: tuple[str, ...]
    effect_en: str
    effect_th: str
    dispute: str = ""  # the reason of the dispute that follows a payment; "" for none

    @property
    def last4(self) -> str:
        return self.number[-4:]


DECLINED = "Your card was declined."
OWN_CODE = {
    "expired_card": Decline("expired_card", None, "Your card has expired.", "exp_month"),
    "incorrect_cvc": Decline(
        "incorrect_cvc", None, "Your card's security code is incorrect.", "cvc"
    ),
    "incorrect_number": Decline(
        "incorrect_number", None, "Your card number is incorrect.", "number"
    ),
    "processing_error": Decline(
        "processing_error",
        None,
        "An error occurred while processing your card. Try again in a little bit.",
    ),
}
OWN_MESSAGE = {
    "insufficient_funds": "Your card has insufficient funds.",
    "currency_not_supported": "Your card does not support this currency.",
    "card_velocity_exceeded": "Your card was declined for making repeated attempts too frequently.",
}


def decline_for(reason: str) -> Decline:
    """The decline of a name such as `insufficient_funds`; a name not known here is taken as the
    bank's decline code.
    """
    own = OWN_CODE.get(reason)
    return own or Decline("card_declined", reason, OWN_MESSAGE.get(reason, DECLINED))


SUCCESS = "success"
CARDS = (
    TrialCard("4242424242424242", "visa", SUCCESS, ("pm_card_visa",), "Succeeds", "ชำระสำเร็จ"),
    TrialCard(
        "5555555555554444",
        "mastercard",
        SUCCESS,
        ("pm_card_mastercard",),
        "Succeeds (Mastercard)",
        "ชำระสำเร็จ (มาสเตอร์การ์ด)",
    ),
    TrialCard(
        "4000000000000002",
        "visa",
        "generic_decline",
        ("pm_card_visa_chargeDeclined", "pm_card_chargeDeclined"),
        "Declined without a reason",
        "ถูกปฏิเสธโดยไม่บอกเหตุผล",
    ),
    TrialCard(
        "4000000000009995",
        "visa",
        "insufficient_funds",
        ("pm_card_visa_chargeDeclinedInsufficientFunds", "pm_card_chargeDeclinedInsufficientFunds"),
        "Declined: not enough money",
        "ถูกปฏิเสธ: วงเงินไม่พอ",
    ),
    TrialCard(
        "4000000000009987",
        "visa",
        "lost_card",
        ("pm_card_visa_chargeDeclinedLostCard",),
        "Declined: reported lost",
        "ถูกปฏิเสธ: แจ้งหายไว้",
    ),
    TrialCard(
        "4000000000009979",
        "visa",
        "stolen_card",
        ("pm_card_visa_chargeDeclinedStolenCard",),
        "Declined: reported stolen",
        "ถูกปฏิเสธ: แจ้งถูกขโมยไว้",
    ),
    TrialCard(
        "4000000000000069",
        "visa",
        "expired_card",
        ("pm_card_chargeDeclinedExpiredCard",),
        "Declined: expired",
        "ถูกปฏิเสธ: บัตรหมดอายุ",
    ),
    TrialCard(
        "4000000000000127",
        "visa",
        "incorrect_cvc",
        ("pm_card_chargeDeclinedIncorrectCvc",),
        "Declined: wrong security code",
        "ถูกปฏิเสธ: รหัสหลังบัตรไม่ถูกต้อง",
    ),
    TrialCard(
        "4000000000000119",
        "visa",
        "processing_error",
        ("pm_card_chargeDeclinedProcessingError",),
        "Declined: an error on the way",
        "ถูกปฏิเสธ: เกิดข้อผิดพลาดระหว่างทาง",
    ),
    TrialCard(
        "4000000000006975",
        "visa",
        "card_velocity_exceeded",
        ("pm_card_visa_chargeDeclinedVelocityLimitExceeded",),
        "Declined: used too often",
        "ถูกปฏิเสธ: ใช้ถี่เกินกำหนด",
    ),
)
DISPUTED = (
    TrialCard(
        "4000000000000259",
        "visa",
        SUCCESS,
        ("pm_card_createDispute",),
        "Succeeds, then disputed as fraudulent",
        "ชำระสำเร็จ แล้วธนาคารทักท้วงว่าไม่ใช่เจ้าของบัตร",
        "fraudulent",
    ),
    TrialCard(
        "4000000000002685",
        "visa",
        SUCCESS,
        ("pm_card_createDisputeProductNotReceived",),
        "Succeeds, then disputed as not received",
        "ชำระสำเร็จ แล้วธนาคารทักท้วงว่าไม่ได้รับของ",
        "product_not_received",
    ),
    TrialCard(
        "4000000000001976",
        "visa",
        SUCCESS,
        ("pm_card_createDisputeInquiry",),
        "Succeeds, then the bank asks about it (no money is taken)",
        "ชำระสำเร็จ แล้วธนาคารสอบถาม (ยังไม่ดึงเงินคืน)",
        "inquiry",
    ),
)
CARDS += DISPUTED
BY_NUMBER = {card.number: card for card in CARDS}
BY_TOKEN = {token: card for card in CARDS for token in card.tokens}


def passes_luhn(number: str) -> bool:
    """True when the check digit of a card number is right."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0

"""Who carries parcels in Thailand, where their page for a number is, and what a number looks like.

Nothing is ever asked of the carriers from here, and nobody opened these addresses from here: each
was compared in November 2026 with what public programs of other shops and of carriers link to.
DHL: the carrier's own plugin for WooCommerce (its "eCS Asia" tracking link). Thailand Post, Flash
and KEX: more than five programs each, alike (kerryexpress.com is KEX's old name). Ninja Van and
BEST: more than five each. SPX: four for Thailand, seven for the same page in Vietnam; the number
stands right after the question mark. J&T: programs that link to a number contradict each other
(`waybillNo`, `bills`, `billcode`, an older page), and two newer ones say that it must be typed
there: so the link leads to the page, and the number stands beside it. Try each by hand before a
launch.

A number that looks unlike its carrier's may be right all the same: people are told, never refused.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext_lazy as _

from marketplace.core import thai
from shop.parcels.errors import TrackingNumberUnclear

NUMBER_MAX_LENGTH = 40
_BETWEEN = re.compile(r"[\s./_\-\u2010-\u2015]+")
_CLEAN = re.compile(r"[0-9A-Z]*")


@dataclass(frozen=True)
class Carrier:
    """`page` ends where the number follows, if the page takes one; "" for a carrier without one."""

    code: str
    name: str
    page: str = ""
    form: str = ""  # what a number looks like, as a regular expression; "" for anything
    example: str = ""
    takes_number: bool = True  # else its page opens empty, and people type the number there

    def tracking_url(self, number: str) -> str:
        """The carrier's page about a number; "" where there is none."""
        if not (self.page and number):
            return ""
        return f"{self.page}{quote(number, safe='')}" if self.takes_number else self.page

    def is_usual(self, number: str) -> bool:
        """Whether a number looks as this carrier's do; one without a number always does."""
        return not (number and self.form) or bool(re.fullmatch(self.form, number))


CARRIERS = {
    carrier.code: carrier
    for carrier in (
        Carrier(
            "thailand-post",
            _("Thailand Post (EMS, registered)"),
            "https://track.thailandpost.co.th/?trackNumber=",
            r"[A-Z]{2}\d{9}TH",
            "EF582568151TH",
        ),
        Carrier(
            "flash",
            _("Flash Express"),
            "https://www.flashexpress.co.th/fle/tracking?se=",
            r"TH[0-9A-Z]{10,16}",
            "TH01011VF1G50A",
        ),
        Carrier(
            "jt",
            _("J&T Express"),
            "https://www.jtexpress.co.th/service/track",
            r"\d{12}",
            "820123456789",
            takes_number=False,
        ),
        Carrier(
            "kex",
            _("KEX (formerly Kerry)"),
            "https://th.kex-express.com/th/track/?track=",
            r"[0-9A-Z]{9,16}",
            "KEX10034567890",
        ),
        Carrier(
            "ninja-van",
            _("Ninja Van"),
            "https://www.ninjavan.co/th-th/tracking?id=",
            r"[0-9A-Z]{9,18}",
            "NVTH123456789",
        ),
        Carrier(
            "dhl",
            _("DHL eCommerce"),
            "https://ecommerceportal.dhl.com/track/?ref=",
            r"[0-9A-Z]{10,20}",
            "7127123456789012",
        ),
        Carrier(
            "spx",
            _("SPX Express (Shopee)"),
            "https://spx.co.th/track?",
            r"(SPX)?TH[0-9A-Z]{10,16}",
            "TH254012345678A",
        ),
        Carrier(
            "best",
            _("BEST Express"),
            "https://www.best-inc.co.th/track?bills=",
            r"[0-9A-Z]{8,16}",
            "66812345678901",
        ),
        Carrier("other", _("Another one (bus, own car…)")),
    )
}
OTHER = CARRIERS["other"]


def clean_number(carrier: Carrier, text: str) -> str:
    """Write a tracking number as carriers do: ef 5825-68151 th and ๕ become EF582568151TH.

    What another carrier gives (a plate, a bus line) stays as typed, tidied. Raises
    TrackingNumberUnclear for what cannot be a number at all.
    """
    tidy = thai.arabic_digits(thai.normalise(text))
    number = tidy if carrier is OTHER else _BETWEEN.sub("", tidy).upper()
    is_clear = carrier is OTHER or _CLEAN.fullmatch(number)
    if not is_clear or len(number) > NUMBER_MAX_LENGTH:
        raise TrackingNumberUnclear
    return number

"""Tracking numbers as people type them, and where each carrier shows them."""

import pytest

from shop.parcels.carriers import CARRIERS, clean_number
from shop.parcels.errors import TrackingNumberUnclear

POST, OTHER = CARRIERS["thailand-post"], CARRIERS["other"]


@pytest.mark.parametrize(
    "typed, number",
    [
        ("EF582568151TH", "EF582568151TH"),
        ("  ef 5825-6815 1 th ", "EF582568151TH"),
        ("ef๕๘๒๕๖๘๑๕๑th", "EF582568151TH"),
        ("EF\u200b582\u00a0568151TH", "EF582568151TH"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_number_is_written_as_carriers_write_it(typed, number):
    assert clean_number(POST, typed) == number
    assert clean_number(POST, number) == number


@pytest.mark.parametrize("typed", ["ดฟ๕๘๒", "EF5825<b>", "EF58256815é", "E" * 41, "เลขพัสดุ"])
def test_what_cannot_be_a_number_is_refused_in_words(typed):
    with pytest.raises(TrackingNumberUnclear):
        clean_number(POST, typed)


def test_another_carrier_may_have_any_words():
    assert clean_number(OTHER, " รถทัวร์  ๓๐-1234 ") == "รถทัวร์ 30-1234"
    with pytest.raises(TrackingNumberUnclear):
        clean_number(OTHER, "ก" * 41)


@pytest.mark.parametrize("carrier", CARRIERS.values(), ids=lambda one: one.code)
def test_each_carrier_knows_its_own_numbers(carrier):
    assert carrier.is_usual(carrier.example) and carrier.is_usual("")
    assert clean_number(carrier, carrier.example) == carrier.example


def test_an_odd_number_is_noticed_and_nothing_more():
    assert not POST.is_usual("EF58256815TH")
    assert not CARRIERS["jt"].is_usual("EF582568151TH")
    assert OTHER.is_usual("12")


@pytest.mark.parametrize(
    ("code", "address"),
    [
        ("thailand-post", "https://track.thailandpost.co.th/?trackNumber=EF582568151TH"),
        ("flash", "https://www.flashexpress.co.th/fle/tracking?se=TH01011VF1G50A"),
        ("jt", "https://www.jtexpress.co.th/service/track"),
        ("kex", "https://th.kex-express.com/th/track/?track=KEX10034567890"),
        ("ninja-van", "https://www.ninjavan.co/th-th/tracking?id=NVTH123456789"),
        ("dhl", "https://ecommerceportal.dhl.com/track/?ref=7127123456789012"),
        ("spx", "https://spx.co.th/track?TH254012345678A"),
        ("best", "https://www.best-inc.co.th/track?bills=66812345678901"),
        ("other", ""),
    ],
)
def test_each_link_is_the_one_that_public_programs_use(code, address):
    carrier = CARRIERS[code]

    assert carrier.tracking_url(carrier.example) == address
    assert carrier.tracking_url("") == ""


def test_every_carrier_has_its_link_tested():
    assert list(CARRIERS) == [
        "thailand-post", "flash", "jt", "kex", "ninja-van", "dhl", "spx", "best", "other",
    ]  # fmt: skip


def test_links_lead_to_the_carrier_and_cannot_be_bent():
    assert POST.tracking_url("EF582568151TH") == (
        "https://track.thailandpost.co.th/?trackNumber=EF582568151TH"
    )
    assert CARRIERS["kex"].tracking_url("A&b=/../") == (
        "https://th.kex-express.com/th/track/?track=A%26b%3D%2F..%2F"
    )
    assert POST.tracking_url("") == OTHER.tracking_url("30-1234") == ""
    assert all(one.page.startswith("https://") for one in CARRIERS.values() if one is not OTHER)

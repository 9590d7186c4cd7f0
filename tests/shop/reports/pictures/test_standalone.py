"""Every picture as a file of its own: colours in it, nothing that only a page has."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from marketplace.places.regions import REGION_OF_PROVINCE
from shop.reports.pictures.bars import Point, bar_chart
from shop.reports.pictures.lorenz import lorenz_curve
from shop.reports.pictures.province_map import province_map
from shop.reports.pictures.sparkline import sparkline
from shop.reports.pictures.standalone import as_svg, colours
from tests.shop.reports.pictures.markup import parsed

pytestmark = pytest.mark.no_database

NAMES = {code: f"P{code}" for code in REGION_OF_PROVINCE}
FIGURES = {"50": 100, "51": 0, "52": -100, "53": None, "54": 900}
PICTURES = {
    "map": province_map(FIGURES, NAMES, lambda code: f"/{code}"),
    "bars": bar_chart(
        [Point(date(2026, 1, 1), "฿1", 0, 100), Point(date(2026, 2, 1), "?", 0, 50, is_band=True)],
        [Point(date(2025, 1, 1), "?", 10, 90, is_band=True)],
    ),
    "lorenz": lorenz_curve([1, 2, 3]),
    "sparkline": sparkline([1, -2, 3]),
}


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_a_file_asks_for_nothing_outside_it(picture):
    svg = as_svg(picture, title="T")

    parsed(svg)
    assert svg.startswith("<svg ") and svg.endswith("</svg>")
    assert "var(" not in svg and "href" not in svg and "style=" not in svg
    assert set(re.findall(r"#[0-9a-f]{3,6}\b", svg)) <= set(colours().values())
    drawn = [part.get("fill") or part.get("stroke") for part in parsed(svg).iter("path")]
    assert any(drawn) or parsed(svg).get("stroke")


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_pattern_and_name_that_is_asked_for_is_in_the_file(picture):
    svg = parsed(as_svg(picture, title="T"))

    ids = [part.get("id") for part in svg.iter() if part.get("id")]
    asked = re.findall(
        r"url\(#([\w-]+)\)", " ".join(v for p in svg.iter() for v in p.attrib.values())
    )

    assert len(ids) == len(set(ids))
    assert set(asked) <= set(ids)


def test_the_map_has_its_key_in_the_file():
    texts = [part.text for part in parsed(as_svg(PICTURES["map"], title="T")).iter("text")]

    assert "ไม่แสดง" in texts and "฿0" in texts
    assert "P54 ฿9" in texts and "P50 ฿1" in texts


def test_the_map_in_a_file_is_an_image_and_wider_by_its_key():
    svg = parsed(as_svg(PICTURES["map"], title="T"))

    assert svg.get("role") == "img"
    assert svg.get("viewBox") == "0 0 1660 1843"


def test_sara_am_is_written_as_two_letters_with_its_ring_below_a_tone_mark():
    names = NAMES | {"50": "กำแพง", "54": "น้ำ"}

    svg = as_svg(province_map(FIGURES, names, str), title="ต่ำ")

    assert "\u0e33" not in svg
    assert "ก\u0e4d\u0e32แพง" in svg
    assert "น\u0e4d\u0e49\u0e32 " in svg


def test_a_page_asks_the_browser_for_its_colours():
    page = render_to_string(
        "components/lorenz.html", {"picture": PICTURES["lorenz"], "id": "a", "title": "T"}
    )

    assert "var(--indigo)" in page
    assert not re.findall(r"#[0-9a-f]{3,6}\b", page)
    assert colours()["indigo"] == "#233a73"

"""Thailand by province: shades, links, what can be hit, and the enlargement around Bangkok."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from marketplace.places.outlines import Box, country
from marketplace.places.regions import REGION_OF_PROVINCE
from shop.reports.pictures import province_map
from shop.reports.pictures.province_shapes import ENLARGED, INSET, LEAST_TARGET
from tests.shop.reports.pictures.markup import parsed

pytestmark = pytest.mark.no_database

BANGKOK, PHUKET, CHIANG_MAI, SAMUT_SONGKHRAM = "10", "83", "50", "75"
AROUND_BANGKOK = {"10", "11", "12", "13", "14", "15", "17", "19", "26", "73", "74", "75"}
NAMES = {code: f"P{code}" for code in REGION_OF_PROVINCE}


def link(code: str) -> str:
    return f"/income/?area={code}"


def map_of(figures: dict[str, int | None], names=NAMES, link=link):
    return province_map.province_map(figures, names, link)


def figure_of(picture, **context) -> str:
    context = {"picture": picture, "id": "map", "title": "Income", **context}
    return render_to_string("components/province_map.html", context)


def drawing_of(picture):
    return next(parsed(figure_of(picture)).iter("svg"))


def named(areas) -> dict[str, province_map.Area]:
    return {area.province.name[1:]: area for area in areas}


def test_every_province_is_drawn_once_as_a_link():
    picture = map_of(dict.fromkeys(NAMES, 100))

    links = list(drawing_of(picture).iter("a"))

    assert sorted(a.get("href") for a in links) == sorted(map(link, NAMES))
    assert len(picture.rows) == 77
    assert {a.find("title").text for a in links} == {f"{name}: ฿1" for name in NAMES.values()}
    assert {name for a in links for name in a.attrib} == {"class", "href"}


def test_a_province_without_a_figure_has_a_pattern_and_says_so():
    picture = map_of({CHIANG_MAI: 100, PHUKET: None})

    areas = named(picture.areas)
    svg = drawing_of(picture)

    assert areas[CHIANG_MAI].province.shade == "ramp-3"
    assert areas[PHUKET].province.shade == areas["57"].province.shade == "hidden"
    assert areas[PHUKET].province.words == "ไม่แสดง"
    fills = [a.find("path").get("fill") for a in svg.iter("a")]
    assert fills.count("var(--ramp-3)") == 1 and fills.count("url(#map-hidden)") == 76
    assert svg.find("defs/pattern[@id='map-hidden']") is not None


def test_nothing_and_less_than_nothing_are_shades_of_their_own():
    areas = named(map_of({"50": 0, "51": -100, "52": 100}).areas)

    assert [areas[code].province.shade for code in ("50", "51", "52")] == [
        "zero",
        "below",
        "ramp-3",
    ]


def test_rows_have_the_most_income_first_and_what_is_not_shown_last():
    picture = map_of({"50": 5_00, "57": 9_00, "10": -1_00, "51": 0, "58": 9_00, "20": None})

    rows = [(row.name, row.words, row.number) for row in picture.rows[:5]]

    assert rows == [
        ("P57", "฿9", 1),
        ("P58", "฿9", 2),
        ("P50", "฿5", 3),
        ("P51", "฿0", None),
        ("P10", "−฿1", None),
    ]
    assert picture.rows[5].name == "P11"
    assert [number.number for number in picture.numbers] == [1, 2, 3]


def test_five_numbers_stand_inside_the_provinces_they_are_about():
    picture = map_of({code: int(code) for code in NAMES})

    boxes = [country().provinces[code].box for code in ("96", "95", "94", "93", "92")]

    assert [row.name for row in picture.most] == ["P96", "P95", "P94", "P93", "P92"]
    for number, box in zip(picture.numbers, boxes, strict=True):
        assert box.holds(Box(number.x, number.y, number.x, number.y))


def test_a_number_for_bangkok_stands_in_the_enlargement():
    number = map_of({BANGKOK: 100}).numbers[0]

    assert INSET.holds(Box(number.x, number.y, number.x, number.y))


def test_an_empty_map_has_no_numbers_and_one_shade():
    picture = map_of({})

    assert picture.numbers == () and picture.most == []
    assert [(shade.key, shade.count) for shade in picture.shades] == [("hidden", 77)]
    assert "<ol" not in figure_of(picture)


def test_provinces_around_bangkok_are_enlarged_and_stay_on_the_map_without_a_link():
    picture = map_of({BANGKOK: 100})

    enlarged, covered = named(picture.frame.areas), named(picture.covered)

    assert set(enlarged) == set(covered) == AROUND_BANGKOK
    assert not set(enlarged) & set(named(picture.areas))
    assert enlarged[BANGKOK].province.shade == covered[BANGKOK].province.shade == "ramp-3"


def test_the_enlargement_lies_on_the_map_and_covers_no_land():
    sheet = Box(0, 0, country().width, country().height)
    frame = INSET
    points = [p for o in country().provinces.values() for ring in o.rings for p in ring]

    assert sheet.holds(frame)
    assert not [point for point in points if frame.holds(Box(*point, *point))]


def test_what_can_be_hit_of_every_province_is_twenty_four_pixels_on_a_phone():
    picture = map_of({})
    pixels = 316 / picture.width

    for area in (*picture.areas, *picture.frame.areas):
        box = area.target or _box(area.path)
        assert min(box.width, box.height) * pixels >= 23.9, area.province.name
    assert named(picture.areas)[PHUKET].target is not None
    assert named(picture.areas)[CHIANG_MAI].target is None
    assert LEAST_TARGET * pixels == pytest.approx(24, abs=0.1)


def test_what_can_be_hit_is_drawn_without_being_seen():
    picture = map_of({})

    rects = [part for link in drawing_of(picture).iter("a") for part in link.iter("rect")]

    small = [area for area in (*picture.areas, *picture.frame.areas) if area.target]
    assert len(rects) == len(small) >= 8
    assert {(r.get("fill"), r.get("pointer-events")) for r in rects} == {("none", "all")}


def test_the_enlargement_keeps_proportions():
    across, down = INSET.width / ENLARGED.width, INSET.height / ENLARGED.height

    assert across == pytest.approx(down, rel=0.005)
    assert across > 2


def test_small_provinces_are_drawn_after_the_large_ones():
    targets = [area.target is not None for area in map_of({PHUKET: 10**9}).areas]

    assert targets == sorted(targets)


def test_a_province_that_may_not_be_opened_is_no_link():
    picture = map_of({"50": 100, "10": 100}, link=lambda code: link(code) if code == "50" else "")

    figure = parsed(figure_of(picture))

    assert [a.get("href") for a in figure.iter("a")] == ["#map-figures"] + [link("50")] * 3


def test_a_province_that_has_no_outline_yet_stands_in_the_table():
    picture = map_of({"78": 700_00}, NAMES | {"78": "ใหม่"})

    assert (picture.rows[0].name, picture.rows[0].number) == ("ใหม่", 1)
    assert picture.numbers == ()
    assert len(picture.rows) == 78


def test_names_are_written_as_they_are():
    figure = figure_of(map_of({"50": 100}, NAMES | {"50": '<b>"A" & B'}), title="x < y")

    titles = [part.text for part in parsed(figure).iter("title")]

    assert '<b>"A" & B: ฿1' in titles and "x < y" in titles


def test_the_map_is_a_group_since_an_image_would_hide_its_links():
    svg = drawing_of(map_of({}))

    assert (svg.get("role"), svg.get("aria-labelledby")) == ("group", "map-title")
    assert svg.get("aria-describedby") == "map-desc"
    assert svg.find("title").text and svg.find("desc").text


def test_the_source_of_the_boundaries_is_named_under_the_map():
    with translation.override("en"):
        figure = figure_of(map_of({}))

    assert (
        "Administrative data: GeoThai (CC BY 4.0); boundaries: UN OCHA / RTSD via mapthai" in figure
    )


def test_the_table_has_every_province_with_its_link():
    rows = list(parsed(figure_of(map_of({"50": 12_345_00}))).iter("tr"))

    assert len(rows) == 78
    assert (rows[1].find("th/a").get("href"), rows[1].find("td").text) == (link("50"), "฿12,345")


def test_the_map_with_its_table_stays_small():
    figure = figure_of(map_of({code: int(code) ** 5 for code in NAMES}))

    assert len(figure.encode()) <= 60_000


def _box(path: str) -> Box:
    """Around the first ring of a path of steps."""
    start, steps = path.split("z")[0][1:].split("l")
    x, y = map(int, start.split())
    numbers = list(map(int, steps.replace("-", " -").split()))
    points = [(x, y)]
    for across, down in zip(numbers[::2], numbers[1::2], strict=True):
        x, y = x + across, y + down
        points.append((x, y))
    across, down = zip(*points, strict=True)
    return Box(min(across), min(down), max(across), max(down))

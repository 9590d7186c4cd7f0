"""Outlines of provinces: drawn from a GeoJSON, kept small, read for maps."""

import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from marketplace.places import outlines, outlining
from marketplace.places.outlines import Box, Outline, box_of, country
from marketplace.places.outlining import WIDTH, NoOutlines, draw_outlines
from marketplace.places.regions import REGION_OF_PROVINCE

pytestmark = pytest.mark.no_database

MOST_BYTES = 40_000


def area(code: str, *rings) -> dict:
    return {
        "properties": {"code": code},
        "geometry": {"type": "MultiPolygon", "coordinates": [[[*map(list, r)]] for r in rings]},
    }


def block(left, bottom, right, top, *extra) -> list:
    """A closed ring around a rectangle of degrees; `extra` points lie on its left side."""
    corners = [(left, bottom), (right, bottom), (right, top), (left, top)]
    return [*corners, *extra, (left, bottom)]


@pytest.fixture
def drawn(tmp_path):
    """Draws the areas given."""

    def draw(*areas):
        path = tmp_path / "areas.geojson"
        path.write_text(json.dumps({"features": areas}), encoding="utf-8")
        return draw_outlines(path)

    return draw


def points(line: list[int]) -> list[tuple[int, int]]:
    return list(outlines._points(line))


def size(ring: list[int]) -> tuple[int, int]:
    box = box_of(points(ring))
    return box.width, box.height


def test_a_degree_north_is_longer_than_a_degree_east(drawn):
    made = drawn(area("50", block(100, 12, 101, 13)))

    assert size(made.provinces["50"][0]) == (WIDTH, 1026)
    assert (made.width, made.height) == (WIDTH, 1026)


def test_amphoes_of_a_province_become_one_shape(drawn):
    west = area("5001", block(100, 12, 101, 13))
    east = area("5002", block(101, 12, 102, 13, (101, 12.5)))
    whole = area("5001", block(100, 12, 101, 13)[:2] + [(101, 12.5)] + block(100, 12, 101, 13)[2:])

    made, halves = drawn(whole, east), drawn(west, area("5002", block(101, 12, 102, 13)))

    assert len(made.provinces["50"]) == 1
    assert set(points(made.provinces["50"][0])) == {(0, 0), (1000, 0), (1000, 513), (0, 513)}
    assert size(halves.provinces["50"][0]) == (1000, 513)


def test_neighbours_keep_the_same_border_when_it_is_made_simpler(drawn):
    bends = [(101 + 0.01 * (n % 3) + 0.1 * (n % 2), 12 + n / 20) for n in range(1, 20)]
    west = [(100, 12), (101, 12), *bends, (101, 13), (100, 13), (100, 12)]
    east = [(101, 12), (102, 12), (102, 13), (101, 13), *reversed(bends), (101, 12)]

    made = drawn(area("50", west), area("51", east))

    borders = [
        {frozenset(edge) for edge in pairwise([*points(ring), points(ring)[0]])}
        for (ring,) in made.provinces.values()
    ]
    shared = borders[0] & borders[1]
    assert len(shared) == len(borders[0]) - 3 == len(borders[1]) - 3
    assert 3 <= len(shared) <= 20
    assert made.regions == []


def test_a_point_that_hardly_matters_is_left_out(drawn):
    made = drawn(area("50", block(100, 12, 101, 13, (100.0005, 12.4), (100, 12.2))))

    assert len(points(made.provinces["50"][0])) == 4


def test_only_lines_between_regions_are_region_lines_and_only_outer_ones_coast(drawn):
    north, north_too = area("50", block(100, 15, 101, 16)), area("51", block(101, 15, 102, 16))
    central = area("10", block(100, 14, 101, 15))

    made = drawn(north, north_too, central)

    assert [sorted(points(line)) for line in made.regions] == [[(0, 513), (500, 513)]]
    assert sum(len(points(line)) - 1 for line in made.coast) == 8


def test_a_speck_is_left_out_and_the_largest_ring_comes_first(drawn):
    speck, island = block(102, 12, 102.01, 12.01), block(102.5, 12, 102.7, 12.2)

    made = drawn(area("83", speck, island, block(100, 12, 101, 13)))

    assert [size(ring)[0] for ring in made.provinces["83"]] == [370, 74]
    assert len(made.coast) == 2


@pytest.mark.parametrize(
    "text", ["", "[]", '{"features": [{}]}', '{"features": [{"geometry": 1}]}']
)
def test_another_file_is_refused(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)

    with pytest.raises(NoOutlines):
        draw_outlines(path)
    with pytest.raises(CommandError):
        call_command("make_outlines", path, output=tmp_path / "made.json")
    assert not (tmp_path / "made.json").exists()


# --- The file that is kept -----------------------------------------------------------------------
def test_the_kept_file_is_small_and_has_every_province():
    assert outlines.FILE.stat().st_size <= MOST_BYTES
    assert country().provinces.keys() == REGION_OF_PROVINCE.keys()


def test_thailand_has_its_proportions():
    """From 97.34 to 105.64 degrees east and 5.61 to 20.46 north: 1.84 times as long as wide."""
    assert country().width == 1000
    assert 1.82 <= country().height / country().width <= 1.86


def test_provinces_lie_where_they_belong():
    centres = {code: outline.centre for code, outline in country().provinces.items()}
    across = {code: x for code, (x, _y) in centres.items()}
    down = {code: y for code, (_x, y) in centres.items()}

    assert min(down, key=down.get) == "57" and max(down, key=down.get) in ("95", "96")
    assert min(across, key=across.get) == "58"
    assert max(across, key=across.get) == "34"
    assert down["50"] < down["60"] < down["10"] < down["77"] < down["84"] < down["90"]


def test_every_centre_lies_inside_its_box_and_every_ring_inside_the_map():
    for outline in country().provinces.values():
        x, y = outline.centre
        assert outline.box.holds(Box(x, y, x, y)), outline.code
        whole = Box(0, 0, country().width, country().height)
        assert all(whole.holds(box_of(ring)) for ring in outline.rings), outline.code
        assert all(len(ring) >= 3 for ring in outline.rings), outline.code


def test_the_centre_of_a_square_is_its_middle_whichever_way_it_is_drawn():
    square = ((0, 0), (10, 0), (10, 4), (0, 4))

    assert Outline("50", (square,)).centre == Outline("50", (square[::-1],)).centre == (5, 2)


@pytest.mark.real_data
def test_the_kept_file_is_what_the_command_makes_of_the_real_amphoes(tmp_path, capsys):
    source = Path(os.environ["REAL_DATA"]) / "geo" / "districts.geojson"
    made = tmp_path / "outlines.json"

    call_command("make_outlines", source, output=made)

    assert made.read_text(encoding="utf-8") == outlines.FILE.read_text(encoding="utf-8")
    assert capsys.readouterr().out == f"outlines.json: {made.stat().st_size} bytes\n"


@pytest.mark.real_data
def test_real_provinces_leave_no_gap_between_them():
    """Every edge is the border of two provinces, or lies on the coast or abroad."""
    source = Path(os.environ["REAL_DATA"]) / "geo" / "provinces.geojson"

    made = draw_outlines(source)

    edges = [
        frozenset(edge)
        for rings in made.provinces.values()
        for ring in rings
        for edge in pairwise([*points(ring), points(ring)[0]])
    ]
    outer = {frozenset(edge) for line in made.coast for edge in pairwise(points(line))}
    assert len(made.provinces) == 77
    assert {edge for edge in edges if edges.count(edge) == 1} == outer
    assert (
        min(max(size(ring)) for rings in made.provinces.values() for ring in rings)
        >= outlining.SMALLEST_ISLAND
    )

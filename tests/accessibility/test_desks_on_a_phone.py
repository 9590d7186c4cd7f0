"""On a phone the files and fields of a desk stand below each other, wide enough for a thumb."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

DESKS = ("income/?before=three-years&city=main", "change/", "groups/", "flows/", "distribution/")
SMALLEST = 43.9  # of 44 px, as browsers round
_BOXES = """() => [...document.querySelectorAll(
  '#w-slim-header-buttons a, main form select, main form button'
)].map(one => one.getBoundingClientRect()).filter(box => box.width).map(
  box => [Math.round(box.left), Math.round(box.right), box.height])"""


@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_of_a_desk_is_beyond_the_edge_or_too_small(open_as, language):
    page = open_as(f"finance:{language}", viewport={"width": 390, "height": 844})

    for desk in DESKS:
        page.goto(f"/cms/reports/{desk}")
        boxes = page.evaluate(_BOXES)
        is_wrong = [
            box for box in boxes if not (0 <= box[0] < box[1] <= 390 and box[2] >= SMALLEST)
        ]
        assert (len(boxes) >= 6, is_wrong) == (True, []), desk

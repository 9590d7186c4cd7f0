"""Tables take the page they need: upright while they can, smaller before they run over."""

import pytest

from marketplace.core.documents.pdf_layout import Ask, ask, is_lying, lay_out, parts
from marketplace.core.documents.typeface import Typeface

pytestmark = pytest.mark.no_database

FACE = Typeface({}, dict.fromkeys("abcdefg 0123456789.,", 0.5))
FIGURE, NAME = Ask(8, 8, False), Ask(14, 14, True)


def test_a_column_asks_for_its_widest_cell_or_its_title_on_two_lines():
    wide_cell = ask("a", ["1", "1,234,567.89"], FACE, is_text=False)
    wide_title = ask("abcdefg abcdefg abcdefg", ["1"], FACE, is_text=False)

    assert wide_cell == Ask(1.08 * 6, 1.08 * 6, False)
    assert wide_title == Ask(1.08 * (11.5 / 2 + 1.5), 1.08 * 11.5, False)


def test_a_column_of_very_long_codes_breaks_like_text():
    assert ask("a", ["1" * 60], FACE, is_text=False) == Ask(22, 22, True)
    assert ask("a", [], FACE, is_text=False) == Ask(1.08 * 4, 1.08 * 4, False)


@pytest.mark.parametrize(("figures", "lying", "size"), [
    (3, False, 10), (4, False, 9), (5, True, 10), (6, True, 10), (7, True, 9), (8, True, 8),
    (9, True, 7), (15, True, 7),
])  # fmt: skip
def test_more_columns_lie_down_and_become_smaller(figures, lying, size):
    asks = [NAME, *[FIGURE] * figures]

    assert is_lying([asks]) is lying
    assert lay_out(asks, lying=lying).size_points == size


def test_one_wide_table_turns_the_document():
    assert is_lying([[NAME], [NAME, *[FIGURE] * 9]])


def test_names_share_what_figures_leave():
    layout = lay_out([NAME, FIGURE], lying=False)

    assert layout.widths == [(150, "fr"), (90, "pt")]


def test_figures_alone_fill_the_page_and_too_many_columns_share_it():
    assert lay_out([FIGURE, FIGURE], lying=False).widths == [(90, "fr"), (90, "fr")]
    assert {unit for _, unit in lay_out([NAME, *[FIGURE] * 15], lying=True).widths} == {"fr"}


def test_titles_stand_on_one_line_where_there_is_room():
    long_title = Ask(8, 16, False)

    assert lay_out([NAME, long_title], lying=False).widths[1] == (170, "pt")
    assert lay_out([NAME, *[long_title] * 3], lying=False).widths[1] == (90, "pt")


def test_a_table_too_wide_comes_in_parts_that_each_begin_with_the_names():
    asks = [Ask(4, 4, False), NAME, *[FIGURE] * 19]

    found = parts(asks, 2, lying=True)

    assert [part[:2] for part in found] == [[0, 1]] * 3
    assert [len(part) - 2 for part in found] == [6, 6, 7]
    assert [n for part in found for n in part[2:]] == list(range(2, 21))
    for part in found:
        layout = lay_out([asks[n] for n in part], lying=True)
        assert {unit for width, unit in layout.widths[2:]} == {"pt"}  # room for all of a figure


def test_a_table_that_fits_stays_whole_and_one_that_never_will_too():
    assert parts([NAME, *[FIGURE] * 9], 1, lying=True) == [list(range(10))]
    assert parts([NAME] * 3, 3, lying=False) == [[0, 1, 2]]
    too_wide = [Ask(22, 22, True)] * 9
    assert parts([*too_wide, FIGURE], 9, lying=True) == [list(range(10))]

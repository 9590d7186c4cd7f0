"""The fonts of our PDFs: the characters they draw, and digits of one width."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from marketplace.core.documents.typeface import typeface

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize(("text", "drawn"), [
    ("น้ำผึ้ง ๒๕๖๙ – ฿1,250.00 “é” −5", "น้ำผึ้ง ๒๕๖๙ – ฿1,250.00 “é” −5"),
    ("a\tb\r\nc\n\u00a0d\u2028e", "a b \nc\n\u00a0d e"),
    ("👍 中文 \ue000", "? ?? ?"), ("a\ufe0f\u200d\u202eb", "ab"),
    ("+\u2060฿90", "+\u2060฿90"),
])  # fmt: skip
def test_text_is_what_the_fonts_can_draw(text, drawn):
    assert typeface().drawable(text) == drawn


def test_marks_take_no_room():
    assert typeface().width("ปู่ปั้น") == typeface().width("ปปน") > 1.5


@pytest.mark.parametrize("name", ["sarabun-400.ttf", "sarabun-700.ttf"])
@pytest.mark.parametrize("digits", ["0123456789", "๐๑๒๓๔๕๖๗๘๙"])
def test_digits_are_of_one_width(name, digits):
    font = TTFont(BytesIO(typeface().files[name]))

    widths = {font["hmtx"][font.getBestCmap()[ord(digit)]][0] for digit in digits}

    assert len(widths) == 1


def test_fonts_are_made_once_and_the_same_each_time():
    again = typeface.__wrapped__()

    assert typeface() is typeface()
    assert again.files == typeface().files

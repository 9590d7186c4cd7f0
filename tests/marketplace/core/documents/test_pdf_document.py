"""The PDF as its readers have it: text that can be copied, pages that can be looked at.

Read and drawn by PDFium, which shares nothing with typst that set it.
"""

from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from marketplace.core.documents import pdf_content
from marketplace.core.documents.document import Column, Kind, Picture, Table
from marketplace.core.documents.errors import TooManyRows
from marketplace.core.documents.pdf_document import CannotTypeset
from marketplace.core.documents.typeface import typeface
from marketplace.core.fonts import FACES
from tests.marketplace.core.documents.samples import (
    HOSTILE,
    make_document,
    make_table,
    text_table,
    written,
)

pytestmark = pytest.mark.no_database

HARD_WORD = "น้ำผึ้งป่าที่ปู่ปั้น"
HARD_WORDS = (
    HARD_WORD, "สิทธิ์", "พันธุ์", "ตั้ง", "ดิ้น", "ปิ่น", "นึ่ง", "ซื้อ", "ญี่ปุ่น", "กตัญญู", "อัฏฐ์",
    "ฐูป", "ฤๅษี", "โต๊ะ", "จั๊ก", "เป๋า", "ฟ้า", "ป้ำ", "จันทร์", "ฟิล์ม", "กุ้ง",
)  # fmt: skip
TYPST_WORDS = (
    '#import "x": *', "$x$", "*a*", "_b_", "`c`", "\\", "<label>", "@ref", "= h", "- item",
    "/ t: d", "#panic()", "// comment", "/* c */", "{}[]()", "~ -- ...", "'\"", "https://example.com",
)  # fmt: skip
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><path fill="#2c6a3f" '
    'd="M0 0h200v100H0z"/><text x="9" y="30" font-family="Sarabun" fill="#fff">ตุลาคม</text></svg>'
)


def read(document):
    return pypdfium2.PdfDocument(written(document, "pdf"))


def pages_of(document):
    return [page.get_textpage().get_text_range() for page in read(document)]


def squeezed(text):
    """Readers guess the spaces from the gaps between letters; letters they know."""
    return "".join(text.split())


def test_thai_can_be_copied_letter_by_letter():
    """Regular in cells, bold in the total, serif in the title."""
    table = text_table(*HARD_WORDS)
    total = Table("t", "x", table.columns, table.rows, total=(" ".join(HARD_WORDS), ""))

    [page] = pages_of(make_document(total, title=" ".join(HARD_WORDS), language="en"))

    title, cells = page.split("ข้อความ", 1)
    assert "".join(HARD_WORDS) in squeezed(title)
    assert "".join(word * 2 for word in HARD_WORDS) in squeezed(cells)
    assert "".join(HARD_WORDS) in squeezed(cells)


@pytest.mark.skipif(not features.check("raqm"), reason="needs libfribidi, as Chromium brings it")
def test_a_hard_word_looks_as_another_program_draws_it():
    """PDFium draws what typst shaped; Pillow, with HarfBuzz and FreeType, draws the same word."""
    scale, points = 12, 10
    page = read(make_document(text_table(HARD_WORD)))[0]
    text = page.get_textpage()
    start = text.get_text_range().index(HARD_WORD)
    boxes = [text.get_charbox(number) for number in range(start, start + len(HARD_WORD))]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    baseline = page.get_height() - boxes[0][1]
    drawn = page.render(scale=scale).to_pil().convert("L")
    area = (left - 3, baseline - 12, right + 3, baseline + 4)
    ours = ink(drawn.crop([round(edge * scale) for edge in area]))

    theirs = Image.new("L", (3000, 400), 255)
    font = ImageFont.truetype(str(FACES[0].source()), points * scale, layout_engine=1)
    ImageDraw.Draw(theirs).text((100, 100), HARD_WORD, 0, font)
    theirs = ink(theirs)

    assert abs(ours.width - theirs.width) <= 4 and abs(ours.height - theirs.height) <= 8
    assert overlap(ours, theirs) > 0.85  # 0.67 without shaping


def ink(image):
    """White where something is drawn, cut to it; pale rules are no ink."""
    dark = image.point(lambda tone: 255 if tone < 128 else 0)
    return dark.crop(dark.getbbox())


def overlap(one, other):
    """The part of all ink that both have, on the same baseline."""
    size = (max(one.width, other.width), max(one.height, other.height))
    one, other = standing(one, size), standing(other, size)
    both, either = ImageChops.darker(one, other), ImageChops.lighter(one, other)
    return both.histogram()[255] / either.histogram()[255]


def standing(image, size):
    ground = Image.new("L", size, 0)
    ground.paste(image, (0, size[1] - image.height))
    return ground


@pytest.mark.parametrize("texts", [TYPST_WORDS, HOSTILE])
def test_words_are_never_read_as_source(texts):
    document = make_document(
        text_table(*texts),
        title=" ".join(texts),
        subtitle_lines=texts,
        notes=texts,
        source_lines=texts,
        language="en",
    )

    page = squeezed("".join(pages_of(document)))

    for text in {typeface().drawable(text) for text in texts}:
        assert page.count(squeezed(text)) >= 6, text


def test_what_no_font_can_draw_is_a_question_mark_and_never_a_failure():
    texts = [
        "a👩‍👩‍👧b",
        "中文",
        "\ue000",
        "a\u202e\u200b\ufeffb",
        "\x00\ud800",
        "ิ",
        "่่่",
        "ก" * 300,
        "a" * 300,
    ]

    text = squeezed("".join(pages_of(make_document(text_table(*texts)))))

    assert text.count("a???b") == 2 and text.count("??") >= 4 and text.count("ab") == 2
    assert text.replace("\u200b", "").count("a" * 300) == 2


def test_figures_are_those_of_the_other_formats():
    [page] = pages_of(make_document())

    lines = page.splitlines()
    assert "01050108 บ้านผึ้งป่า 1,204 1,234,567.89 12.35% 22 พ.ย. 2569 พ.ย. 2569" in lines
    assert "0105 บ้านน้ำใส −3 −0.05 −1.50% 29 ก.พ. 2567 ต.ค. 2568" in lines
    assert "7 – – – – –" in lines
    assert "รวม 1,201 1,234,567.84 100.00%" in lines


def test_thai_digits_are_for_figures_and_never_for_names_codes_and_sources():
    table = make_table(
        rows=[("0105", "บ้าน 4", 12, 123456, 10_000, date(2026, 11, 22), None)], total=None
    )
    document = make_document(
        table, notes=("ข้อ 7",), source_lines=("sha abc123",), thai_digits=True, language="th"
    )

    [page] = pages_of(document)

    for words in ("๒๕๖๙", "0105", "บ้าน 4", "๑๒", "๑,๒๓๔.๕๖", "๑.๐๐%", "๒๒ พ.ย.", "ข้อ ๗", "abc123"):
        assert words in page
    assert {char for char in page if char in "0123456789"} == set("0105") | set("4") | set("123")


@pytest.mark.parametrize("thai_digits", [False, True])
def test_the_points_of_amounts_stand_under_each_other(thai_digits):
    amounts = [111_111_111, 777_777_777, -88_888, 5]
    columns = (Column("name", "x"), Column("a_satang", "บาท", Kind.SATANG))
    table = Table("t", "x", columns, [("-", amount) for amount in amounts])

    page = read(make_document(table, title="x", thai_digits=thai_digits, language="en"))[0]

    text = page.get_textpage()
    letters = text.get_text_range()
    points = [text.get_charbox(number) for number, char in enumerate(letters) if char == "."]
    assert len(points) == 4
    assert max(box[0] for box in points) - min(box[0] for box in points) < 0.1


def test_pages_of_many_tables_are_numbered_too():
    """Where a table begins is decided without rounds of layout, of which typst has five."""
    tables = [
        Table(f"t{n}", f"ที่ {n}", *_counted(rows)) for n, rows in enumerate((6, 77, 12, 30, 9))
    ]

    pages = pages_of(make_document(*tables, language="en"))

    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page


def _counted(rows):
    columns = (Column("name", "ชื่อ"), Column("count", "จำนวน", Kind.COUNT))
    return columns, [(f"บ้าน {number}", number) for number in range(rows)]


def test_the_header_is_repeated_and_pages_are_numbered():
    rows = [("1", f"บ้าน {number}", number, number, number, None, None) for number in range(120)]

    pages = pages_of(make_document(make_table(rows=rows), language="en"))

    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        assert page.count("ขายครั้งแรก") == 1
        assert f"Page {number} of 4" in page
        assert "Made on 22 Nov 2026 at 14:30" in page
    assert ("รวม" in pages[-1], "รวม" in pages[0]) == (True, False)


def test_a_wide_table_lies_on_its_side():
    columns = tuple(
        Column(f"a{number}_satang", "รายได้หมู่บ้าน (บาท)", Kind.SATANG) for number in range(9)
    )
    wide = Table("wide", "x", columns, [[123_456_789_00] * 9])

    sizes = [read(make_document(table))[0].get_size() for table in (make_table(), wide)]

    assert [(round(width), round(height)) for width, height in sizes] == [(595, 842), (842, 595)]


def test_a_picture_is_drawn_with_its_words():
    picture = Picture(SVG, "รายเดือน", "สูงสุดเดือนตุลาคม")
    content = written(make_document(pictures=(picture,)), "pdf")

    page = pypdfium2.PdfDocument(content)[0]

    text = page.get_textpage().get_text_range()
    assert text.index("รายเดือน") < text.index("สูงสุดเดือนตุลาคม") < text.index("รายหมู่บ้าน")
    green = dict((color, count) for count, color in colors(page)).get((0x2C, 0x6A, 0x3F), 0)
    assert 19_500 < green < 20_100  # a point for each unit, less its word
    assert pypdfium2.raw.FPDFCatalog_IsTagged(page.pdf)
    assert f"/Alt<FEFF{picture.description.encode('utf-16-be').hex().upper()}>".encode() in content


def colors(page):
    image = page.render(scale=1).to_pil().convert("RGB")
    return image.getcolors(image.width * image.height)


def test_a_broken_picture_is_told_and_nothing_is_written():
    file = BytesIO()

    with pytest.raises(CannotTypeset):
        pdf = make_document(pictures=(Picture("<no", "x", "x"),))
        file.write(written(pdf, "pdf"))

    assert file.getvalue() == b""


def test_it_says_what_it_is_to_machines():
    content = written(make_document(title="รายได้ 2569"), "pdf")

    document = pypdfium2.PdfDocument(content)
    said = document.get_metadata_dict()
    assert (said["Title"], said["CreationDate"]) == ("รายได้ 2569", "D:20261122073015Z")
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document)
    assert b"/Lang(th)" in content
    assert b"pdfuaid:part>1<" in content and b"pdfaid:part>2<" in content


def test_more_rows_than_a_pdf_serves_are_refused_with_a_way_out(monkeypatch):
    assert pdf_content.MOST_ROWS == 5_000
    monkeypatch.setattr(pdf_content, "MOST_ROWS", 3)

    written(make_document(make_table()), "pdf")
    with pytest.raises(TooManyRows) as refusal:
        written(make_document(make_table(), text_table("ก")), "pdf")

    assert "5,000" in refusal.value.message and "XLSX" in refusal.value.message


def test_a_sign_never_parts_from_its_amount_at_the_end_of_a_line():
    """Lines that begin a little further each time, so that signs fall on every place of a line."""
    amounts = " ".join(f"ราคาต่อชิ้น +\N{WORD JOINER}฿{number}," for number in range(90, 110))
    lines = tuple("ก" * shift + amounts for shift in range(1, 30))

    text = "".join(pages_of(make_document(text_table("x"), subtitle_lines=lines)))

    written_lines = text.replace("\N{WORD JOINER}", "").splitlines()
    assert sum("+฿" in line for line in written_lines) > 60
    assert [line for line in written_lines if line.rstrip().endswith("+")] == []

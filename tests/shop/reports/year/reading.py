"""What somebody reads on a page or in a mail: its tables, and money as it is written there."""

import re
from html import unescape

THAI_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)


def text_of(html: str) -> str:
    """Words without marks, one blank between."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", HIDDEN.sub(" ", html))).split())


def table_under(html: str, caption: str) -> list[list[str]]:
    """Rows of the table with this caption, its head left out."""
    found = [
        table
        for table in re.findall(r"<table\b.*?</table>", html, re.DOTALL)
        if (told := re.search(r"<caption[^>]*>(.*?)</caption>", table, re.DOTALL))
        and text_of(told[1]) == caption
    ]
    assert len(found) == 1, caption
    rows = re.findall(r"<tr\b[^>]*>(.*?)</tr>", found[0].partition("</thead>")[2], re.DOTALL)
    cell = re.compile(r"<t[hd]\b[^>]*>(.*?)</t[hd]>", re.DOTALL)
    return [[text_of(one) for one in cell.findall(row)] for row in rows]


def month_name(year: int, month: int) -> str:
    return f"{THAI_MONTHS[month - 1]} {year + 543}"


def baht(satang: int) -> str:
    """As pages write it: no satang where there are none, a true minus sign."""
    whole, rest = divmod(abs(satang), 100)
    return f"{'−' if satang < 0 else ''}฿{whole:,}" + (f".{rest:02}" if rest else "")

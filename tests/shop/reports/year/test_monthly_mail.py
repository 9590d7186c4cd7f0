"""The mail of a month, and the file that comes with it, have the figures of the books."""

from datetime import date
from fractions import Fraction

import pytest
from django.core import mail
from django.db import transaction

from marketplace.accounts.roles import StaffRole
from marketplace.core import owed_mails, thai
from marketplace.core.worker import LONG_JOBS, run_ready_jobs
from shop.reports.mailing import services
from tests.people import staff
from tests.shop.reports.year.asked import Asked, Days, month_of
from tests.shop.reports.year.cast import PUI, UBON
from tests.shop.reports.year.reading import baht, month_name, text_of
from tests.shop.reports.year.test_every_file import (
    assert_pdf_shows,
    assert_xlsx_has,
    assert_xlsx_has_months,
    text_of_pdf,
)
from tests.shop.reports.year.test_every_report import compare, told

PAGE = "/cms/reports/mailing/"
WORDS = {
    "th": (
        *("รายได้หมู่บ้าน", "เดือนเดียวกันของปีก่อน", "รายได้ที่เปลี่ยน", "หมู่บ้านที่มีการขาย"),
        *("คำสั่งซื้อ", "ยอดขายที่แจ้งเอง (ไม่รวมในรายได้หมู่บ้าน)", "จาก"),
    ),
    "en": (
        *("Village income", "The same month a year before", "Change of income"),
        *("Villages that sold", "Orders", "Declared sales, no part of village income", "of"),
    ),
}
CLOSED = {True: "เดือนนี้ปิดบัญชีแล้ว", False: "เดือนนี้ยังไม่ปิดบัญชี"}
# Money of February's order went back in each: before its month was closed, after it, and after the
# fiscal year.
MONTHS = {month_of(2026, 2): True, month_of(2026, 4): True, month_of(2026, 10): False}
NAMES = {  # on the last day of the month
    "5001": ["เมืองเชียงใหม่"] * 3,
    PUI: ["บ้านดอยปุย", "บ้านม้งดอยปุย", "บ้านม้งดอยปุย"],
    UBON: ["บ้านปะอาว"] * 3,
    "": ["ประเทศไทย"] * 3,
}


@pytest.fixture
def undone(year, settings, tmp_path):
    """What is owed and made here leaves no row behind."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def subscribed(year, client, area: str, language: str, format: str):
    """Somebody who reads the area asks for its mails, on the page."""
    reader = staff(StaffRole.OFFICER, area) if area else staff(StaffRole.FINANCE)
    client.force_login(reader)
    answer = client.post(PAGE, {"area": area, "language": language, "format": format})
    assert answer.status_code == 302
    return reader


def let_the_worker_work() -> None:
    services.owe_last_month()
    run_ready_jobs(which=LONG_JOBS)
    services.release_made()
    owed_mails.send_due_mails()


@pytest.mark.parametrize("month", MONTHS, ids=lambda one: one.key)
def test_a_mail_and_its_file_have_the_figures_of_the_books(
    year, undone, client, monkeypatch, month: Days
):
    monkeypatch.setattr(thai, "today", lambda: month.last)
    readers = {
        area: subscribed(year, client, area, language, format)
        for area, language, format in (
            *((UBON, "th", "pdf"), (PUI, "th", "xlsx")),
            *(("5001", "en", "xlsx"), ("", "th", "xlsx")),
        )
    }
    third = date.fromordinal(month.last.toordinal() + 3)
    monkeypatch.setattr(thai, "today", lambda: third)

    let_the_worker_work()

    sent = {to: one for one in mail.outbox for to in one.to}
    client.force_login(year.story.clerks[0])
    for area, reader in readers.items():
        asked = Asked(area, month, "", {}, "last-year")
        language = "en" if area == "5001" else "th"
        letter = sent[reader.email]
        compare_words(year, asked, letter, language)
        if language == "th":
            name = NAMES[area][[*MONTHS].index(month)]
            assert letter.subject.endswith(f"{month_name_of(month)}: {name}")
            assert CLOSED[MONTHS[month]] in letter.body
        compare_file(year, client, asked, letter, language)


def month_name_of(month: Days) -> str:
    return month_name(month.first.year, month.first.month)


def compare_words(year, asked: Asked, letter, language: str) -> None:
    """Both spellings of the mail: lines of the text, and rows of the page."""
    answers = year.answers
    total = answers.total(asked, asked.period).measures
    income, before = answers.income(asked, asked.period), answers.held_against(asked)
    there, selling = len([*answers.villages(asked)]), len(answers.selling(asked))
    *names, of = WORDS[language]
    figures = (
        baht(income),
        baht(before),
        f"{baht(income - before)}{in_percent(income - before, before)}",
        f"{selling} {of} {there}",
        f"{total['orders']}",
        baht(total["declared_satang"]),
    )
    lines = letter.body.splitlines()
    assert [line for line in lines if line.startswith(tuple(f"{name}:" for name in names))] == [
        f"{name}: {figure}" for name, figure in zip(names, figures, strict=True)
    ]
    page = text_of(letter.alternatives[0][0])
    assert f"{figures[0]} {names[1]}" in page
    for name, figure in zip(names[1:], figures[1:], strict=True):
        assert f"{name} {figure}" in page


def in_percent(change: int, before: int) -> str:
    if before <= 0:
        return ""
    hundredths = round(Fraction(change * 10_000, before))
    whole, rest = divmod(abs(hundredths), 100)
    return f" ({'−' if hundredths < 0 else ''}{whole:,}.{rest:02}%)"


def compare_file(year, finance, asked: Asked, letter, language: str) -> None:
    [(name, content, _kind)] = letter.attachments
    document = told(finance, asked)
    compare(year, asked, document)
    document["rows"]["total"]["code"] = {"th": "รวม", "en": "Total"}[language]
    if name.endswith(".pdf"):
        assert_pdf_shows(document, text_of_pdf(content))
    else:
        assert_xlsx_has(document["rows"], content)
        assert_xlsx_has_months(document["months"], content)

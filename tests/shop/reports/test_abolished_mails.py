"""The monthly mail of an abolished area: it follows, says so, and ends where it cannot follow."""

import io
from datetime import date

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from openpyxl import load_workbook

from marketplace.accounts.models import AreaGrant
from marketplace.core import owed_mails
from marketplace.core.worker import run_ready_jobs
from marketplace.places.models import Succession
from shop.reports.mailing import services
from shop.reports.models import Export, MonthlyMail, Subscription
from tests.factories import make_village
from tests.shop.reports.abolishing import abolish
from tests.shop.reports.test_mailing import (
    PAGE,
    let_the_worker_work,
    officer,
    private,
    sold,
    subscribed,
    today,
)

__all__ = ["officer", "private", "sold", "today"]  # the fixtures

GONE, HEIR, OTHER = "500101", "500108", "500109"
TITLE = "Village income of May 2026: Suthep, in place of Si Phum (500101)"
WORDS = (
    "The area Si Phum (500101) was abolished before this period. What took its ground is shown: "
    "Suthep (500108)."
)
LAST_TITLE = "Village income of May 2026: Si Phum (500101) was abolished and divided"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://otop.example"


def mailed(today, *day):
    """The mails that go out on the third of June 2026, or another day."""
    today(*(day or (2026, 6, 3)))
    let_the_worker_work()
    return mail.outbox


def html_of(message):
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return content


def test_it_has_the_figures_of_what_took_its_ground_and_says_so(officer, today):
    subscribed(officer, area=GONE, language="en", format="xlsx")
    abolish(GONE, HEIR)

    [sent] = mailed(today)

    assert sent.subject == TITLE
    head, _line, rest = sent.body.partition("Demonstration: no money moves\n\n")[2].partition(
        "\n\n"
    )
    assert head == TITLE
    assert rest.startswith(
        f"{WORDS}\n\nVillage income: ฿100.50\nThe same month a year before: ฿40\n"
    )
    assert "The report with all rows is attached." in rest
    assert "Open the report: https://otop.example/cms/reports/income/?area=500101&" in rest
    assert f">{TITLE}</h1>\n<p style=" in html_of(sent) and f">{WORDS}</p>\n" in html_of(sent)
    assert "฿100.50" in html_of(sent) and "/cms/reports/income/?area=500101&amp;" in html_of(sent)
    [(name, content, _kind)] = sent.attachments
    assert name == "village-income-500108-2026-05-in-place-of-500101.xlsx"
    book = load_workbook(io.BytesIO(content))
    assert WORDS in [row[0] for row in book.worksheets[-1].values]
    rows = list(book.worksheets[0].values)
    assert float(rows[-1][rows[0].index("Village income (baht)")]) == 100.5


def test_it_says_so_in_thai(officer, today):
    subscribed(officer, area=GONE)
    abolish(GONE, HEIR)

    [sent] = mailed(today)

    assert sent.subject == "รายได้หมู่บ้านเดือนพฤษภาคม 2569: สุเทพ แทนพื้นที่เดิม ศรีภูมิ (500101)"
    words = "พื้นที่ ศรีภูมิ (500101) ถูกยกเลิกไปก่อนช่วงเวลานี้ จึงแสดงพื้นที่ที่มาแทน: สุเทพ (500108)"
    assert words in sent.body and words in html_of(sent)
    [(name, content, _kind)] = sent.attachments
    assert name == "village-income-500108-2026-05-in-place-of-500101.pdf"
    assert content.startswith(b"%PDF")


@pytest.mark.parametrize("area", [GONE, HEIR])
def test_of_an_area_that_was_there_it_says_nothing(officer, today, area):
    """Abolished on the 10th of May, it was there in May."""
    subscribed(officer, area=area, language="en", format="xlsx")
    abolish(GONE, HEIR, last_day=date(2026, 5, 10))

    [sent] = mailed(today)

    name = {GONE: "Si Phum", HEIR: "Suthep"}[area]
    assert sent.subject == f"Village income of May 2026: {name}"
    for text in (sent.body, html_of(sent), *(row[0] for row in about(sent))):
        assert "abolished" not in str(text)
    assert sent.attachments[0][0] == f"village-income-{area}-2026-05.xlsx"


def about(sent):
    return load_workbook(io.BytesIO(sent.attachments[0][1])).worksheets[-1].values


def test_a_file_made_before_the_register_learnt_of_it_does_not_go_along(officer, today):
    subscribed(officer, area=GONE, language="en")
    today(2026, 6, 3)
    services.owe_last_month()
    run_ready_jobs()
    abolish(GONE, HEIR)

    [sent] = mailed(today)

    assert sent.subject == TITLE and "฿100.50" in sent.body
    assert sent.attachments == [] and "attached" not in sent.body


# --- Several heirs -------------------------------------------------------------------------------


@pytest.fixture
def divided(officer, today):
    """To be mailed in English; สุเทพ and แม่เหียะ have its ground."""
    subscription = subscribed(officer, area=GONE, language="en")
    make_village(f"{OTHER}01")
    abolish(GONE, HEIR, OTHER)
    return subscription


def ended(subscription):
    subscription.refresh_from_db()
    return subscription.end


LAST_WORDS = (
    "Si Phum (500101) was abolished before May 2026, and its ground was divided among the areas "
    "below. There is no one report of it any more, so this is the last mail about it."
)
REPORT = "https://otop.example/cms/reports/income/?area={}&period=2026-05"


def test_of_a_divided_area_a_last_mail_names_the_heirs(client, divided, today):
    [sent] = mailed(today)

    assert sent.subject == LAST_TITLE and sent.attachments == []
    assert sent.body.partition("Demonstration: no money moves\n\n")[2].startswith(
        f"{LAST_TITLE}\n\n{LAST_WORDS}\n\n"
        f"- Suthep (500108): {REPORT.format(HEIR)}\n"
        f"- Mae Hia (500109): {REPORT.format(OTHER)}\n\n"
        "Open the report of an area to have that one mailed every month.\n\n"
    )
    for part in (f">{LAST_TITLE}</h1>", f">{LAST_WORDS}</p>", ">Suthep (500108)</a></li>"):
        assert part in html_of(sent)
    assert "Areas without a link" not in sent.body + html_of(sent)
    assert not Export.objects.exists()
    assert ended(divided) == "split"
    assert "แบ่งให้หลายพื้นที่แล้ว" in client.get(PAGE).text
    assert mailed(today, 2026, 7, 3) == [sent]


def test_an_heir_of_another_officer_has_no_link(officer, divided, today):
    AreaGrant.objects.filter(user=officer).update(area_code=GONE)
    AreaGrant.objects.create(user=officer, area_code=HEIR, valid_from=date(2020, 1, 1))

    [sent] = mailed(today)

    assert f"- Suthep (500108): {REPORT.format(HEIR)}\n- Mae Hia (500109)\n" in sent.body
    assert "<li>Mae Hia (500109)</li>" in html_of(sent)
    for text in (sent.body, html_of(sent)):
        assert "Areas without a link are not among those whose figures you may read." in text


def test_the_last_mail_is_tried_again_where_the_server_refused_it(divided, today, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", refuse)
        assert mailed(today) == []
    assert ended(divided) == "split"
    MonthlyMail.objects.update(due_at=timezone.now())

    owed_mails.send_due_mails()

    assert [sent.subject for sent in mail.outbox] == [LAST_TITLE]


def refuse(*_arguments):
    raise OSError


def test_whoever_ended_it_gets_no_last_mail(divided, today):
    today(2026, 6, 3)
    services.owe_last_month()
    services.end(divided, Subscription.End.READER)

    assert mailed(today) == [] and ended(divided) == "reader"


# --- Rights --------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before it is owed", "before it is sent"])
def test_it_ends_where_it_would_lead_out_of_the_readers_areas(client, officer, today, moment):
    AreaGrant.objects.filter(user=officer).update(area_code=GONE)
    subscription = subscribed(officer, area=GONE)
    abolish(GONE)
    if moment == "before it is sent":
        today(2026, 6, 3)
        services.owe_last_month()
        run_ready_jobs()
    Succession.objects.create(old_code=GONE, new_code=HEIR, basis="notice")

    assert mailed(today) == []

    assert ended(subscription) == "rights"
    assert "ไม่มีสิทธิ์" in client.get(PAGE).text
    assert mailed(today, 2026, 7, 3) == []

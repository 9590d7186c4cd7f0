"""The monthly mail: once a month to whoever may read the area, until they end it."""

import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import owed_mails, periodic, thai
from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from marketplace.ledger import services as ledger
from marketplace.ledger.periods import months_between
from shop.reports.exports import making
from shop.reports.mailing import mails, services
from shop.reports.models import Export, MonthlyMail, Subscription
from tests.at_once import at_once
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig
from tests.shop.reports.test_income_report import PUI, UBON, staff

PAGE = "/cms/reports/mailing/"
MAY = date(2026, 5, 1)


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def today(monkeypatch):
    """The calendar: call it with a day."""

    def turn_to(*day):
        monkeypatch.setattr(thai, "today", lambda: date(*day))

    turn_to(2026, 5, 20)
    return turn_to


@pytest.fixture
def sold(db, today):
    """฿100.50 of ดอยปุย in May 2026 and ฿40 a year before; ฿9 of a village of Ubon."""
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย", name_en="Ban Doi Pui"))
    rig.sell_in({PUI: 10_050}, producer=weavers)
    rig.sell_in({PUI: 4_000}, datetime(2025, 5, 15, 5, tzinfo=UTC), producer=weavers)
    rig.sell_in({UBON: 900}, producer=make_producer(make_village(UBON, "บ้านปะอาว")))
    return weavers


@pytest.fixture
def officer(client, sold):
    user = staff(StaffRole.OFFICER, "50")
    client.force_login(user)
    return user


def choose(client, area="50", language="th", format="pdf"):
    return client.post(PAGE, {"area": area, "language": language, "format": format})


def subscribed(reader, **facts):
    usual = {"area": "50", "language": "th", "format": "pdf"}
    return services.subscribe(reader=reader, **usual | facts)


def let_the_worker_work():
    """A minute of the worker: owe, make, release, send."""
    owed = services.owe_last_month()
    run_ready_jobs()
    services.release_made()
    owed_mails.send_due_mails()
    return owed


def test_it_comes_on_the_third_with_figures_and_file(client, officer, today):
    assert choose(client).status_code == 302
    listed = client.get(PAGE)
    assert "พฤษภาคม 2569" in listed.text and "3 มิ.ย. 2569" in listed.text
    today(2026, 6, 2)
    assert let_the_worker_work() == 0

    today(2026, 6, 3)
    assert let_the_worker_work() == 1

    [sent] = mail.outbox
    assert sent.to == [officer.email] and sent.extra_headers["Content-Language"] == "th"
    assert sent.subject == "รายได้หมู่บ้านเดือนพฤษภาคม 2569: เชียงใหม่"
    for text in (sent.body, sent.alternatives[0][0]):
        assert "฿100.50" in text and "฿40" in text and "฿60.50" in text and "151.25%" in text
        assert "ยังไม่ปิดบัญชี" in text and "/cms/reports/income/?area=50" in text
    [(name, content, kind)] = sent.attachments
    assert (name, kind) == ("village-income-50-2026-05.pdf", "application/pdf")
    assert content.startswith(b"%PDF")
    assert AuditEntry.objects.get(act="report.mail").details["period"] == "2026-05"
    assert "มิถุนายน 2569" in client.get(PAGE).text  # the next one
    assert {"reports.owe_monthly_mails", "reports.release_monthly_mails"} <= {
        job.name for job in periodic.all_jobs()
    }


def test_it_speaks_english_brings_xlsx_and_knows_a_closed_month(officer, today):
    subscribed(officer, language="en", format="xlsx")
    today(2026, 6, 4)
    for month in months_between(date(2025, 5, 1), MAY):
        ledger.close_month(month)

    let_the_worker_work()

    [sent] = mail.outbox
    assert sent.subject == "Village income of May 2026: Chiang Mai"
    assert "The month is closed: these figures stay." in sent.body
    assert '<html lang="en">' in sent.alternatives[0][0] and "/en/income/mails/" in sent.body
    [(name, content, _kind)] = sent.attachments
    rows = list(load_workbook(io.BytesIO(content)).worksheets[0].values)
    income = rows[0].index("Village income (baht)")
    assert name.endswith(".xlsx") and float(rows[-1][income]) == 100.5


def test_an_empty_month_is_mailed_too(officer, today):
    subscribed(officer)
    today(2026, 7, 3)

    let_the_worker_work()

    [sent] = mail.outbox
    assert "มิถุนายน 2569" in sent.subject and "รายได้หมู่บ้าน: ฿0\n" in sent.body


def test_it_comes_once_however_often_the_job_runs(officer, today):
    subscribed(officer)
    today(2026, 6, 3)

    owed = [let_the_worker_work() for _ in range(3)]
    today(2026, 6, 30)
    owed.append(let_the_worker_work())

    assert owed == [1, 0, 0, 0] and len(mail.outbox) == 1
    today(2026, 7, 3)
    assert let_the_worker_work() == 1 and len(mail.outbox) == 2


def test_two_workers_at_once_send_one(fresh_database, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 5, 20))
    make_village(PUI)
    for _ in range(3):
        subscribed(staff(StaffRole.FINANCE), area="")
    monkeypatch.setattr(thai, "today", lambda: date(2026, 6, 3))

    assert sum(at_once([services.owe_last_month] * 4)) == 3
    run_ready_jobs()
    services.release_made()
    at_once([owed_mails.send_due_mails] * 4)

    assert len(mail.outbox) == 3 and MonthlyMail.objects.count() == 3
    assert Export.objects.count() == 3


def test_whoever_begins_late_waits_for_the_month_that_runs(officer, today):
    today(2026, 6, 4)
    subscribed(officer)
    assert let_the_worker_work() == 0

    today(2026, 7, 3)
    let_the_worker_work()

    assert MonthlyMail.objects.get().month == date(2026, 6, 1)
    Subscription.objects.update(begun_on=date(2026, 6, 3))
    assert services.first_month_of(Subscription.objects.get()) == MAY


def test_a_mail_waits_for_its_file_and_no_longer_than_a_day(officer, today, monkeypatch):
    subscribed(officer)
    today(2026, 6, 3)
    services.owe_last_month()

    services.release_made()
    owed_mails.send_due_mails()
    assert mail.outbox == []  # the file is still being made

    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    owed_mails.send_due_mails()
    [sent] = mail.outbox
    assert sent.attachments == [] and "฿100.50" in sent.body


def test_without_a_file_the_figures_come_all_the_same(officer, today, monkeypatch):
    def broken(*arguments):
        raise ValueError

    subscribed(officer)
    today(2026, 6, 3)
    monkeypatch.setattr(making, "write", broken)

    let_the_worker_work()

    [sent] = mail.outbox
    assert sent.attachments == [] and "฿100.50" in sent.body and "แนบ" not in sent.body


def test_a_large_file_comes_as_a_link(client, officer, today, monkeypatch):
    monkeypatch.setattr(mails, "MOST_ATTACHED_BYTES", 100)
    subscribed(officer)
    today(2026, 6, 3)

    let_the_worker_work()

    [sent] = mail.outbox
    export = Export.objects.get()
    assert sent.attachments == [] and f"/cms/reports/exports/{export.pk}/" in sent.body
    assert client.get(f"/cms/reports/exports/{export.pk}/file/").status_code == 200


# --- Rights --------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", ["before it is owed", "before it is sent"])
def test_a_lost_right_ends_it_and_the_page_says_why(client, officer, today, moment):
    AreaGrant.objects.create(user=officer, area_code="34", valid_from=date(2020, 1, 1))
    subscribed(officer)
    today(2026, 6, 3)
    if moment == "before it is sent":
        services.owe_last_month()
        run_ready_jobs()
    AreaGrant.objects.filter(area_code="50").delete()

    let_the_worker_work()

    assert mail.outbox == []
    [ended] = Subscription.objects.all()
    assert (ended.end, bool(ended.ended_at)) == ("rights", True)
    page = client.get(PAGE).text
    assert "ไม่มีสิทธิ์" in page and "เชียงใหม่" in page
    today(2026, 7, 3)
    assert let_the_worker_work() == 0


def test_only_areas_that_may_be_read_are_begun(client, officer):
    for area in ("", "N", "34", UBON, "5", "99", "<script>"):
        assert choose(client, area=area).status_code in (400, 403)
    assert client.get(PAGE, {"area": "34"}).status_code == 403
    assert not Subscription.objects.exists()
    page = client.get(PAGE, {"area": "500108"})
    assert '<option value="500108" selected>' in page.text
    assert choose(client, area="500108").status_code == 302


@pytest.mark.parametrize(
    "change", [{"language": "de"}, {"format": "exe"}, {"area": "00"}, {"area": "50\x00"}]
)
def test_what_cannot_be_is_refused(client, sold, change):
    client.force_login(staff(StaffRole.FINANCE))

    answer = choose(client, **change)

    assert answer.status_code in (400, 403) and not Subscription.objects.exists()


def test_one_area_comes_once_and_not_more_than_twenty(client, sold, monkeypatch):
    client.force_login(staff(StaffRole.FINANCE))
    assert choose(client).status_code == 302
    again = choose(client, format="xlsx")
    assert again.status_code == 409 and "อยู่แล้ว" in again.text

    monkeypatch.setattr(services, "MOST", 2)
    assert choose(client, area="34").status_code == 302
    assert choose(client, area="N").status_code == 409
    assert Subscription.objects.count() == 2


def test_others_never_get_in(client, sold):
    assert client.get(PAGE).status_code == 302
    for person in (staff(StaffRole.SUPPORT), staff(StaffRole.OFFICER)):
        client.force_login(person)
        assert [client.get(PAGE).status_code, choose(client).status_code] == [403] * 2
    for person in (make_user(), make_member(sold).user):
        client.force_login(person)
        assert {client.get(PAGE).status_code, choose(client).status_code} <= {302, 403}
    assert not Subscription.objects.exists()


# --- The end -------------------------------------------------------------------------------------


def end(client, subscription):
    return client.post(PAGE, {"act": "end", "subscription": subscription.pk})


def test_it_is_ended_with_one_tap_by_its_reader_alone(client, officer):
    mine = subscribed(officer)
    other = subscribed(staff(StaffRole.FINANCE))

    assert end(client, other).status_code == 403
    assert end(client, mine).status_code == 302

    assert list(Subscription.objects.filter(ended_at=None)) == [other]
    assert choose(client).status_code == 302  # and begun anew


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_link_in_the_mail_ends_it_without_signing_in(client, officer, today, language):
    subscription = subscribed(officer, language=language)
    today(2026, 6, 3)
    let_the_worker_work()
    [sent] = mail.outbox
    url = re.search(r"http\S+/stop/", sent.body)[0]
    assert sent.extra_headers["List-Unsubscribe"] == f"<{url}>"
    assert url in sent.alternatives[0][0]
    client.logout()

    path = url.partition("//")[2].partition("/")[2]
    page = client.get(f"/{path}")
    assert page.status_code == 200 and "no-store" in page["Cache-Control"]
    assert f'<html lang="{language}">' in page.text and officer.email not in page.text
    subscription.refresh_from_db()
    assert subscription.ended_at is None  # looking ends nothing

    for _ in range(2):
        done = client.post(f"/{path}", follow=True)
    assert done.status_code == 200 and "<form" not in done.text.partition("<main")[2]
    subscription.refresh_from_db()
    assert subscription.end == "reader"
    assert AuditEntry.objects.filter(act="report.unsubscribe").count() == 1
    today(2026, 7, 3)
    assert let_the_worker_work() == 0


def test_an_invented_link_ends_nothing(client, officer):
    subscription = subscribed(officer)
    real = services_token(subscription)
    number, seal = real.split(":", 1)

    for token in (number, f"{int(number) + 1}:{seal}", f"{number}:{seal[:-1]}", "x", f"{real}x"):
        for act in (client.get, client.post):
            assert act(f"/income/mails/{token}/stop/").status_code == 404
    assert Subscription.objects.get().ended_at is None


def services_token(subscription):
    return mails.stop_url(subscription).split("/")[-3]

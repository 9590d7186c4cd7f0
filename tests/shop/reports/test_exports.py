"""Files made in the background: the same bytes, made once, by and for who may have them."""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.users.models import UserProfile

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import long_work, periodic
from marketplace.core.documents import pdf_content
from marketplace.core.documents.formats import FORMATS
from marketplace.core.models import AuditEntry
from marketplace.core.private_files import private_storage
from marketplace.core.worker import LONG, run_ready_jobs
from marketplace.ledger.queries import shares
from shop.reports.exports import making, services, sizes
from shop.reports.models import Export
from tests.at_once import at_once
from tests.factories import make_member, make_user, make_village
from tests.shop.reports.test_income_report import PUI, UBON, URL, finance, sold, staff

__all__ = ["finance", "sold"]  # the fixtures

SALES = f"{URL}sales/"
EXPORTS = "/cms/reports/exports/"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
VILLAGES = {"area": "", "period": "2569", "by": "village", "before": "last-year"}
OF_MAY = {"area": "", "period": "2026-05"}


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"


@pytest.fixture
def all_are_large(monkeypatch):
    monkeypatch.setattr(sizes, "MOST_ROWS_AT_ONCE", dict.fromkeys(FORMATS, 0))


def ask(client, kind="income", format="csv", **asked):
    """Ask on the list of files, as the button of a report page does."""
    return client.post(EXPORTS, {"kind": kind, "format": format, **(asked or VILLAGES)})


def made(client, **asked) -> Export:
    """Ask, let a worker make it, and return its row."""
    response = ask(client, **asked)
    assert response.status_code == 302, response.content.decode()
    run_ready_jobs()
    return Export.objects.get(pk=response.url.rstrip("/").rpartition("/")[2])


def page_of(client, export):
    return client.get(f"{EXPORTS}{export.pk}/")


def file_of(client, export):
    return client.get(f"{EXPORTS}{export.pk}/file/")


# --- What is large, and what it is made of -------------------------------------------------------


@pytest.mark.parametrize("url", [URL, SALES])
def test_a_small_file_goes_out_at_once_and_a_large_one_is_asked_for_with_one_tap(
    client, finance, monkeypatch, url
):
    small = client.get(url, OF_MAY)
    assert f"{url}?area=&amp;period=2026-05" in small.text and "export=csv" in small.text
    assert f'action="{EXPORTS}"' not in small.text
    assert client.get(url, OF_MAY | {"export": "csv"})["Content-Type"].startswith("text/csv")

    monkeypatch.setattr(sizes, "MOST_ROWS_AT_ONCE", dict.fromkeys(FORMATS, 1) | {"json": 99})
    page = client.get(url, OF_MAY)
    form = page.text.partition(f'action="{EXPORTS}"')[2].partition("</form>")[0]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert re.findall(r'name="format" value="(\w+)"', form) == ["csv", "xlsx", "pdf"]
    assert "export=json" in page.text and "export=csv" not in page.text
    assert client.get(url, OF_MAY | {"export": "csv"})["Content-Type"].startswith("text/html")

    answer = client.post(EXPORTS, fields | {"format": "xlsx"})

    [export] = Export.objects.all()
    assert answer.url == f"{EXPORTS}{export.pk}/"
    assert (export.format, export.asked["period"]) == ("xlsx", "2026-05")
    [job] = DBTaskResult.objects.filter(task_path__endswith="make_export_job")
    assert job.queue_name == LONG  # beside mails and payments


def test_a_pdf_that_is_too_long_is_not_offered(client, finance, monkeypatch):
    monkeypatch.setattr(sizes, "MOST_ROWS_AT_ONCE", dict.fromkeys(FORMATS, 1))
    monkeypatch.setattr(sizes, "MOST_ROWS", {"pdf": 2})

    page = client.get(URL, OF_MAY)

    assert 'value="csv"' in page.text and 'value="pdf"' not in page.text
    assert "ยาวเกินไปสำหรับ PDF" in page.text


@pytest.mark.parametrize(
    ("url", "kind", "asked"),
    [
        (URL, "income", VILLAGES),
        (URL, "income", {"area": "N", "period": "2026-05", "by": "tambon"}),
        (URL, "income", {"area": "", "period": "2569", "by": "producer"}),
        (URL, "income", {"area": "50", "period": "2026-05-01--2026-05-20", "type": "textile"}),
        (SALES, "sales", OF_MAY),
        (SALES, "sales", {"area": "50", "period": "2569", "type": "textile"}),
    ],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_it_has_the_bytes_of_the_file_that_goes_out_at_once(
    client, finance, monkeypatch, url, kind, asked, language
):
    UserProfile.objects.create(user=finance, preferred_language=language)
    make_village("57010101", "บ้านที่ไม่ได้ขาย")
    monkeypatch.setattr(shares, "ROWS_A_CHUNK", 2)
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    formats = ("csv", "json") if language == "th" else FORMATS
    for format in formats:
        at_once_made = client.get(url, asked | {"export": format})
        export = made(client, kind=kind, format=format, **asked)

        assert file_of(client, export).getvalue() == at_once_made.getvalue(), format
        disposition = at_once_made["Content-Disposition"]
        assert file_of(client, export)["Content-Disposition"] == disposition
    assert (export.state, export.rows_done) == ("ready", export.rows_to_do)
    assert export.rows_done >= 1


def test_sales_are_read_a_chunk_at_a_time(client, finance, monkeypatch):
    monkeypatch.setattr(shares, "ROWS_A_CHUNK", 2)
    with CaptureQueriesContext(connection) as captured:
        export = made(client, kind="sales", **OF_MAY)

    pages = [q["sql"] for q in captured if q["sql"].startswith("SELECT DISTINCT t.origin_id")]
    read = [q["sql"] for q in captured if 'FROM "provenance_lineorigin"' in q["sql"]]
    assert export.rows_done == 4 and len(pages) == len(read) == 2
    assert all(sql.rstrip().endswith("LIMIT 3") for sql in pages)  # one more, to see the end


def test_villages_are_read_a_province_at_a_time(client, finance, monkeypatch):
    seen = []
    tell = Export.say
    monkeypatch.setattr(making, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(
        Export, "say", lambda self, **facts: seen.append(facts["rows_done"]) or tell(self, **facts)
    )
    asked_of_rows = []
    report = making.report_in_parts

    def watched(question, before):
        head, rows = report(question, before)
        assert {len(row.code) for row in head.rows} == {1, 2}  # regions, not villages
        asked_of_rows.append(rows)
        return head, rows

    monkeypatch.setattr(making, "report_in_parts", watched)

    export = made(client)

    assert (export.rows_done, export.rows_to_do) == (2, 2)
    assert seen == [0, 1, 2, 2]
    [rows] = asked_of_rows
    assert not isinstance(rows, (list, tuple))


# --- Its page ------------------------------------------------------------------------------------


def test_its_page_says_how_far_it_is_and_then_hands_it_out(client, finance):
    export_url = ask(client).url
    waiting = client.get(export_url)
    assert "รอคิว" in waiting.text and 'hx-trigger="every 3s"' in waiting.text
    assert '<noscript><meta http-equiv="refresh"' in waiting.text
    Export.objects.update(state="working", rows_done=1_200, rows_to_do=3_273)

    part = client.get(export_url, headers={"HX-Request": "true"})
    assert "<html" not in part.text and "1,200 จาก 3,273 แถว" in part.text
    assert '<progress id="export-progress" max="3273" value="1200">' in part.text

    Export.objects.update(state="waiting")
    run_ready_jobs()
    export = Export.objects.get()
    part = client.get(export_url, headers={"HX-Request": "true"})
    assert "hx-get" not in part.text and f'href="{export_url}file/"' in part.text
    assert export.sha256 in part.text and f"{export.size_bytes:,}" in part.text
    assert "29 พฤศจิกายน 2569" not in part.text  # the clock is not stopped here
    content = file_of(client, export).getvalue()
    assert hashlib.sha256(content).hexdigest() == export.sha256
    assert len(content) == export.size_bytes
    assert export_url in client.get(EXPORTS).text


def test_asked_twice_while_it_is_made_is_the_same_and_later_a_new_one(client, finance):
    first, second = ask(client).url, ask(client).url
    assert first == second and Export.objects.count() == 1
    assert ask(client, format="json").url != first

    run_ready_jobs()

    assert ask(client).url != first


def test_five_at_a_time_are_enough(client, finance):
    for month in range(1, 6):
        assert ask(client, area="", period=f"2026-0{month}").status_code == 302

    refused = ask(client, area="", period="2026-06")

    assert refused.status_code == 400 and 'role="alert"' in refused.text
    assert Export.objects.count() == 5
    run_ready_jobs()
    assert ask(client, area="", period="2026-06").status_code == 302


def test_two_taps_at_once_make_one(fresh_database):
    user = staff(StaffRole.FINANCE)
    tap = {"kind": "income", "asked": VILLAGES, "format": "csv", "by": user}

    found = at_once([lambda: services.ask(**tap).pk] * 4)

    assert len(set(found)) == 1 and Export.objects.count() == 1


def test_who_took_it_is_written_down(client, finance):
    export = made(client)
    assert not AuditEntry.objects.filter(act="report.export").exists()

    file_of(client, export)

    entry = AuditEntry.objects.get(act="report.export")
    assert (entry.actor, entry.target) == (finance, "area:TH")
    facts = {"period": "2569", "format": "csv", "rows": 2, "export": export.pk}
    assert entry.details == facts


# --- Who may -------------------------------------------------------------------------------------


@pytest.fixture
def officer(client, sold):
    user = staff(StaffRole.OFFICER, "50")
    client.force_login(user)
    return user


OWN = {"area": "50", "period": "2026-05", "by": "village"}


def test_an_officer_asks_for_the_own_areas_only(client, officer):
    assert ask(client, **OWN).status_code == 302
    for area in ("", "N", "34", UBON, "5", "50'"):
        assert ask(client, **OWN | {"area": area}).status_code in (400, 403)
        assert ask(client, kind="sales", **OWN | {"area": area}).status_code in (400, 403)
    assert Export.objects.count() == 1


def test_a_right_that_was_taken_before_it_is_made_leaves_no_file(client, officer):
    AreaGrant.objects.create(user=officer, area_code="34", valid_from="2020-01-01")
    ask(client, **OWN | {"area": "34"})
    AreaGrant.objects.filter(area_code="34").delete()

    run_ready_jobs()

    export = Export.objects.get()
    assert (export.state, export.name) == ("failed", "")
    assert "ไม่มีสิทธิ์" in export.error
    assert page_of(client, export).status_code == 403
    assert not (private_storage().exists(making.FOLDER))


def test_a_right_that_was_taken_afterwards_closes_the_link(client, officer):
    AreaGrant.objects.create(user=officer, area_code="34", valid_from="2020-01-01")
    export = made(client, **OWN)
    assert file_of(client, export).status_code == 200
    AreaGrant.objects.filter(area_code="50").update(valid_until="2026-11-21")

    assert [page_of(client, export).status_code, file_of(client, export).status_code] == [403] * 2
    assert client.post(f"{EXPORTS}{export.pk}/").status_code == 403
    assert client.get(EXPORTS).status_code == 200  # the other area is still theirs
    officer.groups.clear()
    officer.groups.add(Group.objects.get(name=StaffRole.SUPPORT))
    assert client.get(EXPORTS).status_code == 403
    assert AuditEntry.objects.filter(act="report.export").count() == 1


def test_another_persons_file_is_not_there(client, finance):
    export = made(client)
    client.force_login(staff(StaffRole.FINANCE))

    assert [page_of(client, export).status_code, file_of(client, export).status_code] == [404] * 2
    assert client.post(f"{EXPORTS}{export.pk}/").status_code == 404
    assert str(export.pk) not in re.findall(rf"{EXPORTS}(\d+)/", client.get(EXPORTS).text)


def test_others_never_get_in(client, finance, sold):
    export = made(client)
    addresses = (EXPORTS, f"{EXPORTS}{export.pk}/", f"{EXPORTS}{export.pk}/file/")
    for person in (staff(StaffRole.SUPPORT), staff(StaffRole.OFFICER)):
        client.force_login(person)
        assert [client.get(url).status_code for url in addresses] == [403] * 3
        assert ask(client).status_code == 403
    for person in (make_user(), make_member(sold).user):
        client.force_login(person)
        assert {client.get(url).status_code for url in addresses} <= {302, 403}
    client.logout()
    assert [client.get(url).status_code for url in addresses] == [302] * 3
    assert Export.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "x"},
        {"kind": ""},
        {"format": "exe"},
        {"format": "../../etc"},
        {"period": "2569-q9"},
        {"area": "99"},
        {"area": "50\x00"},
        {"by": "<script>"},
        {"type": "gold"},
        {"producer": "9" * 40},
    ],
)
def test_what_cannot_be_asked_gets_a_sentence(client, finance, change):
    fields = {"kind": "income", "format": "csv", **OF_MAY} | change
    answer = client.post(EXPORTS, fields)
    if answer.status_code == 302:  # possible, and the worker says what is wrong
        run_ready_jobs()
        [export] = Export.objects.all()
        assert export.state in ("failed", "ready") and (export.error or "by" in change)
        return

    assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert "<script>alert" not in answer.text and not Export.objects.exists()


# --- What goes wrong -----------------------------------------------------------------------------


def test_a_link_ends_after_seven_days_and_offers_to_make_it_again(client, finance, monkeypatch):
    export = made(client)
    path = Path(private_storage().path(export.name))
    later = timezone.now() + timedelta(days=7, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert file_of(client, export).url == f"{EXPORTS}{export.pk}/"
    page = page_of(client, export)
    assert "สร้างใหม่" in page.text and "/file/" not in page.text
    assert "reports.remove_old_exports" in {job.name for job in periodic.all_jobs()}
    assert services.remove_old() == 1
    assert services.remove_old() == 0
    assert not path.exists()
    again = client.post(f"{EXPORTS}{export.pk}/").url
    run_ready_jobs()
    assert again != f"{EXPORTS}{export.pk}/" and client.get(f"{again}file/").status_code == 200

    monkeypatch.setattr(timezone, "now", lambda: later + services.KNOWN)
    services.remove_old()
    assert not Export.objects.filter(pk=export.pk).exists()


def test_a_file_that_no_row_names_is_removed_after_a_day(client, finance, monkeypatch):
    export = made(client)
    lost = private_storage().save(f"{making.FOLDER}/lost.csv", ContentFile(b"x"))
    assert services.remove_old() == 0

    later = timezone.now() + timedelta(days=1, minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: later)

    assert services.remove_old() == 1
    assert not private_storage().exists(lost) and private_storage().exists(export.name)


def test_a_file_that_was_lost_is_told_and_made_again(client, finance):
    export = made(client)
    private_storage().delete(export.name)

    page = client.get(f"{EXPORTS}{export.pk}/file/", follow=True)

    assert "ลองใหม่" in page.text and Export.objects.get().state == "failed"
    assert not AuditEntry.objects.filter(act="report.export").exists()


def killed(client) -> Export:
    """An export whose worker died: it said something six minutes ago."""
    ask(client)
    DBTaskResult.objects.filter(task_path__endswith="make_export_job").delete()
    silent = timezone.now() - long_work.SILENT - timedelta(minutes=1)
    Export.objects.update(state="working", tries=1, beat_at=silent, rows_done=7)
    return Export.objects.get()


def test_a_killed_worker_loses_it_to_another(client, finance):
    export = killed(client)
    Export.objects.update(beat_at=timezone.now())
    assert services.take_up_lost() == 0  # it may be alive
    assert killed(client).pk == export.pk

    assert services.take_up_lost() == 1
    run_ready_jobs()

    export = Export.objects.get()
    assert (export.state, export.tries, export.rows_done) == ("ready", 2, 2)


def test_one_that_ends_every_worker_fails_where_people_see_it(client, finance):
    export = killed(client)
    Export.objects.update(tries=long_work.MOST_TRIES)

    assert services.take_up_lost() == 0

    page = page_of(client, export)
    assert "ลองใหม่" in page.text and 'role="alert"' in page.text
    assert client.post(f"{EXPORTS}{export.pk}/").status_code == 302


def test_a_job_that_was_lost_before_it_began_is_asked_for_again(client, finance):
    ask(client)
    DBTaskResult.objects.filter(task_path__endswith="make_export_job").delete()
    Export.objects.update(beat_at=timezone.now() - long_work.SILENT * 2)

    assert services.take_up_lost() == 1
    run_ready_jobs()

    assert Export.objects.get().state == "ready"


def test_a_worker_that_was_taken_for_dead_says_nothing_while_another_is_at_it(client, finance):
    ask(client)
    number = Export.objects.get().pk
    first = Export.begin(number)
    assert Export.begin(number) is None
    Export.objects.update(state="waiting")
    second = Export.begin(number)

    with pytest.raises(long_work.TakenOver):
        first.say(rows_done=1)
    second.say(rows_done=2)

    assert Export.objects.get().rows_done == 2


@pytest.mark.parametrize("is_written", [False, True])
def test_a_worker_that_was_taken_for_dead_leaves_one_file(client, finance, monkeypatch, is_written):
    ask(client)
    export = Export.objects.get()
    write = making.write

    def slow(*arguments):
        """Meanwhile it was given to another worker, who makes it."""
        monkeypatch.setattr(making, "write", write)
        if is_written:
            write(*arguments)
        Export.objects.update(state="waiting")
        making.make(export.pk)
        if not is_written:
            write(*arguments)

    monkeypatch.setattr(making, "write", slow)
    making.make(export.pk)

    export = Export.objects.get()
    assert (export.state, export.tries) == ("ready", 2)
    assert private_storage().listdir(making.FOLDER)[1] == [export.name.rpartition("/")[2]]
    making.make(export.pk)  # a job that comes late finds nothing to do
    assert Export.objects.get().tries == 2


def test_a_mistake_of_ours_is_told_to_both(client, finance, monkeypatch, caplog):
    monkeypatch.setattr(making, "write", SimpleNamespace(__call__=None))
    ask(client)

    with pytest.raises(TypeError):
        making.make(Export.objects.get().pk)

    export = Export.objects.get()
    assert export.state == "failed" and "TypeError" not in export.error
    assert "ลองใหม่" in page_of(client, export).text


def test_a_list_that_is_too_long_for_a_pdf_fails_with_a_sentence(client, finance, monkeypatch):
    monkeypatch.setattr(sizes, "MOST_ROWS", {"pdf": 3})
    monkeypatch.setattr(pdf_content, "MOST_ROWS", 3)

    export = made(client, kind="sales", format="pdf", **OF_MAY)

    assert export.state == "failed" and "XLSX" in export.error
    assert PUI not in export.error

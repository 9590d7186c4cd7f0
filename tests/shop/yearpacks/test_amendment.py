"""What becomes known later is a numbered amendment, with exactly that difference; and proof."""

import csv
import io
import zipfile
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from marketplace.ledger import services as ledger
from marketplace.ledger.models import AreaMonth
from marketplace.villages.models import Village
from shop.yearpacks import columns, errors, files, services
from shop.yearpacks.models import PackDraft, YearPack
from shop.yearpacks.verification import verify_pack
from tests.factories import make_village
from tests.marketplace.ledger import rig
from tests.marketplace.ledger.test_verify import as_owner
from tests.shop.bookkeeping.desk import keeper
from tests.shop.workbench.groups import undone
from tests.shop.yearpacks import years
from tests.shop.yearpacks.years import LATE, PUI, YEAR, made, signed, stored_at


@pytest.fixture(scope="module")
def sold(django_db_setup, django_db_blocker):
    """A small year, its sale, and its signed pack, for all tests here."""
    with django_db_blocker.unblock(), undone():
        sale = years.make_small_year()
        signed(years.draft_of())
        yield sale


@pytest.fixture
def sale(sold, db):
    """What a test does to a stored file is undone, as the database is."""
    pack = YearPack.objects.get()
    path = stored_at(pack.sha256)
    content = path.read_bytes()
    yield sold
    path.write_bytes(content)


def refund(sale, satang=250, at=LATE):
    rig.refund(sale, {sale.shares[0].line_id: satang}, at=at)


def amended(reason="คืนเงินหลังสิ้นปี"):
    return made(services.start_amendment(YEAR, reason=reason, by=keeper()))


def table_of(pack, name):
    with files.checked(pack.sha256) as file, zipfile.ZipFile(file) as archive:
        text = archive.read(f"tables/{name}.csv").decode("utf-8-sig")
    _titles, *rows = csv.reader(io.StringIO(text, newline=""))
    return rows


def verified(*arguments):
    out = StringIO()
    call_command("verify_year_pack", *arguments, stdout=out)
    return out.getvalue()


def test_without_differences_no_amendment_is_made(sale):
    rig.sell_in({PUI: 900}, at=LATE)  # of another year

    with pytest.raises(errors.NoDifferences):
        amended()
    assert not PackDraft.objects.exists()


def test_a_late_refund_makes_an_amendment_of_exactly_that(sale):
    refund(sale, 250)

    draft = amended()

    rows = table_of(draft, "1-differences")
    codes = [row[1].strip('="') for row in rows]
    assert codes == ["", "N", "50", "5001", "500108", PUI]
    for row in rows:
        # Counted in the year; income as signed, now, difference.
        assert row[4:8] == ["100.00", "100.00", "97.50", "-2.50"]
    [event] = table_of(draft, "2-events")
    assert event[2] == "การคืนเงิน / refund" and event[-1] == "0.00"
    assert (draft.number, draft.before.number) == (1, 0)


def test_amendments_are_a_chain_each_against_the_last(sale):
    refund(sale, 250)
    first = signed(amended())
    with pytest.raises(errors.NoDifferences):
        amended()
    refund(sale, 100)

    second = signed(amended())

    village = table_of(second, "1-differences")[-1]
    assert village[4:8] == ["100.00", "97.50", "96.50", "-1.00"]
    assert (second.number, second.before) == (2, first)
    assert [list(verify_pack(pack)) for pack in YearPack.objects.all()] == [[], [], []]


def test_income_that_moved_and_came_back_is_no_difference(sale):
    make_village("50010812", "บ้านแม่")
    people = [keeper(), keeper()]
    share = sale.shares[0]
    for number, (here, there) in enumerate([(PUI, "50010812"), ("50010812", PUI)]):
        ledger.record_reclassification(
            ledger.Reclassification(
                *(f"m{number}", sale.order_number, share.line_id, here, there),
                *(LATE, "why", people[0].pk, people[1].pk),
            )
        )

    with pytest.raises(errors.NoDifferences):
        amended()


def test_income_that_moved_differs_where_it_was_and_is_and_not_above(sale):
    make_village("50010101", "บ้านศรีภูมิ")
    people = [keeper(), keeper()]
    share = sale.shares[0]
    ledger.record_reclassification(
        ledger.Reclassification(
            *("m", sale.order_number, share.line_id, PUI, "50010101"),
            *(LATE, "why", people[0].pk, people[1].pk),
        )
    )

    rows = {row[1].strip('="'): row[7] for row in table_of(amended(), "1-differences")}

    assert rows == {
        **{"500101": "100.00", "50010101": "100.00"},
        **{"500108": "-100.00", PUI: "-100.00"},
    }


def test_a_sale_told_after_the_close_is_news_of_the_year_it_was_paid_in(sale):
    rig.sell_in({PUI: 777}, at=years.IN_SEPTEMBER)

    [*_, village] = table_of(amended(), "1-differences")

    assert village[4:8] == ["100.00", "100.00", "107.77", "7.77"]


def test_an_amendment_needs_a_reason_and_a_signed_pack_that_is_whole(sale):
    refund(sale)

    with pytest.raises(errors.DomainError):
        amended("  ")
    with pytest.raises(errors.NotSigned):
        services.start_amendment(YEAR + 1, reason="x", by=keeper())
    with pytest.raises(errors.SignedAlready):
        services.start_pack(YEAR, by=keeper())
    stored_at(YearPack.objects.get().sha256).write_bytes(b"x")
    with pytest.raises(errors.FileDiffers):
        amended()
    assert not PackDraft.objects.exists()


# --- Proof ---------------------------------------------------------------------------------------
def test_a_whole_pack_is_found_whole_also_when_the_register_has_learnt_since(sale):
    make_village("34010105", "บ้านปะอาว")
    Village.objects.filter(pk=PUI).update(name_th="ชื่อใหม่")

    assert verified("2568") == f"fiscal-year-2568: whole, {YearPack.objects.get().sha256}\n"


def test_a_pack_signed_with_headings_in_thai_alone_stays_as_it_is_and_is_whole(sale, monkeypatch):
    refund(sale)
    with monkeypatch.context() as once:
        once.setattr(columns, "side_by_side", lambda thai, _english: thai)
        pack = signed(amended())
    content = stored_at(pack.sha256).read_bytes()
    with files.checked(pack.sha256) as file, zipfile.ZipFile(file) as archive:
        header = archive.read("tables/1-differences.csv").decode("utf-8-sig").partition("\r\n")[0]
    assert header.startswith('"ระดับ","รหัส"')

    assert list(verify_pack(pack)) == []
    assert stored_at(pack.sha256).read_bytes() == content


def test_one_byte_of_the_file_is_found(sale):
    path = stored_at(YearPack.objects.get().sha256)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError, match="1 differences"):
        verified()


def test_a_satang_in_the_ledger_is_found(sale):
    as_owner("UPDATE ledger_areamonth SET sold_satang = sold_satang + 1 WHERE level = 6")

    found = list(verify_pack(YearPack.objects.get()))

    assert AreaMonth.objects.filter(level=6).exists()
    assert found and "ledger verify" in found[-1]


def test_a_file_that_was_made_anew_with_its_hash_is_still_found(sale):
    """Whoever owns the disk and the database writes both; the ledger says otherwise."""
    pack = YearPack.objects.get()
    forged = io.BytesIO()
    with (
        files.checked(pack.sha256) as file,
        zipfile.ZipFile(file) as archive,
        zipfile.ZipFile(forged, "w") as copy,
    ):
        for name in archive.namelist():
            content = archive.read(name)
            if name == "tables/5-villages.csv":
                content = content.replace(b'"100.00"', b'"200.00"')
            copy.writestr(name, content)
    path = stored_at("0" * 64)
    path.write_bytes(forged.getvalue())
    pack.sha256 = files.hash_at(path)
    path.rename(stored_at(pack.sha256))

    found = list(verify_pack(pack))

    assert "tables/5-villages.csv: its hash is not that of the manifest" in found
    assert "the hash of the tables is not the one that was signed" in found
    assert f"tables/5-villages.csv: {PUI}: figures are others in the ledger" in found


def test_a_year_without_a_pack_is_said(sale):
    with pytest.raises(CommandError, match="no such signed pack"):
        verified("2570")

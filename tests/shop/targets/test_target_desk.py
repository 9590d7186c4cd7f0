"""The desk of targets and baselines: who may do what, and that nothing typed is lost."""

from datetime import date

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.models import AreaGrant
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from shop.targets.models import BaselineBatch, IncomeTarget
from tests.factories import make_member, make_producer, make_user, make_village
from tests.marketplace.ledger import rig

PUI, UBON = "50010811", "34010105"
LIST, ONE, FILES = "/cms/reports/targets/", "/cms/reports/targets/area/", "/cms/reports/baselines/"
HEADER = "area_code,fiscal_year,channel,amount_baht,source,confidence\n"


@pytest.fixture
def weavers(db, monkeypatch):
    monkeypatch.setattr(thai, "today", lambda: date(2026, 8, 22))
    weavers = make_producer(make_village(PUI, "บ้านดอยปุย"))
    make_village(UBON, "บ้านปะอาว")
    rig.sell_in({PUI: 10_000}, producer=weavers)
    return weavers


def staff(role, *areas):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    for area in areas:
        AreaGrant.objects.create(user=user, area_code=area, valid_from=date(2020, 1, 1))
    return user


@pytest.fixture
def curator(client, weavers):
    client.force_login(staff(StaffRole.CURATOR))


def set_target(client, area="50", amount="1,000", seen="", **more):
    return client.post(
        f"{ONE}?area={area}&year=2569", {"amount_satang": amount, "seen": seen} | more
    )


def send(client, *lines):
    content = (HEADER + "\n".join(lines)).encode()
    return client.post(FILES, {"file": SimpleUploadedFile("before.csv", content)})


def test_a_target_is_set_and_the_list_says_how_far_it_is(client, curator):
    answer = set_target(client, note="ปีแรก")

    page = client.get(LIST, {"year": "2569"}).content.decode()
    one = client.get(ONE, {"area": "50", "year": "2569"}).content.decode()
    assert answer.status_code == 302
    assert "฿1,000" in page and "10.00%" in page
    assert "ปีแรก" in one and "฿900" in one


def test_a_second_press_is_no_second_target(client, curator):
    set_target(client)
    set_target(client)

    assert IncomeTarget.objects.count() == 1


def test_a_target_that_changed_meanwhile_is_shown_and_what_was_typed_stays(client, curator):
    set_target(client)

    answer = set_target(client, amount="2,000", note="ใหม่")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'role="alert"' in page and "2,000" in page and "ใหม่" in page
    assert IncomeTarget.objects.get().amount_satang == 100_000
    assert set_target(client, amount="2,000", seen=IncomeTarget.objects.get().pk).status_code == 302


@pytest.mark.parametrize("amount", ["", "0", "-5", "abc", "0.001", "9" * 30])
def test_an_amount_that_cannot_be_is_refused_with_a_sentence(client, curator, amount):
    answer = set_target(client, amount=amount)

    assert answer.status_code == 400
    assert "_error" in answer.content.decode()
    assert IncomeTarget.objects.count() == 0


def test_areas_are_found_by_name_and_by_province(client, curator):
    named = client.get(LIST, {"q": "ดอยปุย"}).context["rows"]
    province = client.get(LIST, {"area": "50"}).context["rows"]
    nothing = client.get(LIST, {"q": "\x00' OR 1=1"})

    assert [row.code for row, _url in named] == [PUI]
    assert {row.code for row, _url in province} >= {"50", "5001"}
    assert nothing.status_code == 200 and nothing.context["rows"] == []


def test_an_area_that_is_none_has_no_target(client, curator):
    for area in ("99", "x" * 8, "50\x00"):
        assert client.get(ONE, {"area": area}).status_code == 404
        assert client.post(f"{ONE}?area=99", {"amount_satang": "1"}).status_code == 404
    assert IncomeTarget.objects.count() == 0


def test_officers_read_their_areas_and_set_nothing(client, weavers):
    client.force_login(staff(StaffRole.OFFICER, "50"))

    rows = client.get(LIST).context["rows"]
    assert [row.code for row, _url in rows] == ["50"]
    assert client.get(ONE, {"area": PUI}).status_code == 200
    assert client.get(LIST, {"q": "ปะอาว"}).context["rows"] == []
    for area in ("", "N", "34", UBON):
        assert client.get(ONE, {"area": area}).status_code == 403
    assert set_target(client).status_code == 403
    assert client.get(FILES).status_code == 403
    assert send(client, f"{PUI},2568,,1,x,low").status_code == 403
    assert (IncomeTarget.objects.count(), BaselineBatch.objects.count()) == (0, 0)


def test_others_see_nothing(client, weavers):
    maker = make_member(weavers, "owner").user
    for user in (None, make_user(), maker, staff(StaffRole.SUPPORT)):
        if user:
            client.force_login(user)
        for url in (LIST, ONE, FILES):
            assert client.get(url).status_code in (302, 403)
        assert set_target(client).status_code in (302, 403)
    assert IncomeTarget.objects.count() == 0


def test_a_file_is_looked_at_then_counts_then_is_undone(client, curator):
    sent = send(client, f"{PUI},2568,,50,พช.,low", f"{PUI},2025,,50,พช.,low")
    batch = BaselineBatch.objects.get()
    looked_at = client.get(sent.url)

    assert looked_at.context["good_count"] == 1 and looked_at.context["row_count"] == 2
    client.post(sent.url, {"act": "take"})
    again = client.post(sent.url, {"act": "take"})
    growth = client.get(ONE, {"area": "50", "year": "2569"}).context["found"].growth_ppm
    client.post(sent.url, {"act": "undo"})
    batch.refresh_from_db()
    assert (again.status_code, growth, batch.status) == (409, 1_000_000, "undone")


def test_a_file_that_cannot_be_read_is_answered_under_its_field(client, curator):
    for content in (b"PK\x03\x04x", b"a,b\n1,2", b""):
        answer = client.post(FILES, {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 400
        assert 'role="alert"' in answer.content.decode()
    assert BaselineBatch.objects.count() == 0


@pytest.mark.parametrize("query", [{}, {"area": "50"}, {"q": "บ้าน"}])
def test_statements_do_not_grow_with_the_areas(client, curator, query):
    for number in range(1, 30):
        make_village(f"500107{number:02}", f"บ้าน {number}")
        set_target(client, area=f"500107{number:02}")

    with CaptureQueriesContext(connection) as captured:
        page = client.get(LIST, {"year": "2569"} | query)

    assert page.status_code == 200
    assert len(captured) <= 26

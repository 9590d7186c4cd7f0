"""Renaming, moving, suspending and closing a producer."""

import pytest

from marketplace.core import thai
from marketplace.core.models import AuditEntry, OutboxEntry
from marketplace.places.services import InvalidName
from marketplace.producers import services
from marketplace.producers.models import Producer
from marketplace.villages.services import set_village_status
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def producer():
    return factories.make_producer(factories.make_village("50010811"), "กลุ่มทอผ้า")


def test_a_renaming_reaches_the_partner_the_slug_and_the_keys(producer):
    for _ in range(2):
        services.rename_producer(producer=producer, name_th="แม่บ้าน", name_en="Mothers", by=None)

    assert producer.partner.name == producer.name_th == "แม่บ้าน"
    assert producer.slug == "mothers"
    assert producer.match_key == " แม่บ้าน mothers"
    assert producer.sort_key == thai.sort_key("แม่บ้าน")
    assert AuditEntry.objects.filter(act="producer.rename").count() == 1


@pytest.mark.parametrize("name", [" ", "ก" * 129])
def test_a_bad_name_changes_nothing(producer, name):
    with pytest.raises(InvalidName):
        services.rename_producer(producer=producer, name_th=name, name_en="", by=None)

    producer.refresh_from_db()
    assert producer.name_th == producer.partner.name == "กลุ่มทอผ้า"


def test_a_producer_moves_to_a_village_that_lives(producer):
    there, closed = (factories.make_village(f"5001081{n}", f"บ้าน {n}") for n in (2, 3))
    set_village_status(village=closed, status="closed", reason="ย้าย", by=None)

    for _ in range(2):
        services.move_producer(producer=producer, village=there, by=None)
    with pytest.raises(services.VillageClosed):
        services.move_producer(producer=producer, village=closed, by=None)

    producer.refresh_from_db()
    assert producer.home_village == there
    entry = AuditEntry.objects.get(act="producer.move")
    assert entry.details == {"left": "50010811", "village": "50010812"}


def test_suspending_takes_a_producer_off_the_shop_until_it_is_activated(producer):
    with pytest.raises(services.ReasonRequired):
        services.suspend_producer(producer=producer, reason=" ", by=None)
    assert producer in Producer.objects.open()

    services.suspend_producer(producer=producer, reason="ตรวจสอบ", by=None)
    assert (producer.status, producer.status_reason) == ("suspended", "ตรวจสอบ")
    assert producer not in Producer.objects.open()
    assert OutboxEntry.objects.filter(kind="producer", object_id=str(producer.pk)).exists()

    services.activate_producer(producer=producer, by=None)
    assert (producer.status, producer.status_reason) == ("active", "")


def test_closing_is_for_good(producer):
    services.close_producer(producer=producer, reason="เลิกกลุ่ม", by=None)

    with pytest.raises(services.CannotActivate):
        services.activate_producer(producer=producer, by=None)
    with pytest.raises(services.CannotActivate):
        services.suspend_producer(producer=producer, reason="x", by=None)

    producer.refresh_from_db()
    assert producer.status == "closed"


def test_facts_are_tidied_and_name_home_and_status_are_not_among_them(producer):
    services.change_producer(producer=producer, by=None, story_th=" หนึ่ง \n สอง ", members_count=9)

    assert (producer.story_th, producer.members_count) == ("หนึ่ง\nสอง", 9)
    for fact in ("name_th", "home_village", "status", "slug"):
        with pytest.raises(TypeError):
            services.change_producer(producer=producer, by=None, **{fact: "x"})


def test_producers_are_found_by_part_of_a_name_while_they_may_sell(producer):
    there = factories.make_producer(factories.make_village("34010105", "บ้านปะอาว"), "หล่อทองเหลือง")
    factories.make_producer(factories.make_village("50010811"), "ทอผ้าใบสมัคร", status="applied")

    assert list(Producer.objects.open().named_like("ทอผ้า")) == [producer]
    assert list(Producer.objects.open().named_like("ทอง เหลือง")) == [there]

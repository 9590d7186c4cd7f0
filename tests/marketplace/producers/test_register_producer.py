from datetime import date, datetime, time, timedelta

import pytest

from marketplace.core import thai
from marketplace.core.models import AuditEntry
from marketplace.producers import services
from marketplace.producers.models import DeliveryRate, IncomeDisclosure, Membership, Producer

pytestmark = pytest.mark.django_db


def test_a_producer_owns_a_partner_of_its_name(village):
    producer = services.register_producer(
        name_th="กลุ่มแม่บ้าน  ดอยปุย", kind="community_group", home_village=village, members_count=9
    )

    producer.refresh_from_db()
    assert producer.partner.name == producer.name_th == "กลุ่มแม่บ้าน ดอยปุย"
    assert (producer.status, producer.slug) == ("applied", "klum-mae-ban-doi-pui")
    assert producer.members_count == 9


def test_two_producers_may_share_a_name(village):
    for _ in range(2):
        services.register_producer(name_th="กลุ่มทอผ้า", kind="sme", home_village=village)

    assert Producer.objects.filter(name_th="กลุ่มทอผ้า").count() == 2


def test_activating_twice_is_noted_once(producer, make_user):
    officer = make_user("officer@example.org")

    services.activate_producer(producer=producer, by=officer)
    services.activate_producer(producer=producer, by=officer)

    assert producer.status == "active"
    assert AuditEntry.objects.filter(act="producer.active", actor=officer).count() == 1


def test_a_closed_producer_stays_closed(producer):
    Producer.objects.filter(pk=producer.pk).update(status="closed")

    with pytest.raises(services.CannotActivate):
        services.activate_producer(producer=producer, by=None)

    producer.refresh_from_db()
    assert producer.status == "closed"


def test_delivery_rates_are_replaced_as_a_whole(producer):
    services.set_delivery_rates(producer=producer, steps=[(1000, 6000)], by=None)
    services.set_delivery_rates(producer=producer, steps=[(5000, 12000), (1000, 5000)], by=None)
    services.set_delivery_rates(producer=producer, steps=[(1000, 5000), (5000, 12000)], by=None)

    rates = DeliveryRate.objects.values_list("up_to_grams", "fee_satang")
    assert list(rates) == [(1000, 5000), (5000, 12000)]
    assert AuditEntry.objects.filter(act="delivery.rates").count() == 2


@pytest.mark.parametrize(
    "steps", [[], [(0, 100)], [(1000, -1)], [(1000, 1), (1000, 2)], [(1000, 1.5)], [(True, 100)]]
)
def test_senseless_delivery_rates_are_refused(producer, steps):
    services.set_delivery_rates(producer=producer, steps=[(1000, 6000)], by=None)

    with pytest.raises(services.InvalidDeliveryRates):
        services.set_delivery_rates(producer=producer, steps=steps, by=None)

    assert DeliveryRate.objects.get().fee_satang == 6000


def test_a_consent_is_taken_back_for_the_future_only(producer):
    services.record_disclosure(producer=producer, since=date(2025, 1, 1), by=None)
    today = thai.today()

    with pytest.raises(services.NotForThePast):
        services.withdraw_disclosure(producer=producer, last_day=today - timedelta(days=1), by=None)
    assert IncomeDisclosure.objects.get().valid_until is None

    services.withdraw_disclosure(producer=producer, last_day=today, by=None)
    assert IncomeDisclosure.objects.get().valid_until == today
    with pytest.raises(services.NoDisclosure):
        services.withdraw_disclosure(producer=producer, last_day=today, by=None)


def test_consents_never_overlap_nor_begin_in_the_future(producer):
    today = thai.today()
    services.record_disclosure(producer=producer, since=today, by=None)
    services.record_disclosure(producer=producer, since=date(2025, 1, 1), by=None)
    assert IncomeDisclosure.objects.get().valid_from == today
    services.withdraw_disclosure(producer=producer, last_day=today, by=None)

    for since in (today, today + timedelta(days=1)):
        with pytest.raises(services.InvalidDisclosure):
            services.record_disclosure(producer=producer, since=since, by=None)

    assert IncomeDisclosure.objects.count() == 1


@pytest.mark.parametrize("again", ["", "suspended for a day"])
def test_a_consent_is_never_dated_back(producer, again):
    registered(producer, before_this_month=timedelta(seconds=1))
    today = thai.today()
    if again:
        services.suspend_producer(producer=producer, reason=again, by=None)
        services.activate_producer(producer=producer, by=None)

    with pytest.raises(services.Backdated):
        services.record_disclosure(producer=producer, since=today - timedelta(days=1), by=None)
    assert not IncomeDisclosure.objects.exists()
    assert not AuditEntry.objects.filter(act="disclosure.record").exists()

    services.record_disclosure(producer=producer, since=today, by=None)
    assert IncomeDisclosure.objects.get().valid_from == today


def test_who_joined_this_month_may_agree_from_any_day(producer):
    """So is a history loaded: the producer comes first, its sales of the past after the consent."""
    registered(producer, before_this_month=timedelta(0))

    services.record_disclosure(producer=producer, since=date(2025, 1, 1), by=None)

    assert IncomeDisclosure.objects.get().valid_from == date(2025, 1, 1)


def test_a_consent_told_again_later_stays_as_it_was(producer):
    services.record_disclosure(producer=producer, since=date(2025, 1, 1), by=None)
    registered(producer, before_this_month=timedelta(days=400))

    again = services.record_disclosure(producer=producer, since=date(2025, 1, 1), by=None)

    assert again == IncomeDisclosure.objects.get()


def registered(producer, *, before_this_month: timedelta) -> None:
    """Move the producer's registration to so long before this month began in Bangkok."""
    began = datetime.combine(thai.today().replace(day=1), time.min, tzinfo=thai.BANGKOK)
    entries = AuditEntry.objects.filter(target=f"producer:{producer.pk}", act="producer.register")
    assert entries.update(at=began - before_this_month) == 1


def test_a_person_has_one_role_with_a_producer(producer, make_user):
    maker = make_user("maker@example.org")
    services.add_member(producer=producer, user=maker, role="owner", by=None)
    services.add_member(producer=producer, user=maker, role="owner", by=None)

    with pytest.raises(services.AlreadyMember):
        services.add_member(producer=producer, user=maker, role="packer", by=None)

    assert Membership.objects.get().role == "owner"

"""Where a producer is paid: two people, a freeze, no agent, and a number nobody reads again."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from marketplace.accounts import services as accounts
from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from marketplace.producers import services
from marketplace.producers.models import PayoutAccount
from tests import factories

pytestmark = pytest.mark.django_db

NUMBER = "1234567890"


@pytest.fixture
def producer():
    return factories.make_producer()


@pytest.fixture
def owner(producer):
    return factories.make_member(producer, "owner").user


@pytest.fixture
def treasurer(producer):
    return factories.make_member(producer, "finance").user


@pytest.fixture
def finance():
    user = factories.make_user()
    accounts.give_role(user=user, role=StaffRole.FINANCE, by=None)
    return user


def propose(producer, by, number=NUMBER, **facts):
    facts = {"holder_name": "กลุ่มทอผ้า", "bank_code": "004"} | facts
    return services.propose_payout_account(producer=producer, number=number, by=by, **facts)


def active_account(producer):
    return producer.accounts.filter(state="active").first()


def test_the_number_is_secret_at_rest_and_masked_on_paper(producer, owner):
    account = propose(producer, owner, number="๑๒๓-4-56789-0")

    assert account.masked_number == "xxxxxx7890"
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM producers_payoutaccount")
        assert NUMBER not in cursor.fetchone()[0]
    assert PayoutAccount.objects.get().number == NUMBER
    details = AuditEntry.objects.get(act="account.propose").details
    assert details == {"account": account.pk}


def test_nobody_approves_his_own_proposal(producer, owner, treasurer):
    account = propose(producer, owner)

    with pytest.raises(services.SecondPersonNeeded):
        services.approve_payout_account(account=account, by=owner)
    assert active_account(producer) is None

    services.approve_payout_account(account=account, by=treasurer)
    assert active_account(producer) == account


def test_a_single_owner_is_approved_by_the_finance_staff(producer, owner, finance):
    account = propose(producer, owner)

    approved = services.approve_payout_account(account=account, by=finance)

    assert (approved.state, approved.approved_by, approved.frozen_until) == (
        "active",
        finance,
        None,
    )


def test_a_change_freezes_payouts_for_72_hours(producer, owner, treasurer):
    first = services.approve_payout_account(account=propose(producer, owner), by=treasurer)
    before = timezone.now()

    second = services.approve_payout_account(
        account=propose(producer, owner, number="9876543210"), by=treasurer
    )

    assert before + timedelta(hours=72) <= second.frozen_until
    assert second.frozen_until <= timezone.now() + timedelta(hours=72)
    first.refresh_from_db()
    assert first.state == "replaced"
    assert active_account(producer) == second


def test_a_new_proposal_takes_the_place_of_one_that_waits(producer, owner, treasurer):
    waiting = propose(producer, owner)
    propose(producer, owner, number="9876543210")

    with pytest.raises(services.NotProposed):
        services.approve_payout_account(account=waiting, by=treasurer)

    assert active_account(producer) is None


def test_an_account_is_decided_once(producer, owner, treasurer):
    account = propose(producer, owner)
    services.refuse_payout_account(account=account, by=treasurer)

    for act in (services.approve_payout_account, services.refuse_payout_account):
        with pytest.raises(services.NotProposed):
            act(account=account, by=treasurer)

    assert PayoutAccount.objects.get().state == "refused"


def test_managers_agents_strangers_and_other_staff_are_kept_out(producer, owner, treasurer):
    agent, curator = factories.make_user(), factories.make_user()
    services.grant_agent(
        producer=producer,
        agent=agent,
        scopes=["products", "orders", "declared-sales", "storefront"],
        since=date(2020, 1, 1),
        by=owner,
    )
    accounts.give_role(user=curator, role=StaffRole.CURATOR, by=None)
    outsiders = [
        agent,
        curator,
        factories.make_user(),
        factories.make_member(producer, "manager").user,
        factories.make_member(factories.make_producer(), "owner").user,
    ]
    account = propose(producer, owner)

    for user in outsiders:
        with pytest.raises(services.NotYourAccount):
            propose(producer, user, number="9876543210")
        with pytest.raises(services.NotYourAccount):
            services.approve_payout_account(account=account, by=user)

    assert PayoutAccount.objects.get().state == "proposed"


@pytest.mark.parametrize(
    "facts",
    [
        {"number": "123"},
        {"number": "12345678901234567"},
        {"number": "12345abcde"},
        {"holder_name": " "},
        {"holder_name": "ก" * 129},
        {"bank_code": "4"},
        {"bank_code": "SCB"},
    ],
)
def test_a_senseless_account_is_refused(producer, owner, facts):
    with pytest.raises(services.InvalidAccount):
        propose(producer, owner, **facts)

    assert not PayoutAccount.objects.exists()


def test_the_database_knows_the_rules_too(producer, owner, treasurer):
    active = services.approve_payout_account(account=propose(producer, owner), by=treasurer)
    proposed = propose(producer, owner)

    broken = [
        {"state": "active"},
        {"approved_by": owner},
        {"state": "active", "approved_by": treasurer},
    ]
    for facts in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            PayoutAccount.objects.filter(pk=proposed.pk).update(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutAccount.objects.filter(pk=active.pk).update(state="proposed")

    assert active_account(producer) == active

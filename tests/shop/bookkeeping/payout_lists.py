"""Lists of payouts at each step, for tests."""

from uuid import uuid4

from django.urls import reverse

from marketplace.core import thai
from marketplace.producers.services.payout_accounts import (
    approve_payout_account,
    propose_payout_account,
)
from shop.bookkeeping.models import PayoutList
from shop.bookkeeping.services import payouts
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig
from tests.shop.bookkeeping.desk import PUI, keeper

NUMBER = "0123456789"
NAME = "payout-register"
INDEX, MAKE = (reverse(f"{NAME}:{page}") for page in ("index", "make"))


def make_weavers():
    return make_producer(make_village(PUI))


def earn(producer, goods=10_001, delivery=500, fee=0):
    terms = rig.Terms(fee=fee)
    return rig.sell([rig.Part(producer, {PUI: goods}, terms)], {producer.pk: delivery})[0]


def give_account(producer, number=NUMBER):
    account = propose_payout_account(
        producer=producer, holder_name="กลุ่มทอผ้า", bank_code="006", number=number, by=keeper()
    )
    return approve_payout_account(account=account, by=keeper())


def prepare(*producers, by=None):
    ids = [producer.pk for producer in producers]
    return payouts.prepare_list(producer_ids=ids, form_token=uuid4(), by=by or keeper())


def agreed(*producers):
    made = prepare(*producers)
    payouts.agree_to_list(made, by=keeper())
    return PayoutList.objects.get(pk=made.pk)


def handed(*producers):
    made = agreed(*producers)
    payouts.hand_over(made, handed_on=thai.today(), by=keeper())
    return PayoutList.objects.get(pk=made.pk)


def page_of(made, page="inspect"):
    return reverse(f"{NAME}:{page}", args=[made.pk])

"""The bank account a producer is paid to: proposed by one person, approved by another.

An agent never touches it. The number is encrypted, shown only by its last four digits, and is in
no log.
"""

import re
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.permissions import is_administrator
from marketplace.accounts.queries import has_role
from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.producers.models import PayoutAccount, Producer
from marketplace.producers.permissions import Act, may
from marketplace.producers.services.records import User, lock, record

FREEZE_HOURS = 72
_SHOWN_DIGITS = 4
_NUMBER = re.compile(r"\d{10,15}", re.ASCII)
_BANK_CODE = re.compile(r"\d{3}", re.ASCII)
State = PayoutAccount.State


class InvalidAccount(DomainError):
    message = _("An account has a holder, a bank of 3 digits and a number of 10 to 15 digits.")


class NotYourAccount(DomainError):
    message = _("Only owners, finance members and the finance staff change the payout account.")


class SecondPersonNeeded(DomainError):
    message = _("Somebody else than the person who proposed the account must approve it.")


class NotProposed(DomainError):
    message = _("This account is no longer waiting for approval.")


def propose_payout_account(
    *, producer: Producer, holder_name: str, bank_code: str, number: str, by: User
) -> PayoutAccount:
    """Propose where a producer is paid; nothing changes until somebody else approves.

    A proposal that waited is refused in its favour. Raises InvalidAccount, NotYourAccount.
    """
    holder_name = thai.normalise(holder_name)
    number = re.sub(r"[\s-]", "", thai.arabic_digits(number))
    if not 0 < len(holder_name) <= 128 or not _BANK_CODE.fullmatch(bank_code):
        raise InvalidAccount
    if not _NUMBER.fullmatch(number):
        raise InvalidAccount
    with transaction.atomic():
        lock(producer)
        _demand(by, Act.PROPOSE_ACCOUNT, producer)
        waiting = PayoutAccount.objects.filter(producer=producer, state=State.PROPOSED)
        waiting.update(state=State.REFUSED)
        account = PayoutAccount.objects.create(
            producer=producer,
            holder_name=holder_name,
            bank_code=bank_code,
            number=number,
            masked_number=mask(number),
            proposed_by=by,
        )
        record(producer, "account.propose", by, account=account.pk)
    return account


def approve_payout_account(*, account: PayoutAccount, by: User) -> PayoutAccount:
    """Pay to this account from now on; replacing another one freezes payouts for 72 hours.

    Raises SecondPersonNeeded, NotYourAccount, NotProposed (also when called twice).
    """
    with transaction.atomic():
        producer, fresh = _proposed(account)
        if by.pk == fresh.proposed_by_id:
            raise SecondPersonNeeded
        _demand(by, Act.APPROVE_ACCOUNT, producer)
        active = PayoutAccount.objects.filter(producer=producer, state=State.ACTIVE)
        if active.update(state=State.REPLACED):
            fresh.frozen_until = timezone.now() + timedelta(hours=FREEZE_HOURS)
        fresh.state, fresh.approved_by, fresh.approved_at = State.ACTIVE, by, timezone.now()
        fresh.save(update_fields=["state", "approved_by", "approved_at", "frozen_until"])
        record(producer, "account.approve", by, account=fresh.pk)
    return fresh


def refuse_payout_account(*, account: PayoutAccount, by: User) -> PayoutAccount:
    """Turn a proposal down; also its own proposer may. Raises NotYourAccount, NotProposed."""
    with transaction.atomic():
        producer, fresh = _proposed(account)
        _demand(by, Act.APPROVE_ACCOUNT, producer)
        fresh.state = State.REFUSED
        fresh.save(update_fields=["state"])
        record(producer, "account.refuse", by, account=fresh.pk)
    return fresh


def mask(number: str) -> str:
    """All but the last four digits hidden, so that the owner still recognises it."""
    return "x" * (len(number) - _SHOWN_DIGITS) + number[-_SHOWN_DIGITS:]


def _proposed(account: PayoutAccount) -> tuple[Producer, PayoutAccount]:
    producer = lock(account.producer)
    fresh = PayoutAccount.objects.filter(pk=account.pk, state=State.PROPOSED).first()
    if fresh is None:
        raise NotProposed
    return producer, fresh


def _demand(user: User, act: Act, producer: Producer) -> None:
    """The service asks itself: no page may forget to on this way to money."""
    if may(user, act, producer) or is_administrator(user) or has_role(user, StaffRole.FINANCE):
        return
    raise NotYourAccount

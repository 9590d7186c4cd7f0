"""Acts on producers: who they are, where they are at home, what they charge for delivery."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.models import Partner

from marketplace.core import audit, outbox, thai
from marketplace.core.errors import DomainError
from marketplace.places.services import tidy_english_name, tidy_facts, tidy_name
from marketplace.producers.models import DeliveryRate, IncomeDisclosure, Membership, Producer
from marketplace.villages.models import Village

User = AbstractBaseUser
NAME_MAX_LENGTH = 128


class CannotActivate(DomainError):
    message = _("A closed producer cannot be opened again.")


class AlreadyMember(DomainError):
    message = _("This person already works for the producer in another role.")


class InvalidDeliveryRates(DomainError):
    message = _("Each step needs its own weight above zero and a fee of zero or more.")


class InvalidDisclosure(DomainError):
    message = _("A consent begins today or earlier, and after the one before it ended.")


class NoDisclosure(DomainError):
    message = _("There is no consent to take back.")


class NotForThePast(DomainError):
    message = _("A consent can be taken back for the future only.")


def register_producer(
    *,
    name_th: str,
    kind: str,
    home_village: Village,
    name_en: str = "",
    by: User | None = None,
    **facts,
) -> Producer:
    """Add a producer with its Oscar partner, in status "applied" unless `facts` say otherwise.

    `facts` are further fields of Producer. Raises InvalidName. Called twice: two producers, since
    groups of one name exist.
    """
    name_th = tidy_name(name_th, NAME_MAX_LENGTH)
    name_en = tidy_english_name(name_en, NAME_MAX_LENGTH)
    with transaction.atomic():
        producer = Producer.objects.create(
            partner=Partner.objects.create(name=name_th),
            home_village=home_village,
            name_th=name_th,
            name_en=name_en,
            slug=thai.slug(name_en or name_th),
            kind=Producer.Kind(kind),
            **tidy_facts(Producer, facts),
        )
        record(producer, "producer.register", by, village=home_village.pk)
    return producer


def record(producer: Producer, act: str, by: User | None, **details: int | str) -> None:
    """Audit an act on a producer and tell the readers of the outbox."""
    outbox.note("producer", producer.pk)
    audit.note(actor=by, act=act, target=f"producer:{producer.pk}", **details)


def lock(producer: Producer) -> Producer:
    """Read the producer again, locked until the end of the transaction."""
    return Producer.objects.select_for_update().get(pk=producer.pk)


def activate_producer(*, producer: Producer, by: User | None) -> Producer:
    """Let a producer sell. Nothing happens when it already may.

    Raises CannotActivate for a closed one.
    """
    with transaction.atomic():
        fresh = lock(producer)
        if fresh.status == Producer.Status.CLOSED:
            raise CannotActivate
        if fresh.status != Producer.Status.ACTIVE:
            set_status(fresh, Producer.Status.ACTIVE, "", by)
    producer.refresh_from_db()
    return producer


def set_status(producer: Producer, status: str, reason: str, by: User | None) -> None:
    producer.status, producer.status_reason = status, reason
    producer.status_since = thai.today()
    producer.save(update_fields=["status", "status_reason", "status_since"])
    record(producer, f"producer.{status}", by)


def add_member(*, producer: Producer, user: User, role: str, by: User | None) -> Membership:
    """Let a person into the producer's workbench.

    Called twice with one role: nothing more happens. Raises AlreadyMember with another role.
    """
    role = Membership.Role(role)
    with transaction.atomic():
        lock(producer)
        membership, created = Membership.objects.get_or_create(
            producer=producer, user=user, defaults={"role": role}
        )
        if membership.role != role:
            raise AlreadyMember
        if created:
            record(producer, "member.add", by, user=user.pk, role=role.value)
    return membership


def set_delivery_rates(
    *, producer: Producer, steps: Sequence[tuple[int, int]], by: User | None
) -> list[DeliveryRate]:
    """Replace what a parcel costs by (up to grams, fee in satang); one step is a flat fee.

    Raises InvalidDeliveryRates and then keeps the old steps. The same steps again: no change.
    """
    steps = _checked_steps(steps)
    with transaction.atomic():
        lock(producer)
        rates = DeliveryRate.objects.filter(producer=producer)
        if list(rates.values_list("up_to_grams", "fee_satang").order_by("up_to_grams")) != steps:
            rates.delete()
            DeliveryRate.objects.bulk_create(
                DeliveryRate(producer=producer, up_to_grams=grams, fee_satang=fee)
                for grams, fee in steps
            )
            record(producer, "delivery.rates", by, steps=len(steps))
        return list(rates.order_by("up_to_grams"))


def _checked_steps(steps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    steps = sorted(tuple(step) for step in steps)
    weights = [grams for grams, _fee in steps]
    if not steps or len(set(weights)) != len(weights):
        raise InvalidDeliveryRates
    if any(type(part) is not int for step in steps for part in step):
        raise InvalidDeliveryRates
    if weights[0] <= 0 or any(fee < 0 for _grams, fee in steps):
        raise InvalidDeliveryRates
    return steps


def record_disclosure(*, producer: Producer, since: date, by: User | None) -> IncomeDisclosure:
    """Note that the producer agrees to exact figures of its village from a day on.

    While a consent is open, it is returned unchanged. Raises InvalidDisclosure for a day in the
    future or within an earlier consent.
    """
    with transaction.atomic():
        lock(producer)
        disclosures = IncomeDisclosure.objects.filter(producer=producer)
        if standing := disclosures.filter(valid_until=None).first():
            return standing
        if since > thai.today() or disclosures.filter(valid_until__gte=since).exists():
            raise InvalidDisclosure
        disclosure = IncomeDisclosure.objects.create(
            producer=producer, valid_from=since, recorded_by=by
        )
        record(producer, "disclosure.record", by, since=str(since))
    return disclosure


def withdraw_disclosure(*, producer: Producer, last_day: date, by: User | None) -> IncomeDisclosure:
    """Take the consent back: its last day is today or later, figures up to then stay exact.

    Raises NoDisclosure when none is open, NotForThePast for a day gone by.
    """
    if last_day < thai.today():
        raise NotForThePast
    with transaction.atomic():
        lock(producer)
        standing = IncomeDisclosure.objects.filter(producer=producer, valid_until=None).first()
        if standing is None:
            raise NoDisclosure
        standing.valid_until = last_day
        standing.save(update_fields=["valid_until"])
        record(producer, "disclosure.withdraw", by, last_day=str(last_day))
    return standing

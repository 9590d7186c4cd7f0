"""Acts on producers: who they are, where they are at home, what they charge for delivery."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from oscar.apps.partner.models import Partner

from marketplace.core import thai
from marketplace.core.errors import DomainError
from marketplace.core.row_changes import save_facts, save_status, tidy_reason
from marketplace.places.services import tidy_english_name, tidy_facts, tidy_name
from marketplace.producers.models import DeliveryRate, Producer
from marketplace.producers.permissions import on_behalf_of
from marketplace.producers.services.records import User, lock, record
from marketplace.villages.models import Village

NAME_MAX_LENGTH = 128

CHANGEABLE = frozenset(
    {
        "kind",
        "since_year_be",
        "members_count",
        "is_vat_registered",
        "story_th",
        "story_en",
        "notice_th",
        "notice_en",
        "portrait",
        "payout_interval",
    }
)


class CannotActivate(DomainError):
    message = _("A producer that is closed or was accepted cannot go back.")


class VillageClosed(DomainError):
    message = _("This village is closed; a producer needs one that is not.")


class InvalidDeliveryRates(DomainError):
    message = _("Each step needs its own weight above zero and a fee of zero or more.")


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


def rename_producer(*, producer: Producer, name_th: str, name_en: str, by: User | None) -> Producer:
    """Rename a producer, its partner and its slug. The same names: no change. Raises InvalidName.

    Old orders keep the name that was frozen with them.
    """
    name_th = tidy_name(name_th, NAME_MAX_LENGTH)
    name_en = tidy_english_name(name_en, NAME_MAX_LENGTH)
    with transaction.atomic():
        fresh = lock(producer)
        if (fresh.name_th, fresh.name_en) != (name_th, name_en):
            fresh.name_th, fresh.name_en = name_th, name_en
            fresh.slug = thai.slug(name_en or name_th)
            fresh.save(update_fields=["name_th", "name_en", "slug", "sort_key", "match_key"])
            Partner.objects.filter(pk=fresh.partner_id).update(name=name_th)
            record(fresh, "producer.rename", by)
    producer.refresh_from_db()
    return producer


def change_producer(*, producer: Producer, by: User | None, **facts) -> Producer:
    """Change facts of a producer (CHANGEABLE); equal ones are no change.

    Name, home village and status have acts of their own.
    """
    if unknown := set(facts) - CHANGEABLE:
        raise TypeError(f"not changeable: {sorted(unknown)}")
    facts = tidy_facts(Producer, facts)
    with transaction.atomic():
        fresh = lock(producer)
        if changed := save_facts(fresh, facts):
            fields = " ".join(changed)
            record(fresh, "producer.change", by, on_behalf_of(by, fresh), fields=fields)
    producer.refresh_from_db()
    return producer


def move_producer(*, producer: Producer, village: Village, by: User | None) -> Producer:
    """Give a producer another home village. Sales made so far stay with the village they had.

    The same village: no change. Products keep their shares: move those with their own service.
    Raises VillageClosed.
    """
    with transaction.atomic():
        fresh = lock(producer)
        if fresh.home_village_id != village.pk:
            if village.status == Village.Status.CLOSED:
                raise VillageClosed
            left, fresh.home_village = fresh.home_village_id, village
            fresh.save(update_fields=["home_village"])
            record(fresh, "producer.move", by, left=left, village=village.pk)
    producer.refresh_from_db()
    return producer


# --- Status --------------------------------------------------------------------------------------
def activate_producer(*, producer: Producer, by: User | None) -> Producer:
    """Let a producer sell. Nothing happens when it already may.

    Raises CannotActivate for a closed one.
    """
    return _set_status(producer, Producer.Status.ACTIVE, "", by)


def suspend_producer(*, producer: Producer, reason: str, by: User | None) -> Producer:
    """Take a producer's things off sale for a time. Paid orders are still to be sent.

    Raises ReasonRequired, CannotActivate for a closed one. The same reason again: no change.
    """
    return _set_status(producer, Producer.Status.SUSPENDED, tidy_reason(reason), by)


def close_producer(*, producer: Producer, reason: str, by: User | None) -> Producer:
    """Take a producer off sale for good; its figures stay readable. Raises ReasonRequired."""
    return _set_status(producer, Producer.Status.CLOSED, tidy_reason(reason), by)


def set_producer_status(
    *, producer: Producer, status: str, reason: str, by: User | None
) -> Producer:
    """Do whichever of the three leads to `status`; the present one stays with its reason.

    Raises CannotActivate for "applied", which nobody goes back to, and what those three raise.
    """
    if status == Producer.Status.ACTIVE:
        return activate_producer(producer=producer, by=by)
    if status == Producer.Status.SUSPENDED:
        return suspend_producer(producer=producer, reason=reason, by=by)
    if status == Producer.Status.CLOSED:
        return close_producer(producer=producer, reason=reason, by=by)
    if Producer.objects.get(pk=producer.pk).status != status:
        raise CannotActivate
    return producer


def _set_status(producer: Producer, status: str, reason: str, by: User | None) -> Producer:
    with transaction.atomic():
        fresh = lock(producer)
        if fresh.status == Producer.Status.CLOSED != status:
            raise CannotActivate
        if save_status(fresh, status, reason):
            record(fresh, f"producer.{status.value}", by)
    producer.refresh_from_db()
    return producer


# --- Delivery ------------------------------------------------------------------------------------
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
            record(producer, "delivery.rates", by, on_behalf_of(by, producer), steps=len(steps))
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

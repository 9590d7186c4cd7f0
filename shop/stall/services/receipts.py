"""Take in pictures of receipts, and forget those that no sale came to name."""

from datetime import datetime, time, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from marketplace.core import audit, thai
from marketplace.core.photos import checksum_of, clean_photo, stored_photo
from marketplace.core.private_files import private_storage
from marketplace.producers.models import Producer
from shop.stall.errors import TooManyReceipts
from shop.stall.models import Receipt

FOLDER = "receipts"
RECEIPTS_A_DAY = 100
KEPT = timedelta(days=30)
BATCH = 500


def take_receipt(*, producer: Producer, upload: File, by: AbstractBaseUser | None) -> Receipt:
    """Keep a clean copy of a picture for a producer's next sale, out of the public's reach.

    The same bytes again: the receipt made of them before. Raises PhotoRefused, and TooManyReceipts
    after 100 of a producer in a day; nothing is stored then.
    """
    known = producer.receipts.filter(sha256=checksum_of(upload))
    if known.update(uploaded_at=timezone.now()):
        return known.get()
    _require_room(producer)
    cleaned = clean_photo(upload)
    with stored_photo(cleaned, FOLDER, private_storage()) as name, transaction.atomic():
        receipt, created = Receipt.objects.get_or_create(
            producer=producer,
            sha256=cleaned.sha256,
            defaults={
                "name": name,
                "width": cleaned.width,
                "height": cleaned.height,
                "uploaded_by": by,
            },
        )
        if created:
            audit.note(actor=by, act="stall.receipt", target=f"receipt:{receipt.pk}")
    if not created:  # another request was quicker
        private_storage().delete(name)
    return receipt


def forget_unused_receipts() -> int:
    """Delete receipts sent 30 days ago that no sale names; return how many. Safe to repeat.

    A file goes before its row is gone for good: after a crash the row is found again.
    """
    old = Receipt.objects.filter(sales=None, uploaded_at__lt=timezone.now() - KEPT)
    forgotten = 0
    for pk, name in list(old.order_by("pk").values_list("pk", "name")[:BATCH]):
        with transaction.atomic():
            if old.filter(pk=pk).delete()[0]:
                private_storage().delete(name)
                forgotten += 1
    return forgotten


def _require_room(producer: Producer) -> None:
    midnight = datetime.combine(thai.today(), time(), tzinfo=thai.BANGKOK)
    if producer.receipts.filter(uploaded_at__gte=midnight).count() >= RECEIPTS_A_DAY:
        raise TooManyReceipts

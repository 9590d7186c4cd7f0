"""A picture of a receipt: clean, out of the public's reach, known again, forgotten when unused."""

import stat
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from PIL import Image

from marketplace.core import periodic, thai
from marketplace.core.photos import PhotoRefused
from marketplace.core.private_files import private_storage
from marketplace.provenance.models import OtopType
from shop.stall import errors
from shop.stall.checks import check_private_root
from shop.stall.models import DeclaredSale, Receipt
from shop.stall.services import Unlisted, declare_sale, receipts, take_receipt
from tests.factories import make_member, make_producer, make_user, make_village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.PRIVATE_ROOT


@pytest.fixture
def weavers():
    return make_producer(make_village())


def upload(size=(1_200, 900), format="JPEG", colour="red", **options) -> SimpleUploadedFile:
    target = BytesIO()
    Image.new("RGB", size, colour).save(target, format, **options)
    return SimpleUploadedFile("ใบเสร็จ.jpg", target.getvalue())


def take(producer, **facts):
    return take_receipt(producer=producer, upload=upload(**facts), by=None)


def files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def sale_with(producer, receipt, token="form-1", **facts):
    return declare_sale(
        producer=producer,
        product=Unlisted("ผ้าถุง", OtopType.TEXTILE),
        amount_satang=30_000,
        form_token=token,
        by=None,
        receipt=receipt,
        **facts,
    ).sale


def test_a_receipt_is_kept_without_place_time_and_camera_where_no_address_leads(
    weavers, private, settings
):
    exif = Image.Exif()
    exif[0x010F] = "CANARY"
    exif.get_ifd(0x8825).update({1: "N", 2: (18.0, 30.0, 0.0)})

    receipt = take(weavers, exif=exif.tobytes())

    kept = private / receipt.name
    assert files(private) == [receipt.name] and not settings.MEDIA_ROOT.exists()
    assert b"CANARY" not in kept.read_bytes() and not Image.open(kept).getexif()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    with pytest.raises(ValueError, match="no address"):
        private_storage().url(receipt.name)


def test_png_comes_in_as_jpeg(weavers, private):
    receipt = take(weavers, format="PNG")

    assert Image.open(private / receipt.name).format == "JPEG"


@pytest.mark.parametrize(
    "sent",
    [
        SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>"),
        SimpleUploadedFile("a.jpg", b"%PDF-1.7 x"),
        SimpleUploadedFile("a.jpg", upload().read()[:900]),
    ],
)
def test_what_is_no_picture_is_refused_and_nothing_is_stored(weavers, private, sent):
    with pytest.raises(PhotoRefused):
        take_receipt(producer=weavers, upload=sent, by=None)

    assert not Receipt.objects.exists() and files(private) == []


def test_a_huge_picture_is_refused_before_it_is_opened(weavers, private):
    with pytest.raises(PhotoRefused, match="50"):
        take(weavers, size=(7_100, 7_100), format="PNG")

    assert files(private) == []


def test_the_same_picture_again_is_the_same_receipt_within_one_producer(weavers, private):
    first = take(weavers)

    assert take(weavers) == first
    assert take(make_producer()) != first
    assert len(files(private)) == 2


def test_a_picture_whose_row_fails_is_not_left_behind(weavers, private, monkeypatch):
    def fail(**_facts):
        raise DatabaseError

    monkeypatch.setattr(receipts.audit, "note", fail)

    with pytest.raises(DatabaseError):
        take(weavers)

    assert files(private) == []


def test_a_stolen_account_cannot_fill_the_disk(weavers, monkeypatch):
    monkeypatch.setattr(receipts, "RECEIPTS_A_DAY", 1)
    take(weavers)

    with pytest.raises(errors.TooManyReceipts):
        take(weavers, colour="blue")

    take(weavers)
    assert Receipt.objects.count() == 1


def test_what_no_sale_named_for_a_month_is_forgotten(weavers, private):
    used, unused, fresh = take(weavers), take(weavers, colour="blue"), take(weavers, colour="green")
    sale_with(weavers, used)
    old = Receipt.objects.filter(pk__in=[used.pk, unused.pk])
    old.update(uploaded_at=timezone.now() - timedelta(days=31))
    job = next(job for job in periodic.all_jobs() if job.name == "stall.receipts")

    assert import_string(job.function_path)() == 1

    assert files(private) == sorted([used.name, fresh.name])
    assert import_string(job.function_path)() == 0


def test_another_producers_receipt_is_refused_with_the_sale(weavers):
    theirs = take(make_producer())

    with pytest.raises(errors.WrongReceipt):
        sale_with(weavers, theirs)

    assert not DeclaredSale.objects.exists()


def test_whose_word_it_is_is_written_down_tidily(weavers):
    sale = sale_with(weavers, None, told_by="  ยาย\u200bคำ ")
    assert sale.told_by == "ยายคำ"

    with pytest.raises(errors.WrongTeller):
        sale_with(weavers, None, "form-2", told_by="ก" * 121)


@pytest.mark.parametrize("folder", ["", "receipts", "a/b"])
def test_a_private_folder_inside_a_public_one_is_found_at_start(settings, folder):
    assert check_private_root() == []

    settings.PRIVATE_ROOT = settings.MEDIA_ROOT / folder

    assert [error.id for error in check_private_root()] == ["stall.E001"]


# --- In the workbench ----------------------------------------------------------------------------
def form_url(producer):
    return reverse("workbench:stall-other", args=[producer.pk])


def body(**typed):
    return {
        "form_token": "token-of-a-form-long-enough",
        "title_th": "ผ้าถุง",
        "otop_type": "textile",
        "income_kind": "goods",
        "quantity": "1",
        "amount": "300",
        "sold_on": thai.today().isoformat(),
        "channel": "stall",
    } | typed


@pytest.fixture
def owner(weavers, client):
    member = make_member(weavers).user
    client.force_login(member)
    return member


def test_a_sale_with_its_receipt_and_teller_shows_both_to_its_people(client, weavers, owner):
    answer = client.post(form_url(weavers), body(photo=upload(), told_by="ยายคำ"), follow=True)

    sale = DeclaredSale.objects.get()
    assert (sale.told_by, sale.recorded_by, sale.receipt.uploaded_by) == ("ยายคำ", owner, owner)
    picture = reverse("workbench:stall-receipt", args=[weavers.pk, sale.receipt_id])
    text = answer.content.decode()
    assert f'href="{picture}"' in text and "ยายคำ" in text and owner.email in text
    sent = client.get(picture)
    assert (sent.status_code, sent["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in sent["Cache-Control"] and sent["X-Content-Type-Options"] == "nosniff"


def test_a_picture_is_not_sent_twice_when_something_else_is_wrong(client, weavers, owner):
    answer = client.post(form_url(weavers), body(amount="x", photo=upload()))

    receipt = Receipt.objects.get()
    page = answer.content.decode()
    assert f'name="receipt" value="{receipt.pk}"' in page
    client.post(form_url(weavers), body(receipt=receipt.pk))
    assert DeclaredSale.objects.get().receipt == receipt


def test_a_picture_can_be_left_out_or_another_one_taken(client, weavers, owner):
    first = take(weavers)

    client.post(form_url(weavers), body(receipt=first.pk, without_photo="1"))
    client.post(
        form_url(weavers),
        body(
            form_token="token-of-another-form-long",
            amount="5",
            receipt=first.pk,
            photo=upload(colour="blue"),
        ),
    )

    without, other = DeclaredSale.objects.order_by("pk")
    assert without.receipt is None and other.receipt != first


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "²", "0"])
def test_receipts_that_are_none_and_those_of_others_are_not_taken(client, weavers, owner, key):
    theirs = take(make_producer())

    for one in (key, theirs.pk):
        client.post(
            form_url(weavers), body(form_token=f"token-of-a-form-of-{one}"[:40], receipt=one)
        )

    assert not DeclaredSale.objects.exclude(receipt=None).exists()


def test_a_broken_picture_is_said_beside_it_and_no_sale_is_stored(client, weavers, owner):
    broken = SimpleUploadedFile("a.jpg", b"no picture")

    answer = client.post(form_url(weavers), body(photo=broken))

    assert list(answer.context["form"].errors) == ["photo"]
    assert not DeclaredSale.objects.exists() and not Receipt.objects.exists()


def test_nobody_else_opens_a_receipt(client, weavers):
    receipt = take(weavers)
    picture = reverse("workbench:stall-receipt", args=[weavers.pk, receipt.pk])
    other = make_producer()
    stranger = make_member(other).user

    assert client.get(picture).status_code == 302
    for user in (make_user(), stranger):
        client.force_login(user)
        assert client.get(picture).status_code == 404
    client.force_login(stranger)
    crossed = reverse("workbench:stall-receipt", args=[other.pk, receipt.pk])
    assert client.get(crossed).status_code == 404
    for path in (f"/media/{receipt.name}", f"/media/../private/{receipt.name}"):
        assert client.get(path).status_code in (400, 404)


def test_a_receipt_whose_file_is_gone_is_not_found(client, weavers, owner):
    receipt = take(weavers)
    private_storage().delete(receipt.name)

    picture = reverse("workbench:stall-receipt", args=[weavers.pk, receipt.pk])
    assert client.get(picture).status_code == 404

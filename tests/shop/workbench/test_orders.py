"""A producer's parcels on its pages: one's own only, with the address while it is needed."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from oscar.apps.catalogue.models import ProductImage
from oscar.apps.order.models import Order

from marketplace.core.models import AuditEntry
from marketplace.core.worker import run_ready_jobs
from marketplace.provenance.services import OptionPlan
from shop.parcels.models import Parcel
from shop.payments import services as payments
from shop.placing.services import Contact, DeliveryAddress, cancel_unpaid
from shop.workbench.services.parcels import pack, send
from tests.factories import (
    give_back,
    make_member,
    make_producer,
    make_product,
    make_tambon,
    make_village,
    pay,
    place_order,
)

pytestmark = pytest.mark.django_db
ADDRESS = ("สมหญิง รักไทย", "99/3 หมู่ 1", "50300", "0812345678", "ฝากป้อมยาม")
EMS = {"carrier": "thailand-post", "tracking_number": "EF582568151TH"}
LINK = "https://track.thailandpost.co.th/?trackNumber=EF582568151TH"


@pytest.fixture
def weaver():
    return make_producer(make_village("50010811"), "กลุ่มทอผ้า")


@pytest.fixture
def packer(client, weaver):
    client.force_login(make_member(weaver, "packer").user)
    return client


def make_order(*lines, paid=True, **facts):
    facts.setdefault("contact", Contact("buyer@shopper.example", ADDRESS[0], ADDRESS[3]))
    placement = place_order(
        *lines,
        address=DeliveryAddress(ADDRESS[1], make_tambon().code, ADDRESS[2], ADDRESS[4]),
        **facts,
    )
    if paid:
        pay(placement)
    return placement


def make_parcel(producer, *lines, **facts):
    lines = lines or [(make_product(producer), 1)]
    return make_order(*lines, **facts).order.parcels.get(producer=producer)


def url(name, producer, *ids):
    return reverse(f"workbench:orders-{name}", args=[producer.pk, *ids])


def page(client, name, producer, *ids):
    response = client.get(url(name, producer, *ids))
    assert response.status_code == 200
    return response.content.decode()


def open_page(client, parcel):
    return page(client, "parcel", parcel.producer, parcel.pk)


def shows_address(text):
    found = {piece for piece in ADDRESS if piece in text}
    assert found in (set(), set(ADDRESS))
    return bool(found)


def post(client, name, parcel, data=None):
    return client.post(url(name, parcel.producer, parcel.pk), data or {}, follow=True)


def test_what_is_to_pack_is_listed_the_longest_waiting_first(packer, weaver):
    late, early = (make_parcel(weaver) for _ in range(2))
    Order.objects.filter(pk=early.order_id).update(date_placed=timezone.now() - timedelta(days=3))
    gone = make_parcel(weaver)
    send(parcel=gone, by=None, **EMS)

    shown = {name: page(packer, name, weaver) for name in ("list", "sent", "all")}

    links = {
        name: [int(pk) for pk in re.findall(r'workrow__link" href="[^"]*/orders/(\d+)/"', text)]
        for name, text in shown.items()
    }
    assert links["list"] == [early.pk, late.pk]
    assert links["sent"] == [gone.pk]
    assert set(links["all"]) == {early.pk, late.pk, gone.pk}
    for text in shown.values():
        assert re.findall(r'chip__count">(\d+)', text) == ["2", "1", "3"]
        assert not shows_address(text)


def test_the_home_page_counts_what_is_to_pack_or_to_send(packer, weaver):
    first, second, third = (make_parcel(weaver) for _ in range(3))
    pack(parcel=second, by=None)
    send(parcel=third, by=None, **EMS)

    text = packer.get(f"/en{reverse('workbench:home', args=[weaver.pk])}").content.decode()

    assert "2 orders to pack and send" in text


def test_an_order_that_is_not_paid_or_was_given_up_is_nowhere(packer, weaver):
    thing = make_product(weaver, title_th="ผ้าที่ยังไม่จ่าย")
    unpaid = make_parcel(weaver, (thing, 1), paid=False)
    cancelled = make_parcel(weaver, (thing, 1), paid=False)
    cancel_unpaid(cancelled.order)

    for parcel in (unpaid, cancelled):
        for name in ("parcel", "slip"):
            assert packer.get(url(name, weaver, parcel.pk)).status_code == 404
        for name in ("parcel", "pack", "unpack"):
            assert packer.post(url(name, weaver, parcel.pk), EMS).status_code == 404
    for name in ("list", "sent", "all", "pick"):
        assert "ผ้าที่ยังไม่จ่าย" not in page(packer, name, weaver)
    assert set(Parcel.objects.values_list("status", flat=True)) == {"waiting", "cancelled"}


def test_a_parcel_shows_what_goes_in_and_where_it_goes(packer, weaver):
    parcel = make_parcel(weaver, (make_product(weaver, title_th="ผ้าพันคอ <b>"), 3))

    text = open_page(packer, parcel)

    assert "ผ้าพันคอ &lt;b&gt;" in text and "× 3" in text
    assert shows_address(text)
    assert 'href="tel:0812345678"' in text
    assert "buyer@shopper.example" not in text


def test_an_option_is_named_and_shown_by_its_own_picture(packer, weaver):
    options = [OptionPlan(name, "", 30_000, 4, picture=None) for name in ("ลายแมงมุม", "ลายน้ำไหล")]
    cloth = make_product(weaver, title_th="ผ้าซิ่น", options=options)
    spider, water = cloth.product.children.order_by("pk")
    for product, name in ((cloth.product, "cloth.jpg"), (spider, "spider.jpg")):
        ProductImage.objects.create(product=product, original=ContentFile(b"x", name))
    parcel = make_parcel(weaver, (spider, 1), (water, 2))

    text = open_page(packer, parcel)

    assert "ผ้าซิ่น – ลายแมงมุม" in text and "ผ้าซิ่น – ลายน้ำไหล" in text
    shown = re.findall(r'<img src="[^"]*/(spider|cloth)[^"/]*\.jpg\.480', text)
    assert shown == ["spider", "cloth"]


@pytest.mark.parametrize(
    "days, is_shown", [(0, True), (13.99, True), (14, False), (15, False), (400, False)]
)
def test_the_address_stays_for_two_weeks_after_sending(packer, weaver, days, is_shown):
    parcel = make_parcel(weaver)
    send(parcel=parcel, by=None, at=timezone.now() - timedelta(days=days), **EMS)

    text = open_page(packer, parcel)

    assert shows_address(text) == is_shown
    assert "EF582568151TH" in text
    slip = packer.get(url("slip", weaver, parcel.pk))
    assert slip.status_code == (200 if is_shown else 404)
    assert ("name" in text and "tracking_number" in text) == is_shown


def test_packed_and_sent_are_one_tap_each_and_the_buyer_is_told_once(packer, weaver):
    parcel = make_parcel(weaver)

    packed = post(packer, "pack", parcel)
    assert packed.redirect_chain[-1][0] == url("parcel", weaver, parcel.pk)
    assert Parcel.objects.get().status == Parcel.Status.PACKED
    for _ in range(2):
        post(packer, "parcel", parcel, EMS)
        post(packer, "pack", parcel)

    parcel.refresh_from_db()
    assert (parcel.status, parcel.tracking_number) == (Parcel.Status.SHIPPED, "EF582568151TH")
    run_ready_jobs()
    assert [letter.to for letter in mail.outbox] == [["buyer@shopper.example"]]
    entries = AuditEntry.objects.filter(target=f"parcel:{parcel.pk}").order_by("pk")
    assert list(entries.values_list("act", flat=True)) == ["parcel.pack", "parcel.send"]


def test_going_back_to_a_page_of_before_does_no_harm(packer, weaver):
    parcel = make_parcel(weaver)
    post(packer, "parcel", parcel, EMS)

    answer = post(packer, "unpack", parcel)

    assert "notice--error" in answer.content.decode()
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.SHIPPED
    post(packer, "parcel", parcel, {"carrier": "flash", "tracking_number": "TH01011VF1G50A"})
    parcel.refresh_from_db()
    assert (parcel.carrier, parcel.tracking_number) == ("flash", "TH01011VF1G50A")


def test_packed_can_be_taken_back(packer, weaver):
    parcel = make_parcel(weaver)
    post(packer, "pack", parcel)
    assert url("unpack", weaver, parcel.pk) in open_page(packer, parcel)

    post(packer, "unpack", parcel)

    assert Parcel.objects.get().status == Parcel.Status.PREPARING


def test_thai_digits_and_spaces_are_tidied_and_an_odd_length_is_only_remarked_on(packer, weaver):
    parcel = make_parcel(weaver)

    post(packer, "parcel", parcel, EMS | {"tracking_number": " ef ๕๘๒ 568-15th "})

    parcel.refresh_from_db()
    assert (parcel.status, parcel.tracking_number) == (Parcel.Status.SHIPPED, "EF58256815TH")
    assert "notice--warning" in open_page(packer, parcel)
    post(packer, "parcel", parcel, EMS)
    assert "notice--warning" not in open_page(packer, parcel)


@pytest.mark.parametrize(
    "typed, field",
    [
        ({"carrier": "", "tracking_number": "EF582568151TH"}, "carrier"),
        ({"carrier": "pigeon", "tracking_number": "EF582568151TH"}, "carrier"),
        ({"carrier": "flash", "tracking_number": "ดกดก๑๒๓"}, "tracking_number"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_nothing_typed_is_lost(
    packer, weaver, typed, field
):
    parcel = make_parcel(weaver)

    answer = post(packer, "parcel", parcel, typed)

    text = answer.content.decode()
    assert answer.status_code == 200 and list(answer.context["form"].errors) == [field]
    assert f'value="{typed["tracking_number"]}"' in text
    parcel.refresh_from_db()
    assert parcel.status == Parcel.Status.PREPARING
    run_ready_jobs()
    assert mail.outbox == []


def test_the_carrier_of_last_time_is_chosen_already(packer, weaver):
    first, second = make_parcel(weaver), make_parcel(weaver)
    send(parcel=first, by=None, carrier="flash", tracking_number="")

    text = open_page(packer, second)

    assert re.search(r'value="flash"[^>]*checked', text)


def test_what_was_paid_back_is_marked_and_left_out_of_slip_and_pick_list(packer, weaver):
    keep, back = (make_product(weaver, title_th=name) for name in ("ผ้าที่ส่ง", "ผ้าที่คืนเงิน"))
    parcel = make_parcel(weaver, (keep, 2), (back, 1))
    line = parcel.order.lines.get(title="ผ้าที่คืนเงิน")
    give_back(parcel.order.placement, lines={line.pk: 25_000})

    text = open_page(packer, parcel)

    assert "ผ้าที่คืนเงิน" in text and text.count("workpiece__stop") == 1
    for name, ids in (("slip", [parcel.pk]), ("pick", []), ("list", [])):
        other = page(packer, name, weaver, *ids)
        assert "ผ้าที่ส่ง" in other and "ผ้าที่คืนเงิน" not in other


def test_a_price_reduced_afterwards_is_still_sent(packer, weaver):
    parcel = make_parcel(weaver)
    give_back(parcel.order.placement, lines={parcel.order.lines.get().pk: 10_000})

    text = open_page(packer, parcel)

    assert "workpiece__stop" not in text and "฿100" in text
    assert url("pack", weaver, parcel.pk) in text


@pytest.mark.parametrize("is_settled", [True, False])
def test_a_parcel_paid_back_whole_shows_no_address_and_no_buttons(packer, weaver, is_settled):
    parcel = make_parcel(weaver)
    lines = {parcel.order.lines.get().pk: 25_000}
    if is_settled:
        give_back(parcel.order.placement, lines=lines)
    else:
        payments.open_refund(parcel.order, lines=lines, delivery={}, by=None, reason="เปลี่ยนใจ")

    text = open_page(packer, parcel)

    assert not shows_address(text) and "notice--warning" in text
    assert url("pack", weaver, parcel.pk) not in text and "tracking_number" not in text
    assert "chip--danger" in text and "chip--danger" in page(packer, "all", weaver)
    assert packer.get(url("slip", weaver, parcel.pk)).status_code == 404


def test_the_pick_list_adds_up_by_product_and_option(packer, weaver):
    options = [OptionPlan(name, "", 30_000, 9, picture=None) for name in ("แดง", "คราม")]
    cloth = make_product(weaver, title_th="ผ้าซิ่น", options=options)
    red, blue = cloth.product.children.order_by("pk")
    bag = make_product(weaver, title_th="ย่าม", stock=9)
    make_parcel(weaver, (red, 2), (bag, 1))
    make_parcel(weaver, (red, 1), (blue, 4))
    packed = make_parcel(weaver, (bag, 3))
    pack(parcel=packed, by=None)

    picks = packer.get(url("pick", weaver)).context["picks"]

    found = [(one.piece.title_th, one.quantity, one.parcels) for one in picks]
    assert found == [("ผ้าซิ่น – คราม", 4, 1), ("ผ้าซิ่น – แดง", 3, 2), ("ย่าม", 1, 1)]


def test_of_a_mixed_order_each_sees_its_own_lines_and_no_trace_of_the_other(client, weaver):
    village = make_village("34010105", "บ้านปะอาว")
    other = make_producer(village, "กลุ่มหล่อทองเหลืองนกยูง", name_en="Peacock Brass")
    mine = make_product(weaver, title_th="ผ้าของเรา", price_baht="111")
    theirs = make_product(other, title_th="ขันนกยูง", price_baht="777.77")
    placement = make_order((mine, 1), (theirs, 2))
    ours, parcel_of_others = (placement.order.parcels.get(producer=p) for p in (weaver, other))
    send(parcel=parcel_of_others, by=None, carrier="flash", tracking_number="THPEACOCK001")
    mail.outbox.clear()
    client.force_login(make_member(weaver, "owner").user)

    seen = ""
    for prefix in ("", "/en"):
        for name in ("list", "sent", "all", "pick"):
            seen += client.get(prefix + url(name, weaver)).content.decode()
        for name in ("parcel", "slip"):
            seen += client.get(prefix + url(name, weaver, ours.pk)).content.decode()
            assert client.get(prefix + url(name, weaver, parcel_of_others.pk)).status_code == 404
    for name in ("parcel", "pack", "unpack"):
        assert client.post(url(name, weaver, parcel_of_others.pk), EMS).status_code == 404

    assert "ผ้าของเรา" in seen
    total = placement.order.total_incl_tax
    totals = {f"{amount:,.2f}".removesuffix(".00") for amount in (total, Decimal("1555.54"))}
    for word in ("นกยูง", "Peacock", "ปะอาว", "777.77", "THPEACOCK001", *totals):
        assert word not in seen
    parcel_of_others.refresh_from_db()
    assert parcel_of_others.tracking_number == "THPEACOCK001"


@pytest.mark.parametrize("role", ["finance", "viewer"])
def test_who_does_not_pack_sees_no_orders(client, weaver, role):
    parcel = make_parcel(weaver)
    client.force_login(make_member(weaver, role).user)

    for name, ids in (("list", []), ("parcel", [parcel.pk]), ("slip", [parcel.pk]), ("pick", [])):
        response = client.get(url(name, weaver, *ids))
        assert response.status_code == 403 and not shows_address(response.content.decode())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_buyer_sees_each_parcel_with_its_carrier_number_and_link(client, weaver, prefix):
    potter = make_producer(make_village("57010501", "บ้านเหนือ"))
    placement = make_order((make_product(weaver), 1), (make_product(potter), 1))
    first, second = (placement.order.parcels.get(producer=p) for p in (weaver, potter))
    send(parcel=first, by=None, **EMS)
    pack(parcel=second, by=None)

    text = client.get(f"{prefix}/orders/{placement.token}/").content.decode()

    assert text.count("EF582568151TH") == 3 and f'href="{LINK}"' in text
    assert text.count("order-tracking") == 1
    if prefix:
        assert "Parcel: on its way" in text and "Parcel: packed" in text
        assert "Thailand Post (EMS, registered)" in text

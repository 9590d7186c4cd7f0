"""Choosers find words inside Thai names in as many statements for many rows as for few."""

from itertools import islice

import geothai
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from oscar.core.loading import get_model

from marketplace.accounts.roles import StaffRole
from marketplace.core import thai
from marketplace.provenance.models import Listing
from marketplace.villages.models import Village
from tests import factories
from tests.cms.test_editing import PRODUCTS, VILLAGES, editor

pytestmark = pytest.mark.django_db

NAMES = ("ผ้าไหมมัดหมี่", "ผ้าครามลายขอ", "เสื่อกกจันทบูร", "ตะกร้าย่านลิเภา", "น้ำพริกหนุ่ม")
SEARCHES = {
    "villages": (f"{VILLAGES}results/", {}),
    "village, middle of a name": (f"{VILLAGES}results/", {"q": "ดอน"}),
    "village, no such name": (f"{VILLAGES}results/", {"q": "ฮฮฮฮ"}),
    "products": (f"{PRODUCTS}results/", {}),
    "products, second page": (f"{PRODUCTS}results/", {"p": "2"}),
    "product, middle of a name": (f"{PRODUCTS}results/", {"q": "มัดหมี่"}),
    "product, two words": (f"{PRODUCTS}results/", {"q": "ลายขอ ผ้าคราม"}),
    "product, no such name": (f"{PRODUCTS}results/", {"q": "ฮฮฮฮ"}),
}


def fill(villages: int, products: int) -> None:
    """So many rows, as copies of one that was made in the usual way."""
    _copy_villages(villages)
    made = factories.make_product()
    listing, product = Listing.objects.get(pk=made.product_id), made.product
    model, path = get_model("catalogue", "Product"), f"copy-{listing.slug[:40]}"
    kind = {"structure": "standalone", "product_class_id": product.product_class_id}
    copies = [model(title=f"x{n}", slug=path, **kind) for n in range(products - 1)]
    copies = model.objects.bulk_create(copies, batch_size=500)
    Listing.objects.bulk_create([_renamed(listing, copy.pk) for copy in copies], batch_size=500)


def _renamed(listing: Listing, number: int) -> Listing:
    name = f"{NAMES[number % len(NAMES)]} {number}"
    columns = {field.attname: getattr(listing, field.attname) for field in Listing._meta.fields}
    words = {"search_text": f"{name} {listing.search_text}"}
    return Listing(**columns | {"product_id": number, "title_th": name} | words)


def _copy_villages(count: int) -> None:
    known = (f"{amphoe}{n:02}" for amphoe in range(5001, 5026) for n in range(1, 20))
    official = filter(geothai.subdistrict, known)
    tambons = list(islice(official, -(-count // 99)))
    for code in tambons:
        factories.make_tambon(code)
    codes = [f"{code}{moo:02}" for code in tambons for moo in range(1, 100)][:count]
    rows = [
        Village(
            code=code, tambon_id=code[:6], name_th=f"บ้านดอน{code[4:]}", status_since=thai.today()
        )
        for code in codes
    ]
    Village.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)


def statements(client, url: str, sent: dict) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, sent).status_code == 200
    return len(captured)


def test_choosers_cost_the_same_for_many_rows(client):
    editor(client, StaffRole.CURATOR)
    factories.make_village()
    counts = []
    for size in (13, 400):
        fill(size, size)
        for url, sent in SEARCHES.values():
            client.get(url, sent)
        counts.append([statements(client, url, sent) for url, sent in SEARCHES.values()])

    few, many = counts
    assert few == many and max(many) <= 12

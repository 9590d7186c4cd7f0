"""Alcoholic drinks are never public: by their flag, in the import, and in the database itself."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.provenance.alcohol import may_be_alcoholic
from marketplace.provenance.imports import reasons
from marketplace.provenance.imports.judging import judge
from marketplace.provenance.imports.layouts import ListRow
from marketplace.provenance.models import Listing, Provenance
from marketplace.provenance.services import declare_alcohol, publish_product
from marketplace.provenance.services.errors import CannotPublish
from tests.factories import make_product


@pytest.mark.parametrize(
    ("title", "otop_type", "expected"),
    [
        ("ไวน์กระเจี๊ยบ", "beverage", True),
        ("น้ำหมากเม่าหมักแบบไวน์", "beverage", True),
        ("สาโทข้าวเหนียวดำ", "", True),
        ("สุราพื้นบ้าน", "food", True),
        ("ยาดองสมุนไพร", "herbal", True),
        ("Mulberry wine", "beverage", True),
        ("น้ำมะพร้าวสุราษฎร์", "beverage", False),
        ("ไวน์องุ่นไร้แอลกอฮอล์", "beverage", False),
        ("กาแฟดริป", "beverage", False),
        ("ปลาดุกหมักสาโท", "food", False),
        ("สบู่ไวน์แดง", "herbal", False),
        ("ไวน์แร็คไม้สัก", "household", False),
        ("Ginger tea", "beverage", False),
    ],
)
def test_names_say_alcohol(title, otop_type, expected):
    assert may_be_alcoholic(title, otop_type) is expected


def test_an_import_leaves_alcohol_to_a_person():
    row = ListRow(line=1, raw={}, title_th="ไวน์หม่อน")

    assert judge([row], "food").review == [reasons.ALCOHOL]
    assert judge([ListRow(line=1, raw={}, title_th="น้ำหม่อน")], "food").review == []


@pytest.mark.django_db
def test_a_drink_is_flagged_by_its_name_and_cannot_be_published():
    wine = make_product(title_th="ไวน์หม่อน", otop_type="beverage", public=False)
    assert wine.is_alcoholic

    with pytest.raises(CannotPublish, match="แอลกอฮอล์|Alcoholic"):
        publish_product(provenance=wine, by=None)

    wine.refresh_from_db()
    assert (wine.status, wine.product.is_public) == ("draft", False)
    assert not Listing.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Provenance.objects.filter(pk=wine.pk).update(status="public", published_at=timezone.now())


@pytest.mark.django_db
def test_what_a_person_says_counts_more_than_a_name():
    syrup = make_product(title_th="ไวน์หม่อน", otop_type="beverage", is_alcoholic=False, public=True)

    assert syrup.status == "public"


@pytest.mark.django_db
def test_a_public_product_found_to_be_alcoholic_leaves_the_shop_at_once():
    juice = make_product(title_th="น้ำหม่อน", otop_type="beverage")

    for _ in range(2):
        declare_alcohol(provenance=juice, is_alcoholic=True, by=None)

    juice.product.refresh_from_db()
    assert (juice.status, juice.product.is_public) == ("withdrawn", False)
    assert not Listing.objects.exists()
    assert AuditEntry.objects.filter(act="product.alcohol").count() == 1
    declare_alcohol(provenance=juice, is_alcoholic=False, by=None)
    assert publish_product(provenance=juice, by=None).status == "public"

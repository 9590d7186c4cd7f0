import pytest
from django.db import IntegrityError, transaction

from marketplace.places.models import Amphoe, Province

pytestmark = pytest.mark.django_db


def test_an_amphoe_belongs_to_the_province_its_code_begins_with():
    Province.objects.create(code="50", name_th="เชียงใหม่", region="N", sort_key="ชยงใหม")

    with pytest.raises(IntegrityError), transaction.atomic():
        Amphoe.objects.create(code="5101", name_th="เมืองลำพูน", province_id="50", sort_key="x")

    assert Amphoe.objects.count() == 0

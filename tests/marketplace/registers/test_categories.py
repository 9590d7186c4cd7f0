"""Curators keep the shop's categories in the admin: audited, and search hears of it."""

import pytest
from django.urls import NoReverseMatch, reverse
from oscar.apps.catalogue.models import Category

from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry, OutboxEntry
from tests import factories
from tests.people import staff

pytestmark = pytest.mark.django_db

ADD = "category-register:add"
INDEX = "category-register:index"


def edit(client, category, **form):
    return client.post(reverse("category-register:edit", args=[category.pk]), form)


def test_a_category_is_added_below_another_and_found_by_a_word_inside(client, curator):
    textiles = factories.make_category("ผ้าทอ", name_en="Textiles")

    form = {"name_th": "ผ้าไหมมัดหมี่", "name_en": "Mudmee silk", "parent": textiles.pk}
    assert client.post(reverse(ADD), form).status_code == 302
    assert client.post(reverse(ADD), form).status_code == 200

    textiles.refresh_from_db()
    silk = textiles.get_children().get()
    assert (silk.name, silk.english.name_en, silk.slug) == (
        "ผ้าไหมมัดหมี่", "Mudmee silk", "mudmee-silk",
    )  # fmt: skip
    for words in ("มัดหมี่", "mee silk"):
        page = client.get(reverse(INDEX), {"q": words}).text
        assert "— ผ้าไหมมัดหมี่" in page and "Textiles" not in page
    assert AuditEntry.objects.get(act="category.add").actor == curator


def test_a_category_is_renamed_and_hidden_with_its_address_kept(client, curator):
    textiles = factories.make_category("ผ้าทอ", name_en="Textiles")
    silk = factories.make_category("ผ้าไหม", parent=textiles)
    scarf = factories.make_product(categories=[silk])
    slug = textiles.slug
    OutboxEntry.objects.all().delete()

    assert edit(client, textiles, name_th="ผ้า", name_en="").status_code == 302

    textiles.refresh_from_db()
    assert (textiles.name, textiles.slug, textiles.is_public) == ("ผ้า", slug, False)
    assert not hasattr(textiles, "english")
    assert not Category.objects.get(pk=silk.pk).ancestors_are_public
    noted = OutboxEntry.objects.values_list("kind", "object_id")
    assert list(noted) == [("product", str(scarf.product_id))]
    assert AuditEntry.objects.get(act="category.change").actor == curator
    edit(client, textiles, name_th="ผ้า", name_en="")
    assert AuditEntry.objects.filter(act="category.change").count() == 1


def test_two_of_one_name_beside_each_other_are_refused(client, curator):
    textiles, food = factories.make_category("ผ้าทอ"), factories.make_category("อาหาร")

    for wrong in ("ผ้าทอ", " ", "ก" * 256):
        assert edit(client, food, name_th=wrong, is_public="on").status_code == 200

    food.refresh_from_db()
    assert (food.name, textiles.name) == ("อาหาร", "ผ้าทอ")
    assert not AuditEntry.objects.filter(act="category.change").exists()


@pytest.mark.parametrize(
    "role",
    [StaffRole.REVIEWER, StaffRole.FINANCE, StaffRole.SUPPORT, StaffRole.OFFICER, None],
)
def test_nobody_but_curators_keeps_categories(client, role):
    food = factories.make_category("อาหาร")
    user = staff(role) if role else factories.make_member(factories.make_producer()).user
    client.force_login(user)

    assert client.get(reverse(INDEX)).status_code in (302, 403)
    client.post(reverse(ADD), {"name_th": "ใหม่"})
    edit(client, food, name_th="ใหม่")

    assert list(Category.objects.values_list("name", flat=True)) == ["อาหาร"]


@pytest.mark.parametrize("act", ["delete", "copy", "history", "usage", "inspect"])
def test_no_category_is_deleted(act):
    with pytest.raises(NoReverseMatch):
        reverse(f"category-register:{act}", args=[1])

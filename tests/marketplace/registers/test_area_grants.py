"""Administrators, and nobody else, say which areas an officer answers for."""

from datetime import date

import pytest
from django.urls import reverse

from marketplace.accounts import services
from marketplace.accounts.models import AreaGrant
from marketplace.accounts.permissions import may_review
from marketplace.accounts.roles import StaffRole
from marketplace.core.models import AuditEntry
from tests import factories

pytestmark = pytest.mark.django_db

FORM = {"email": "officer@example.org", "area_code": "50", "valid_from": "2020-01-01"}


@pytest.fixture
def officer():
    user = factories.make_user("officer@example.org")
    services.give_role(user=user, role=StaffRole.OFFICER, by=None)
    return user


def test_an_administrator_grants_an_area_and_ends_it(client, officer):
    administrator = factories.make_user(is_staff=True, is_superuser=True)
    client.force_login(administrator)
    add = reverse("area-grant-register:add")

    assert client.post(add, FORM | {"area_code": "5"}).status_code == 200
    assert client.post(add, FORM | {"email": "nobody@example.org"}).status_code == 200
    assert not AreaGrant.objects.exists()
    assert client.post(add, FORM).status_code == 302

    grant = AreaGrant.objects.get()
    assert (grant.user, grant.granted_by) == (officer, administrator)
    assert may_review(officer, "50010811")
    page = client.get(reverse("area-grant-register:index"), {"q": "officer"}).text
    assert "officer@example.org" in page
    edit = reverse("area-grant-register:edit", args=[grant.pk])
    assert client.post(edit, {"valid_until": "2019-01-01"}).status_code == 200
    assert client.post(edit, {"valid_until": "2025-12-31"}).status_code == 302
    grant.refresh_from_db()
    assert grant.valid_until == date(2025, 12, 31)
    assert not may_review(officer, "50010811")
    assert AuditEntry.objects.filter(actor=administrator).count() == 2


@pytest.mark.parametrize("role", list(StaffRole))
def test_no_other_role_may(client, officer, role):
    user = factories.make_user()
    services.give_role(user=user, role=role, by=None)
    client.force_login(user)

    assert client.get(reverse("area-grant-register:index")).status_code in (302, 403)
    client.post(reverse("area-grant-register:add"), FORM)

    assert not AreaGrant.objects.exists()

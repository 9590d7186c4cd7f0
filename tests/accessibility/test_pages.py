"""Every kind of page, in Thai and English, at 390 and 1280 px, as those see it who may."""

import pytest

from tests.accessibility.audit import findings, open_page
from tests.accessibility.pages import OURS, SHOP, STAFF, WORKBENCH

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

PREFIXES = {"th": "", "en": "/en"}


def looked_at(kind, path_of, open_as) -> list[str]:
    page, path, found = open_as(kind.person), path_of(kind), []
    for language, prefix in PREFIXES.items():
        open_page(page, prefix + path, kind)
        found += findings(page, language)
    return found


@pytest.mark.parametrize("name", SHOP)
def test_a_page_of_the_shop_is_open_to_everybody(name, path_of, open_as):
    assert looked_at(SHOP[name], path_of, open_as) == []


@pytest.mark.parametrize("name", WORKBENCH)
def test_a_page_of_the_workbench_is_open_to_everybody(name, path_of, open_as):
    assert looked_at(WORKBENCH[name], path_of, open_as) == []


@pytest.mark.parametrize("name", STAFF)
def test_a_page_of_the_staff_is_open_to_everybody(name, path_of, open_as):
    kind, found = STAFF[name], []
    path = path_of(kind)
    for language in PREFIXES:
        # Staff read the admin in the language of their profile, not of the address.
        page = open_as(f"{kind.person}:{language}")
        open_page(page, path, kind)
        found += findings(page, language, OURS)
    assert found == []

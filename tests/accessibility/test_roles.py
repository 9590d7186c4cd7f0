"""What everybody but the owner sees of the workbench; the owner's pages are in test_pages.py."""

import re

import pytest

from tests.accessibility.audit import PHONE, findings, open_page
from tests.accessibility.pages import WORKBENCH
from tests.shop.workbench.access import EVERYBODY, MATRIX, nothing

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

TAG = re.compile(r'<(\w+)|\bclass="([^"]*)"')


@pytest.fixture(scope="module")
def shapes_seen(path_of, open_as) -> set[tuple]:
    """Pages as they are built, without their words: most are the owner's, or have less on them."""
    page = open_as("owner")
    return {shape_of(page, path_of(WORKBENCH[name])) for name in served_to("owner")}


def served_to(person: str) -> list[str]:
    """The pages that lead on; those of one thing look alike for all who may open them."""
    return [
        name.removeprefix("workbench:")
        for name, address in MATRIX.items()
        if person in address.who and address.get == 200 and address.ids is nothing
    ]


def shape_of(page, path: str) -> tuple:
    return tuple(TAG.findall(page.request.get(path).text()))


@pytest.mark.parametrize("person", sorted(EVERYBODY - {"owner"}))
def test_a_page_built_otherwise_for_somebody_is_open_to_everybody(
    person, path_of, open_as, shapes_seen
):
    page, found = open_as(person), []
    for name in served_to(person):
        path = path_of(WORKBENCH[name])
        shape = shape_of(page, path)
        if shape not in shapes_seen:
            shapes_seen.add(shape)
            open_page(page, path, WORKBENCH[name])
            found += findings(page, "th", widths=[PHONE])
    assert found == []

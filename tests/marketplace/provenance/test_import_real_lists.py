"""The government's list and a list with prices, where REAL_DATA names their folder."""

import csv
import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Q
from oscar.apps.catalogue.models import Product

from marketplace.producers.models import Producer
from marketplace.provenance.imports.settling import settle_row
from marketplace.provenance.imports.staging import import_products
from marketplace.provenance.models import ImportRow, Provenance
from marketplace.villages.models import Village

FOLDER = Path(os.environ.get("REAL_DATA", "")) / "otop"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.real_data,
    pytest.mark.only_on("postgresql"),  # a minute; a journey imports the same list on both
]


@pytest.fixture(autouse=True)
def places(db):
    call_command("import_places", verbosity=0)


def normalised():
    with (FOLDER / "otop_food_dla.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_governments_list_is_placed_and_the_second_run_changes_nothing():
    path = FOLDER / "otop_food_dla_government_headings.csv"

    report = import_products(path, source="dla-food", default_type="food")

    assert report.read == 4_541
    assert report.ok + report.warning + report.review + report.rejected + report.already == 4_541
    assert report.placed >= 0.96 * 4_541
    assert report.drafts == Product.objects.count() == Provenance.objects.count() > 2_400
    agreement = _agreement()
    print(f"\nplaced {report.placed}, villages {report.villages}, {agreement}")
    assert agreement["another tambon"] == 0
    assert agreement["another village"] == 0
    _assert_nobody_is_published()

    before = list(Product.objects.order_by("pk").values_list("pk", "title", "date_updated"))
    again = import_products(path, source="dla-food", default_type="food")
    assert (again.already, again.drafts) == (4_541, 0)
    assert before == list(Product.objects.order_by("pk").values_list("pk", "title", "date_updated"))


def _agreement() -> dict[str, int]:
    """Our codes against the normalised columns, line by line (repeats have no line of theirs)."""
    by_line = {row.line_number: row for row in ImportRow.objects.filter(source="dla-food")}
    found = {"same tambon": 0, "another tambon": 0, "same village": 0, "another village": 0}
    found |= {"only ours": 0, "only theirs": 0}
    for number, theirs in enumerate(normalised(), start=2):
        ours = by_line.get(number)
        if ours is None:
            continue
        pairs = [("tambon", ours.tambon_code, theirs["subdistrict_code"])]
        pairs += [("village", ours.village_code, theirs["village_code"])]
        for level, own, other in pairs:
            if own and other:
                found[f"{'same' if own == other else 'another'} {level}"] += 1
        found["only ours"] += bool(ours.tambon_code and not theirs["subdistrict_code"])
        found["only theirs"] += bool(theirs["subdistrict_code"] and not ours.tambon_code)
    return found


def _assert_nobody_is_published() -> None:
    """No title, producer or village holds an outlet that begins like a person, or a phone."""
    names = [
        *Product.objects.values_list("title", flat=True),
        *Producer.objects.values_list("name_th", flat=True),
        *Village.objects.values_list("name_th", flat=True),
    ]
    titles = ("นาย", "นางสาว", "น.ส.", "คุณ")
    assert [name for name in names if name.startswith(titles)] == []
    assert not Product.objects.filter(Q(title__regex=r"0[0-9]{8,9}")).exists()


def test_a_list_with_prices_waits_for_its_villages_and_keeps_its_prices():
    report = import_products(FOLDER / "products_with_prices_small.csv", source="students")

    assert report.read == 70 and report.review + report.already + report.rejected == 70
    waiting = ImportRow.objects.filter(status="review")
    assert all(row.facts["price_satang"] > 0 for row in waiting)
    dearest = max(waiting, key=lambda row: row.facts["price_satang"])
    assert dearest.facts["price_satang"] == 650_000_000
    made = settle_row(row=dearest, village_code="57010101", by=None)
    assert made.product.stockrecords.get().price == 6_500_000

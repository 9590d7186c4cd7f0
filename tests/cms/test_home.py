"""The home page: whose turn it is, what stands on top, figures."""

from datetime import date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from cms.home.models import FeaturedVillage
from cms.home.queries import featured_villages
from marketplace.core import thai
from marketplace.ledger.models import PublicTotal
from marketplace.ledger.public_totals import count_public_totals
from marketplace.producers.models import IncomeDisclosure
from marketplace.villages.models import Village
from tests import factories
from tests.cms.conftest import home, make_picture, make_story
from tests.factories import make_producer, make_village
from tests.marketplace.ledger import rig

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 22)


def feature(code: str, name: str, order: int = 0, language: str = "th", **dates):
    village = factories.make_village(code, name)
    dates.setdefault("valid_from", DAY)
    return FeaturedVillage.objects.create(
        page=home(language), village=village, sort_order=order, **dates
    )


def names_on(day: date, language: str = "th") -> list[str]:
    return [village.name_th for village in featured_villages(home(language), day)]


def test_villages_take_turns_in_order():
    feature("50010811", "บ้านดอยปุย", 2)
    feature("34010105", "บ้านปะอาว", 1, valid_until=DAY)

    assert names_on(DAY - timedelta(1)) == []
    assert names_on(DAY) == ["บ้านปะอาว", "บ้านดอยปุย"]
    assert names_on(DAY + timedelta(1)) == ["บ้านดอยปุย"]


@pytest.mark.parametrize("status", ["dormant", "closed"])
def test_sleeping_villages_have_no_turn(status):
    turn = feature("50010811", "บ้านดอยปุย")
    Village.objects.update(status=status)
    other = factories.make_village("34010105", "บ้านปะอาว")
    Village.objects.update(status=status)
    other.refresh_from_db()

    assert names_on(DAY) == []
    FeaturedVillage.objects.get(pk=turn.pk).clean()  # given before it fell asleep
    with pytest.raises(ValidationError, match="พักหรือปิดอยู่"):
        FeaturedVillage(page=home(), village=other, valid_from=DAY).clean()


def test_the_english_page_borrows_the_thai_turns_until_it_has_its_own():
    feature("50010811", "บ้านดอยปุย")
    borrowed = names_on(DAY, "en")
    feature("34010105", "บ้านปะอาว", language="en")

    assert borrowed == ["บ้านดอยปุย"]
    assert names_on(DAY, "en") == ["บ้านปะอาว"]
    assert names_on(DAY) == ["บ้านดอยปุย"]


def test_a_preview_shows_turns_that_are_not_saved():
    feature("50010811", "บ้านดอยปุย")
    page = home()
    page.featured_villages = [
        FeaturedVillage(village=factories.make_village("34010105", "บ้านปะอาว"), valid_from=DAY)
    ]

    assert [village.name_th for village in featured_villages(page, DAY)] == ["บ้านปะอาว"]
    assert names_on(DAY) == ["บ้านดอยปุย"]


def test_the_story_on_top_brings_picture_line_and_village(client):
    page = home()
    page.hero_story = make_story(picture=make_picture())
    page.save()

    shown = client.get("/").content.decode()

    assert "คนย้อมคราม" in shown and "บ้านดอยปุย" in shown and 'fetchpriority="high"' in shown
    assert shown.count("<h1") == 1


def test_a_withdrawn_story_leaves_the_top(client):
    page = home()
    page.hero_story = page.story = make_story(title="เรื่องนี้ถูกถอน")
    page.save()
    Page.objects.filter(pk=page.hero_story_id).update(live=False)

    assert "เรื่องนี้ถูกถอน" not in client.get("/").content.decode()


def test_income_of_the_fiscal_year_is_sales_less_refunds(client):
    first = thai.fiscal_year_range(thai.fiscal_year_be(thai.today()))[0]
    this_year = datetime.combine(first, time(12), tzinfo=thai.BANGKOK)
    maker = make_producer(make_village("50010811"))
    other = make_producer(make_village("34010105"))
    sold = rig.sell(
        [rig.Part(maker, {"50010811": 1_234_500}), rig.Part(other, {"34010105": 500})],
        {maker.pk: 77_700},
        at=this_year,
    )[0]
    rig.refund(sold, lines={sold.shares[0].line_id: 500}, at=this_year)
    rig.sell_in({"50010811": 9_900}, at=this_year - timedelta(31), producer=maker)
    assert "<dd>2</dd>" not in client.get("/").content.decode()  # not counted yet

    count_public_totals()

    shown = client.get("/").content.decode()
    assert "<dd>฿12,345</dd>" in shown
    assert "<dd>2</dd>" in shown


def test_a_total_that_would_give_a_village_away_is_not_shown(client):
    """Both are known but for one: the sum less the known one would be the other's income."""
    first = thai.fiscal_year_range(thai.fiscal_year_be(thai.today()))[0]
    at = datetime.combine(first, time(12), tzinfo=thai.BANGKOK)
    agreed = make_producer(make_village("50010811"))
    IncomeDisclosure.objects.create(producer=agreed, valid_from=first)
    rig.sell_in({"50010811": 1_234_500}, at=at, producer=agreed)
    rig.sell_in({"34010105": 500}, at=at, producer=make_producer(make_village("34010105")))

    count_public_totals()

    year = thai.fiscal_year_be(thai.today())
    total = PublicTotal.objects.get(fiscal_year_be=year, area_code="")
    shown = client.get("/en/").content.decode()
    assert (total.exact_satang, total.disclosed_satang) == (None, 1_234_500)
    assert "<dd>2</dd>" in shown and "12,350" not in shown
    assert "Income of the villages that publish theirs</dt><dd>฿12,345</dd>" in shown


def test_an_empty_site_has_a_home(client):
    assert client.get("/").status_code == 200
    assert client.get("/en/").status_code == 200

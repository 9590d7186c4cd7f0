"""A curator in Wagtail's admin: choosers that find Thai words, a story through its form, rights."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms import addresses
from cms.home.models import FeaturedVillage
from cms.stories.models import StoryPage
from marketplace.accounts import services
from marketplace.accounts.roles import StaffRole
from marketplace.villages.models import Village
from tests import factories, people
from tests.cms.conftest import home, make_index, make_picture, make_story

pytestmark = pytest.mark.django_db

VILLAGES, PRODUCTS = "/cms/village_chooser/", "/cms/product_chooser/"


@pytest.fixture
def curator(client):
    return editor(client, StaffRole.CURATOR)


def editor(client, role: StaffRole):
    user = factories.make_user()
    services.give_role(user=user, role=role, by=None)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("words", "found"),
    [("ปุย", True), ("doi", True), ("5001", True), ("ปะอาว", False), ("%", False)],
)
def test_villages_are_found_by_a_part_of_a_name_or_by_code(client, curator, words, found):
    factories.make_village("50010811", "บ้านดอยปุย", name_en="Ban Doi Pui")

    shown = client.get(f"{VILLAGES}results/", {"q": words}).content.decode()

    assert ("บ้านดอยปุย" in shown) is found


def test_closed_villages_cannot_be_chosen(client, curator):
    factories.make_village("50010811", "บ้านดอยปุย")
    Village.objects.update(status="closed")

    assert "บ้านดอยปุย" not in client.get(VILLAGES).content.decode()


@pytest.mark.parametrize("words", ["มัดหมี่", "ดอยปุย", "ผ้าไหม เชียงใหม่"])
def test_products_are_found_by_words_inside_names(client, curator, words):
    factories.make_product(title_th="ผ้าไหมมัดหมี่ลายขอ")
    factories.make_product(
        factories.make_producer(factories.make_village("34010105", "บ้านปะอาว")),
        title_th="ขันทองเหลือง",
    )

    shown = client.get(f"{PRODUCTS}results/", {"q": words}).content.decode()

    assert "ผ้าไหมมัดหมี่ลายขอ" in shown and "ขันทองเหลือง" not in shown


def test_choosers_show_a_page_at_a_time(client, curator, django_assert_max_num_queries):
    producer = factories.make_producer()
    for _ in range(14):
        factories.make_product(producer)

    with django_assert_max_num_queries(12):
        shown = client.get(f"{PRODUCTS}results/").content.decode()

    assert shown.count("data-chooser-modal-choice") == 12
    assert client.get(f"{PRODUCTS}results/?p=99").status_code == 404


@pytest.mark.parametrize("url", [VILLAGES, PRODUCTS, "/cms/route_chooser/"])
def test_choosers_are_for_staff(client, url):
    for user in (AnonymousUser(), people.shopper(), people.maker()):
        client.logout()
        if user.is_authenticated:
            client.force_login(user)
        assert client.get(url).status_code in (302, 403)


def story_form(village, picture, product, **facts):
    return nested_form_data(
        {
            "title": "คนย้อมครามริมฝาย",
            "slug": "",
            "village": village.code,
            "intro": "สีน้ำเงินที่เริ่มจากใบไม้",
            "picture": picture.pk,
            "body": streamfield(
                [
                    ("paragraph", rich_text("<p>ยายตื่นตีสี่</p>")),
                    ("picture", {"picture": picture.pk, "caption": "หม้อ", "credit": ""}),
                    ("quote", {"text": "ครามมีชีวิต", "speaker": "ยายบัว"}),
                    ("products", {"heading": "", "products": inline_list([product.product_id])}),
                    ("village", {"village": village.code}),
                ]
            ),
            "comments": inline_formset([]),
            **facts,
        }
    )


def inline_list(values):
    return {
        "count": len(values),
        **{str(n): {"value": v, "order": n, "deleted": ""} for n, v in enumerate(values)},
    }


def test_a_curator_writes_and_publishes_a_story(client, curator):
    village, picture = factories.make_village(), make_picture()
    product = factories.make_product(title_th="ผ้าครามลายขอ")
    add = f"/cms/pages/add/stories/storypage/{make_index().pk}/"

    opened = client.get(add)
    form = story_form(village, picture, product)
    client.post(add, form | {"action-publish": "1"})

    assert opened.status_code == 200
    story = StoryPage.objects.get(locale__language_code="th")
    assert story.slug.isascii() and story.slug
    shown = client.get(story.url).content.decode()
    for words in ("ยายตื่นตีสี่", "ครามมีชีวิต", "ผ้าครามลายขอ", "คนย้อมครามริมฝาย"):
        assert words in shown
    assert client.get(f"/cms/pages/{story.pk}/edit/").status_code == 200


def test_a_story_not_translated_yet_is_mirrored_and_says_that_it_is_thai(client, curator):
    village, picture = factories.make_village(), make_picture()
    form = story_form(village, picture, factories.make_product())
    add = f"/cms/pages/add/stories/storypage/{make_index().pk}/"

    client.post(add, form | {"action-publish": "1"})

    mirror = StoryPage.objects.get(locale__language_code="en")
    shown = client.get(addresses.page_url(mirror)).content.decode()
    assert mirror.alias_of_id
    assert '<article class="story" lang="th">' in shown and '<html lang="en">' in shown


def test_a_slug_of_the_shop_is_refused_in_the_form(client, curator):
    add = f"/cms/pages/add/pages/plainpage/{home().pk}/"
    form = nested_form_data(
        {"title": "ตะกร้า", "slug": "basket", "body": rich_text("<p>x</p>"),
         "comments": inline_formset([])}
    )  # fmt: skip

    answers = [client.post(add, form | action) for action in ({}, {"action-publish": "1"})]

    assert all(b"Choose another slug" in a.content or a.status_code == 200 for a in answers)
    assert not Page.objects.filter(slug="basket").exists()


def test_the_home_page_opens_with_its_turns(client, curator):
    page = home()
    FeaturedVillage.objects.create(page=page, village=factories.make_village())
    make_story()

    assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200


@pytest.mark.parametrize(
    ("role", "writes", "approves"),
    [(StaffRole.CURATOR, True, True), (StaffRole.REVIEWER, False, True),
     (StaffRole.FINANCE, False, False), (StaffRole.SUPPORT, False, False),
     (StaffRole.OFFICER, False, False)],
)  # fmt: skip
def test_roles_may_write_or_approve(client, role, writes, approves):
    user, story = editor(client, role), make_story()
    index = make_index()

    assert index.permissions_for_user(user).can_add_subpage() is writes
    assert story.permissions_for_user(user).can_publish() is approves
    assert client.get("/cms/images/").status_code == (200 if approves else 302)


def test_every_page_goes_to_a_reviewer(client, curator):
    story = make_story()
    workflow = story.get_workflow()
    workflow.start(story, curator)

    task = story.current_workflow_task
    assert [group.name for group in task.groups.all()] == ["reviewer"]

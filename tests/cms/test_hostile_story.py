"""Titles of stories that no column takes are refused in the form, and nothing is stored."""

import pytest
from wagtail.models import Page, Revision

from cms.stories.models import StoryPage
from marketplace.accounts import services
from marketplace.accounts.roles import StaffRole
from tests import factories
from tests.cms.conftest import make_index, make_picture
from tests.cms.test_editing import story_form
from tests.shop.test_hostile_input import VALUES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["ten kilobytes", "nul"])
@pytest.mark.parametrize("field", ["title", "intro", "slug"])
def test_a_story_with_such_words_is_refused(client, field, kind):
    curator = factories.make_user()
    services.give_role(user=curator, role=StaffRole.CURATOR, by=None)
    client.force_login(curator)
    form = story_form(factories.make_village(), make_picture(), factories.make_product())
    add = f"/cms/pages/add/stories/storypage/{make_index().pk}/"
    before = Page.objects.count(), Revision.objects.count()

    answer = client.post(add, form | {field: VALUES[kind].decode(), "action-publish": "1"})

    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert not StoryPage.objects.exists()
    assert (Page.objects.count(), Revision.objects.count()) == before

"""Pictures of pages: sizes are the worker's, a page never waits for them."""

import pytest
from django.template import Context, Template
from django_tasks_db.models import DBTaskResult

from cms.media.renditions import SPECS, load_renditions, make_renditions
from tests.cms.conftest import make_picture

pytestmark = pytest.mark.django_db


def drawn(picture, arguments: str = "") -> str:
    template = Template("{% load photos %}{% photo picture alt " + arguments + " %}")
    return template.render(Context({"picture": picture, "alt": "กี่ <ทอผ้า>"}))


def test_a_saved_picture_is_handed_to_the_worker():
    picture = make_picture()

    job = DBTaskResult.objects.get(task_path="cms.media.renditions.make_renditions")

    assert job.args_kwargs["args"] == [picture.pk]


def test_the_worker_makes_five_widths_in_two_formats_once():
    picture = make_picture(width=1600)

    made = make_renditions.call(picture.pk), make_renditions.call(picture.pk)

    assert made == (10, 10)
    assert picture.renditions.count() == len(SPECS) == 10
    widths = sorted(set(picture.renditions.values_list("width", flat=True)))
    assert widths == [240, 480, 720, 960, 1440]


def test_a_picture_that_is_gone_has_no_sizes():
    assert make_renditions.call(1) == 0


def test_until_then_the_original_is_shown_and_nothing_is_made():
    picture = make_picture()

    html = drawn(picture)

    assert picture.file.url in html
    assert 'width="320" height="240"' in html and "srcset" not in html
    assert not picture.renditions.exists()


def test_the_browser_chooses_a_width(django_assert_num_queries):
    picture = make_picture(width=1000)
    make_renditions.call(picture.pk)
    load_renditions([picture])

    with django_assert_num_queries(0):
        html = drawn(picture, '"46vw" True')

    assert html.count("<source") == 1 and 'type="image/webp"' in html
    assert [f"{width}w" in html for width in (240, 480, 720, 960, 1000, 1440)] == [True] * 5 + [
        False
    ]
    assert 'sizes="46vw"' in html and 'fetchpriority="high"' in html and "lazy" not in html
    assert "กี่ &lt;ทอผ้า&gt;" in html


def test_a_page_without_a_picture_is_drawn():
    assert drawn(None) == ""

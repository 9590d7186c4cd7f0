"""Refusals carry a sentence; permissions are conditions."""

from django.utils.translation import override

from marketplace.core.errors import DomainError, two_languages
from marketplace.core.permissions import Allowed, Denied


class OutOfSilk(DomainError):
    message = "ผ้าไหมหมด"


def test_an_error_shows_its_own_sentence_or_the_one_of_its_class():
    assert str(OutOfSilk()) == OutOfSilk().message == "ผ้าไหมหมด"
    assert str(OutOfSilk("ผ้าไหมหมดแล้ว")) == "ผ้าไหมหมดแล้ว"


def test_a_sentence_follows_the_language_of_the_page(settings):
    sentence = two_languages("หมด", "Sold out")

    with override("en"):
        assert str(sentence) == "Sold out"
    with override("th"):
        assert str(sentence) == "หมด"


def test_answers_about_permission_are_true_or_false():
    assert Allowed()
    assert not Denied("ไม่ใช่กลุ่มของคุณ")
    assert Denied("x").reason == "x"

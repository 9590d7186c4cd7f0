"""Completing an address: everything that may be meant, the likeliest first, nothing guessed."""

import pytest
from django.utils import translation

from marketplace.places.models import Tambon
from marketplace.places.queries import complete_address, place_of

pytestmark = pytest.mark.django_db


def labels(text, **options):
    return [place.label for place in complete_address(text, **options)]


def test_a_postcode_of_several_amphoe_gives_them_all(whole_register):
    found = complete_address("10110", limit=50)

    assert {place.amphoe_th for place in found} == {"เขตคลองเตย", "เขตวัฒนา"}
    assert {place.postcodes for place in found} == {("10110",)}


def test_every_postcode_finds_exactly_its_tambons(whole_register):
    for code, tambons in (("50200", 3), ("84280", 2), ("๕๐๒๐๐", 3), ("99999", 0)):
        assert len(complete_address(code, limit=50)) == tambons


def test_a_tambon_with_two_postcodes_keeps_both_until_one_is_typed(whole_register):
    assert place_of("100203").postcodes == ("10300", "10303")
    assert complete_address("สวนจิตรลดา")[0].postcodes == ("10300", "10303")
    assert complete_address("สวนจิตรลดา 10303")[0].postcodes == ("10303",)


@pytest.mark.parametrize(
    "text",
    [
        "สุเทพ",
        "ต.สุเทพ อ.เมือง จ.เชียงใหม่",
        "ตำบลสุเทพอำเภอเมืองเชียงใหม่",
        "123/4 หมู่ 5 ต.สุเทพ อ.เมือง จ.เชียงใหม่ 50200",
        "สุเทพ อ.เมือง",
        "สุเทพ 50200",
        "suthep",
        "SUTHEP mueang",
    ],
)
def test_a_tambon_is_found_as_people_write_it(whole_register, text):
    assert labels(text) == ["ต.สุเทพ อ.เมืองเชียงใหม่ จ.เชียงใหม่"]


def test_hyphens_spaces_and_case_do_not_matter(whole_register):
    expected = [place.tambon_code for place in complete_address("เกาะพะงัน")]

    for text in ("Ko Pha-ngan", "kophangan", "ko phangan"):
        assert [place.tambon_code for place in complete_address(text)] == expected


def test_names_that_begin_so_come_before_names_with_it_inside(whole_register):
    names = [place.tambon_th for place in complete_address("มะขาม", limit=50)]

    begins = [name.startswith("มะขาม") for name in names]
    assert begins == sorted(begins, reverse=True)
    assert {"มะขาม", "มะขามล้ม", "โคกมะขาม", "ไร่มะขาม"} <= set(names)


def test_repeated_names_are_all_offered_and_narrowed_by_province(whole_register):
    assert len(complete_address("หนองบัว", limit=50)) > 28
    assert labels("หนองบัว ขอนแก่น") == ["ต.หนองบัว อ.บ้านฝาง จ.ขอนแก่น"]


def test_khet_is_a_word_before_names_and_a_part_of_some(whole_register):
    assert {place.amphoe_code for place in complete_address("สนามชัยเขต")} == {"2408"}
    assert "แขวงบางจาก เขตพระโขนง กรุงเทพมหานคร" in labels("เขตพระโขนง")
    assert labels("บางรัก กทม") == [
        label for label in labels("บางรัก", limit=50) if "กรุงเทพ" in label
    ]


@pytest.mark.parametrize(
    "text", ["", " ", "ก", "5", "%", "_", "'; DROP TABLE", "\x00", "10110 10120", "ไม่มีที่นี่"]
)
def test_senseless_text_finds_nothing(whole_register, text):
    assert complete_address(text) == []


def test_an_abolished_tambon_is_not_offered(whole_register):
    Tambon.objects.filter(code="500108").update(valid_until="2020-01-01")

    assert labels("สุเทพ") == []


def test_the_number_of_statements_and_of_answers_is_fixed(
    whole_register, django_assert_num_queries
):
    for text in ("หนองบัว", "10", "ba", "สุเทพ"):
        with django_assert_num_queries(2):
            assert len(complete_address(text, limit=1000)) <= 50
    with django_assert_num_queries(0):
        complete_address("ก")


def test_an_english_page_gets_english_labels(whole_register):
    with translation.override("en"):
        assert labels("สุเทพ") == ["Suthep, Mueang Chiang Mai, Chiang Mai"]

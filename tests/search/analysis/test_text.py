"""One spelling for what is typed in many: cleaning, folding, skeletons, the other keyboard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import folding, keyboard, skeletons
from search.analysis.text import clean, runs

THAI = st.text(alphabet=[chr(code) for code in range(0x0E01, 0x0E4F)], max_size=30)


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [
        ("ผ้าไหม\u200bมัดหมี่", "ผ้าไหมมัดหมี่"),  # zero-width space
        ("นํ้าผึ้ง", "น้ำผึ้ง"),  # nikhahit and sara aa
        ("เเม่", "แม่"),  # two sara e
        ("ราคา ๕๐๐ บาท", "ราคา 500 บาท"),
        ("Café  SILK’s", "cafe silks"),
        ("ผ้าสวยๆ", "ผ้าสวย"),
        ("\u0e01\u0e49\u0e31\u0e19", "กั้น"),  # tone before vowel
    ],
)
def test_cleaning_makes_one_spelling(typed, cleaned):
    assert clean(typed) == cleaned


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


def test_runs_are_of_one_script_and_say_where_they_stand():
    found = list(runs(clean("ผ้าไหม-Silk 1,500฿ (ใหม่)")))

    assert [(run.kind, run.text) for run in found] == [
        ("thai", "ผ้าไหม"),
        ("latin", "silk"),
        ("number", "1,500"),
        ("thai", "ใหม่"),
    ]
    assert [run.start for run in found] == [0, 7, 12, 20]


@pytest.mark.parametrize(
    ("right", "mistyped"),
    [
        ("ผ้าไหม", "ผ้าใหม"),
        ("มัดหมี่", "มัดหมี"),
        ("กรรไกร", "กันไกร"),
        ("สมุนไพร", "สมุนใพร"),
        ("กะละแม", "กะล่ะแม"),
        ("ศิลาดล", "สิลาดน์ล"),
        ("หม้อห้อม", "หม้อฮ้อม".replace("ฮ", "ห")),
        ("เบญจรงค์", "เบ็ญจรงค์"),
    ],
)
def test_words_that_sound_alike_fold_to_one(right, mistyped):
    assert folding.fold(clean(right)) == folding.fold(clean(mistyped))


@pytest.mark.parametrize(("one", "other"), [("ผ้าไหม", "ผ้าหม"), ("ชา", "ชาม"), ("เสื้อ", "เสือก")])
def test_words_that_sound_otherwise_stay_apart(one, other):
    assert folding.fold(one) != folding.fold(other)


@given(THAI)
def test_folding_twice_changes_nothing(text):
    folded = folding.fold(clean(text))
    assert folding.fold(folded) == folded


SPELLINGS = {
    "ผ้าไหม": ("pha mai", "phamai", "paa mai", "Phaa-mai", "pah mai"),
    "น้ำพริก": ("nam prik", "namphrik", "nam phrik"),
    "ข้าวแต๋น": ("khao taen", "kao taen"),
    "ปลาร้า": ("pla ra", "plara", "bla ra"),
    "ผ้าขาวม้า": ("pha khao ma", "pakaoma"),
    "กระจูด": ("krajood", "krachut", "krajut"),
    "น้ำผึ้ง": ("nam phueng", "nam peung"),
    "กล้วย": ("kluai", "gluay"),
    "เสื้อ": ("suea", "sua", "seua"),
    "หม้อห้อม": ("mo hom", "mor hom"),
    "ข้าวหอมมะลิ": ("khao hom mali", "kao hom mali"),
    "ลูกประคบ": ("luk prakhop", "look pra kob"),
    "ทุเรียน": ("thurian", "durian"),
}


@pytest.mark.parametrize(
    ("thai", "latin"), [(word, one) for word, ways in SPELLINGS.items() for one in ways]
)
def test_the_ways_to_write_thai_in_latin_letters_have_one_skeleton(thai, latin):
    letters = " ".join(run.text for run in runs(clean(latin)))
    assert skeletons.of_latin(letters) == skeletons.of_thai(thai)


def test_other_words_have_other_skeletons():
    words = {skeletons.of_thai(word) for word in SPELLINGS}
    assert len(words) == len(SPELLINGS)


@pytest.mark.parametrize(
    ("keys", "thai"), [("zhkws,", "ผ้าไหม"), ("g=up'.s,j", "เชียงใหม่"), ("d]h;p9kd", "กล้วยตาก")]
)
def test_the_same_keys_on_the_other_keyboard(keys, thai):
    assert keyboard.as_thai(keys) == thai
    assert keyboard.as_latin(thai) == keys

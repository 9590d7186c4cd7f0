"""What a question was understood as, with a small lexicon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import questions
from search.analysis.lexicon import Concept
from search.analysis.names import Names
from search.analysis.questions import NARROWER, OTHER_NAME, PARTS, Way

NAMES = Names(
    [
        Concept("silk-cloth", ("ผ้าไหม",), ("silk", "silk cloth"), includes=("mudmee",)),
        Concept("mudmee", ("มัดหมี่", "ผ้ามัดหมี่"), ("ikat",), ("mudmee", "mat mi")),
        Concept("scarf", ("ผ้าพันคอ",), ("scarf",)),
        Concept("basket", ("ตะกร้า",), ("basket",), ("takra",)),
        Concept("mat", ("เสื่อ", "สาด"), ("mat",)),
        Concept("silver", ("เงิน", "เครื่องเงิน"), ("silver",), kind="material"),
    ]
)


def read(typed):
    return questions.read(typed, NAMES)


def concepts(typed):
    return [(term.text, term.concepts, term.by) for term in read(typed).terms]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ผ้าไหม", [("ผ้าไหม", ("silk-cloth",), "words")]),
        ("ผ้าใหม", [("ผ้าใหม", ("silk-cloth",), "fold")]),
        ("pha mai", [("pha mai", ("silk-cloth",), "sound")]),
        ("Phamai", [("phamai", ("silk-cloth",), "sound")]),
        ("mud mee", [("mud mee", ("mudmee",), "sound")]),
        ("silk scarves baskets", [
            ("silk", ("silk-cloth",), "words"),
            ("scarf", ("scarf",), "words"),
            ("basket", ("basket",), "words"),
        ]),
        ("ผ้าไหมมัดหมี่", [
            ("ผ้าไหม", ("silk-cloth",), "words"),
            ("มัดหมี่", ("mudmee",), "words"),
        ]),
        ("ผ้าใหมมัดหมี", [
            ("ผ้าใหม", ("silk-cloth",), "fold"),
            ("มัดหมี", ("mudmee",), "fold"),
        ]),
        ("pha mai takra", [
            ("pha mai", ("silk-cloth",), "sound"),
            ("takra", ("basket",), "words"),
        ]),
        ("silk cloth", [("silk cloth", ("silk-cloth",), "words")]),
        ("สีน้ำเงิน", [("สีน้ำเงิน", (), "")]),
    ],
)  # fmt: skip
def test_words_name_concepts_however_they_are_spelt(typed, found):
    assert concepts(typed) == found


def test_a_term_is_looked_for_under_all_its_names():
    [term] = read("ผ้าไหม").terms
    assert term.ways == (
        Way(("ผ้าไหม",), 1.0),
        Way(("ผ้า", "ไหม"), PARTS),
        Way(("silk",), OTHER_NAME),
        Way(("silk", "cloth"), OTHER_NAME),
        Way(("มัดหมี่",), NARROWER),
        Way(("ผ้ามัดหมี่",), NARROWER),
        Way(("ikat",), NARROWER),
        Way(("mudmee",), NARROWER),
        Way(("mat", "mi"), NARROWER),
    )


def test_wishes_leave_and_words_that_say_nothing_too():
    question = read("silk for the home under 500 baht from Surin")
    assert [term.text for term in question.terms] == ["silk", "home"]
    assert [wish.kind for wish in question.wishes] == ["price", "province"]


def test_words_that_say_nothing_are_looked_for_where_there_are_no_others():
    assert [term.text for term in read("for").terms] == ["for"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("zhkws,", "ผ้าไหม"), ("9tdihk", "ตะกร้า"), ("หรสา", "silk")],
)
def test_the_wrong_keyboard_is_seen_where_the_right_one_gives_words(typed, meant):
    question = read(typed)
    assert question.retyped == meant
    assert question.text == typed


@pytest.mark.parametrize(
    "typed", ["silk", "krajood bag", "sdlkfj", "lkfj", "iphone 15", "ก", "", "???", "บบบบ"]
)
def test_what_is_understood_or_nobody_understands_stays_as_typed(typed):
    assert read(typed).retyped == ""


@given(st.text(max_size=400))
def test_no_text_makes_it_fail(text):
    question = read(text)
    assert len(question.terms) <= questions.MOST_TERMS
    assert all(way.words and 0 < way.weight <= 1 for term in question.terms for way in term.ways)


@pytest.mark.parametrize("text", ["ผ้าไหม" * 2_000, "silk " * 2_000, '"*():^~\\[]{}' * 800])
def test_long_and_hostile_text_is_cut(text):
    assert len(read(text).text) <= questions.MOST_LETTERS

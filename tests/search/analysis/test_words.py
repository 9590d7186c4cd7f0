"""Cutting Thai into words, and long words into parts."""

import pytest
from pythainlp.corpus import thai_words

from search.analysis import compounds, dictionary, lexicon, segmenting
from search.analysis.words import singular


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("ผ้าไหมมัดหมี่", ["ผ้าไหม", "มัดหมี่"]),
        ("ผ้าไหมสุรินทร์", ["ผ้าไหม", "สุรินทร์"]),
        ("น้ำพริกแม่ฮ่องสอน", ["น้ำพริก", "แม่ฮ่องสอน"]),
    ],
)
def test_runs_are_cut_where_words_end(run, words):
    assert segmenting.segment(run) == words


def test_both_cutters_cut_alike():
    words = sorted(dictionary.words())
    slow, quick = segmenting._with_newmm(words), segmenting._with_nlpo3(words)
    for run in ("ผ้าไหมมัดหมี่ลายนาค", "กล้วยตากพิษณุโลก", "น้ำพริกเผาแม่จำเนียร", "กระเป๋าสานผักตบชวา"):
        assert slow(run) == quick(run)


@pytest.mark.parametrize(
    ("many", "one"),
    [("baskets", "basket"), ("boxes", "box"), ("berries", "berry"), ("dresses", "dress")]
    + [("vases", "vase"), ("scarves", "scarf"), ("glass", "glass"), ("is", "is")],
)
def test_english_words_are_singular(many, one):
    assert singular(many) == one


def test_words_together_are_the_run():
    run = "ผ้าทอพื้นเมืองของกลุ่มแม่บ้านเกษตรกร" * 200
    assert "".join(segmenting.segment(run)) == run


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("ผ้าไหม", ("ผ้า", "ไหม")),
        ("น้ำพริกเผา", ("น้ำพริก", "เผา")),
        ("น้ำเงิน", ()),
        ("หมู่บ้าน", ()),
        ("ผ้า", ()),
    ],
)
def test_long_words_have_parts_that_are_asked_for(word, parts):
    assert compounds.parts(word) == parts


def test_our_terms_are_new_and_clean():
    general = thai_words()
    assert not [term for term in dictionary.terms() if term in general]


def test_shipped_concepts_lead_somewhere():
    """`shipped` raises for one that names what is not there."""
    assert len({concept.key for concept in lexicon.shipped()}) == len(lexicon.shipped())

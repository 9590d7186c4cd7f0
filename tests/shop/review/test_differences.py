import time

import pytest

from shop.review.differences import compare


def shown(parts) -> str:
    return "".join(f"[{part.text}]" if part.is_changed else part.text for part in parts)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("ผ้าฝ้ายย้อมคราม", "ผ้าไหมย้อมคราม", "ผ้า[ฝ้าย]ย้อมคราม", "ผ้า[ไหม]ย้อมคราม"),
        ("ยาว 2 เมตร", "ยาว 3 เมตร", "ยาว [2] เมตร", "ยาว [3] เมตร"),
        ("", "ใหม่", "", "[ใหม่]"),
        ("เก่า", "", "[เก่า]", ""),
        ("เหมือน", "เหมือน", "เหมือน", "เหมือน"),
        ("hand woven", "hand made", "hand [woven]", "hand [made]"),
    ],
)
def test_what_changed_is_marked_in_whole_words(before, after, old, new):
    first, second = compare(before, after)

    assert (shown(first), shown(second)) == (old, new)


@pytest.mark.parametrize("text", ["กา" * 10_000, "a b " * 5_000, "ก็" * 9_000 + " x"])
def test_the_longest_texts_are_compared_at_once_and_nothing_is_lost(text):
    other = text[::-1]
    start = time.process_time()

    first, second = compare(text, other)

    assert "".join(part.text for part in first) == text
    assert "".join(part.text for part in second) == other
    assert time.process_time() - start < 5

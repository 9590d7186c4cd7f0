"""Ids of version 7: recognised as such, and in the order of time."""

from unittest.mock import patch
from uuid import RFC_4122

from marketplace.core.time_ordered_ids import time_ordered_id

# The example of RFC 9562, A.6: 22 February 2022, 19:22:22 UTC.
MOMENT_NS = 1_645_557_742_000 * 1_000_000


def at(nanoseconds: int):
    with patch("time.time_ns", return_value=nanoseconds):
        return time_ordered_id()


def test_it_is_a_uuid_of_version_seven_that_tells_its_millisecond():
    made = at(MOMENT_NS + 999_999)

    assert str(made).startswith("017f22e2-79b0-7")
    assert (made.version, made.variant) == (7, RFC_4122)


def test_a_later_one_is_greater():
    assert at(MOMENT_NS) < at(MOMENT_NS + 1_000_000)


def test_two_of_one_millisecond_differ():
    assert len({at(MOMENT_NS) for _ in range(1000)}) == 1000

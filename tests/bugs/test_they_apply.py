"""A seeded bug whose text is gone from the code would be found only at the next `make bugs`."""

from pathlib import Path

import pytest

from tests.bugs.__main__ import BUGS, ROOT

pytestmark = pytest.mark.no_database


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_a_bug_can_be_put_in_and_names_tests_that_are_there(bug):
    for change in bug.changes:
        assert Path(ROOT, change.file).read_text("utf-8").count(change.right) == 1, change.file
    assert all(Path(ROOT, test).exists() for test in bug.tests)

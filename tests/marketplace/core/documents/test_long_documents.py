"""A hundred thousand rows pass through each table format; none of them holds the table."""

from io import FileIO

import pytest

from marketplace.core.documents import formats
from marketplace.core.documents.document import Column, Kind, Table
from tests.marketplace.core.documents.samples import make_document

pytestmark = pytest.mark.no_database

ROWS = 100_000
MOST_AT_ONCE = 200


class Counted(int):
    """A figure that knows how many of its kind are in memory."""

    alive = most_alive = 0

    def __init__(self, *_):
        Counted.alive += 1
        Counted.most_alive = max(Counted.alive, Counted.most_alive)

    def __del__(self):
        Counted.alive -= 1


class WatchedFile(FileIO):
    largest_bytes = 0

    def write(self, content):
        self.largest_bytes = max(self.largest_bytes, len(content))
        return super().write(content)


@pytest.mark.parametrize("format", ["csv", "json", "xlsx"])
def test_rows_are_written_as_they_come_and_let_go(format, tmp_path):
    Counted.alive = Counted.most_alive = 0
    table = Table(
        "t",
        "x",
        (Column("n", "n", Kind.COUNT),),
        rows=((Counted(number),) for number in range(ROWS)),
        total=lambda: (Counted.most_alive,),
    )

    with WatchedFile(tmp_path / "file", "w+") as file:
        formats.write(make_document(table), format, file)
        size = file.tell()

    assert 1 <= Counted.most_alive <= MOST_AT_ONCE
    assert size > 2 * ROWS
    assert file.largest_bytes < 100_000

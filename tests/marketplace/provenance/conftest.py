import csv
import io

import pytest

from tests.factories import make_tambon


@pytest.fixture
def places():
    """The tambons that invented lists speak of."""
    make_tambon("500108")  # สุเทพ
    make_tambon("500106")  # ช้างเผือก
    make_tambon("340101")  # ในเมือง อุบลราชธานี


@pytest.fixture
def write(tmp_path):
    """Writes rows to a CSV file and returns its path."""

    def write_file(rows, encoding="utf-8", name="list.csv"):
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write_file

"""Time of a curator's choosers over the whole country: 3,273 villages and 64,570 products.

Printed, never asserted: `make bench`. Counts of statements are held in tests/cms/test_choosers.py.
"""

import statistics
import time

import pytest

from marketplace.accounts.roles import StaffRole
from tests.cms.test_choosers import SEARCHES, fill
from tests.cms.test_editing import editor

pytestmark = pytest.mark.django_db

ROUNDS = 7


def test_time_of_choosers(client, capsys):
    editor(client, StaffRole.CURATOR)
    fill(3_273, 64_570)
    times = {name: [] for name in SEARCHES}

    for _ in range(ROUNDS):
        for name, (url, sent) in SEARCHES.items():
            started = time.process_time()
            assert client.get(url, sent).status_code == 200
            times[name].append((time.process_time() - started) * 1000)

    with capsys.disabled():
        for name, ms in times.items():
            print(f"\n{name:<26} best {min(ms):6.1f} ms  median {statistics.median(ms):6.1f} ms")

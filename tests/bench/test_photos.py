"""Time and memory of each hostile picture, and of what phones take. Printed: `make bench`."""

import json
import subprocess
import sys
import time

import pytest

from marketplace.core import photos
from tests.marketplace.core.hostile_pictures import REFUSED, encoded

# A small process starts the child, since a child counts what its parent held when it was born.
MEASURE = """
import json, resource, subprocess, sys
child = [sys.executable, "-E", "-s", "-m", "marketplace.core.photo_cleaner", "0"]
with open(sys.argv[1], "rb") as sent:
    subprocess.run(child, stdin=sent, stdout=-3, stderr=-3, env={"MALLOC_ARENA_MAX": "1"})
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""
GENUINE = {
    "12 million px, JPEG": lambda: encoded("JPEG", (4_032, 3_024)),
    "12 million px, HEIC": lambda: encoded("HEIF", (4_032, 3_024)),
    "48 million px, JPEG": lambda: encoded("JPEG", (8_064, 6_048)),
}
ALL = GENUINE | {name: make for name, (_reason, make) in REFUSED.items()}


@pytest.mark.parametrize("name", ALL)
def test_cost_of_a_picture(name, tmp_path, capsys):
    sent = tmp_path / "sent"
    sent.write_bytes(ALL[name]())

    started = time.monotonic()
    answer = subprocess.check_output(
        [sys.executable, "-c", MEASURE, str(sent)], cwd=photos._ROOT, text=True
    )
    wall = time.monotonic() - started

    cpu, memory = json.loads(answer)
    with capsys.disabled():
        print(f"\n{name:<42} wall {wall:5.2f} s  CPU {cpu:5.2f} s  {memory:4.0f} MiB", end="")
    assert memory < 400

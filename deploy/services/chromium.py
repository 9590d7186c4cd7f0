"""Debian's Chromium, driven by Playwright; there is nothing to start."""

import shutil
from pathlib import Path

INSTALL = "apt-get install chromium"


def start(var: Path) -> dict[str, str]:
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    return {"TEST_CHROMIUM": path} if path else {}


def stop(var: Path) -> None:
    return None

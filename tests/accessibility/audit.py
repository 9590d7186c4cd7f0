"""What every page is held to: axe, its width on a phone, one headline, its language.

`findings` says it of the page that is open, in sentences that name the rule, the page and the
place in it. Only what axe calls critical or serious counts; all that is folded is opened first.

axe is nine tenths of the time. A page has the same elements and colours in both languages and at
both widths, so axe sees it once, as a phone shows it in Thai. AXE_EVERYWHERE=1 lets it see all
four.
"""

import os
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")
WIDTHS = (390, 1280)
HEIGHT = 844
PHONE = WIDTHS[0]
SERIOUS = ("critical", "serious")
LOOK = Path(__file__).with_name("audit.js").read_text(encoding="utf-8")


def open_page(page: Page, path: str, kind) -> None:
    """Open a page of this kind, and no other: not the one that asks to sign in."""
    answer = page.goto(path)
    assert answer.status == kind.status, f"{page.url} answers {answer.status}"
    assert not kind.person or "/accounts/login/" not in page.url, f"{path} asks to sign in"
    kind.act(page)


def findings(page: Page, language: str, scope: str = "html", widths=WIDTHS) -> list[str]:
    """All that is wrong with the open page, at each width; nothing if all is well."""
    return [
        f"{page.url} at {width} px: {one}"
        for width in widths
        for one in _at(page, width, language, scope)
    ]


def _at(page: Page, width: int, language: str, scope: str) -> list[str]:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    is_for_axe = (language, width) == ("th", PHONE) or "AXE_EVERYWHERE" in os.environ
    seen = page.evaluate(LOOK, [scope, SERIOUS, is_for_axe])
    found = seen["violations"]
    if seen["excess"] > 0:
        found.append(f"scrolls sideways by {seen['excess']} px: {seen['widest']}")
    if seen["headlines"] != 1:
        found.append(f"has {seen['headlines']} headlines")
    if seen["language"] != language:
        found.append(f"says it is in {seen['language'] or 'no language'}")
    return found

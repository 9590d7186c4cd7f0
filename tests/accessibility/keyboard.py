"""What somebody does who has no mouse: Tab until it is there, then press Enter or Space.

On the way everything that gets the focus must show it, and must not lie under a bar.
"""

from playwright.sync_api import Page

MOST_TABS = 160

FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  // A field for a day is several stops: those after the first are nothing new, nor the end.
  const isWithin = at === window.lastReached;
  const seenBefore = at.dataset.reached === "yes" && !isWithin;
  at.dataset.reached = "yes";
  window.lastReached = at;
  // What is shown for a control may be drawn on its label or on a part of it.
  const drawn = [at, ...at.querySelectorAll("*"), ...(at.labels ?? [])];
  if (at.nextElementSibling) drawn.push(at.nextElementSibling);
  const rings = drawn.flatMap((one) => [getComputedStyle(one), getComputedStyle(one, "::after")]);
  const isRing = ({ outlineStyle, outlineWidth }) =>
    outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  const isShown = rings.some(isRing);
  const box = at.getBoundingClientRect();
  const on = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const label = at.labels?.[0];
  const isFree = !!on && (at.contains(on) || on.contains(at) || !!label?.contains(on));
  return { said: at.outerHTML.slice(0, 120), seenBefore, isShown, isFree };
}"""

UNREACHED = """() => {
  const controls = "a[href], button, input, select, textarea, summary";
  const reached = new Set([...document.querySelectorAll("[data-reached]")].map((one) => one.name));
  return [...document.querySelectorAll(controls)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled)
    .filter((one) => one.type !== "hidden" && one.tabIndex >= 0 && !one.dataset.reached)
    .filter((one) => one.type !== "radio" || !reached.has(one.name))
    .map((one) => one.outerHTML.slice(0, 120));
}"""


def step(page: Page) -> dict | None:
    """Press Tab; what has the focus now, which must be seen. None past the last control."""
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    if focused and not focused["seenBefore"]:
        assert focused["isShown"], f"no focus is seen on {focused['said']}"
        assert focused["isFree"], f"something lies over {focused['said']}"
    return focused


def tab_to(page: Page, selector: str) -> None:
    """Go on by Tab until this has the focus."""
    for _ in range(MOST_TABS):
        step(page)
        if page.evaluate("at => document.activeElement.matches(at)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector} on {page.url}")


def press_on(page: Page, selector: str) -> None:
    """Come to a link or button by Tab and open the page behind it."""
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


def never_reached(page: Page) -> list[str]:
    """Walk through the whole page; what can be used and never had the focus."""
    for _ in range(MOST_TABS):
        focused = step(page)
        if focused is None or focused["seenBefore"]:
            break
    return page.evaluate(UNREACHED)

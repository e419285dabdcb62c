"""Cuts of the demo's pages, for guides and documents: what is cut, and how. Nothing is ever sent."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, FloatRect, Page, sync_playwright
from tools.demo_to_look_at import CHROMIUM, QUIET, served_demo, sign_in

SHELLS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
    "desk": {"viewport": {"width": 920, "height": 900}, "device_scale_factor": 1.5},
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "wall": {"viewport": {"width": 1920, "height": 1080}},
}
LANGUAGES = {"zh": ("zh-hans", "zh-CN"), "en": ("en", "en-GB")}
AROUND = 12
"""Pixels of page kept around a cut."""
STILL = ".tab-bar, .form-footer, .top-bar { position: static !important }"
"""What sticks to the screen would lie across a cut."""


@dataclass(frozen=True, slots=True)
class Shot:
    """A cut of a page: from the first thing to the last, at most so many pixels high."""

    name: str
    who: str
    shell: str
    path: str
    cut: tuple[str, ...]
    most: int
    finds: Callable[[Page], None] | None = None
    """What leads on from `path`."""
    taps: tuple[str, ...] = ()
    writes: tuple[tuple[str, dict[str, str]], ...] = ()
    """Boxes, and what is typed into them in each language."""


@contextmanager
def browser_before_the_demo() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the demo."""
    if not CHROMIUM:
        sys.exit("Pictures need a browser: apt-get install chromium fonts-noto-cjk")
    with served_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser, address
        browser.close()


def cut_all(browser: Browser, address: str, shots: list[Shot], language: str) -> Iterator[tuple[Shot, bytes]]:
    """Each cut in a language; whoever looks signs in once on each shell."""
    pages: dict[tuple[str, str], Page] = {}
    for shot in shots:
        key = (shot.who, shot.shell)
        if key not in pages:
            pages[key] = _page(browser, address, shot, language)
        page = pages[key]
        page.goto(address + shot.path)
        if shot.finds:
            shot.finds(page)
        yield shot, _cut(page, shot, language)
    for page in pages.values():
        page.context.close()


def _page(browser: Browser, address: str, shot: Shot, language: str) -> Page:
    cookie, locale = LANGUAGES[language]
    context = browser.new_context(**SHELLS[shot.shell], locale=locale, bypass_csp=True)
    context.add_cookies([{"name": "django_language", "value": cookie, "url": address}])
    context.set_default_timeout(10_000)
    page = context.new_page()
    if shot.who:
        sign_in(page, address, shot.who)
    return page


def _cut(page: Page, shot: Shot, language: str) -> bytes:
    """The cut, with what is tapped and typed first; nothing is sent."""
    page.add_style_tag(content=STILL)
    for selector in shot.taps:
        page.locator(selector).first.click()
    for selector, words in shot.writes:
        page.locator(selector).first.fill(words[language])
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    boxes = [box for each in shot.cut if (box := page.locator(each).first.bounding_box())]
    if len(boxes) != len(shot.cut):
        raise LookupError(f"{shot.name}: not all of {shot.cut} is on {page.url}")
    return page.screenshot(full_page=True, clip=_around(boxes, shot, page.viewport_size["width"]))


def _around(boxes: list[FloatRect], shot: Shot, width: int) -> FloatRect:
    """The smallest cut that holds all, with some of the page around it."""
    left = max(min(box["x"] for box in boxes) - AROUND, 0)
    right = min(max(box["x"] + box["width"] for box in boxes) + AROUND, width)
    top = max(min(box["y"] for box in boxes) - AROUND, 0)
    bottom = max(box["y"] + box["height"] for box in boxes) + AROUND
    return {"x": left, "y": top, "width": right - left, "height": min(bottom - top, shot.most)}

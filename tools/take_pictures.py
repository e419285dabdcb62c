"""`make pictures`: every page of the demo, phone and desk, Chinese and English, into `pictures/`.

`--full` takes the whole length of a page, `--only WORD` the pages whose name holds a word.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.demo_to_look_at import CHROMIUM, QUIET, name_of_address, served_demo, sign_in  # noqa: E402 - after the path
from tools.picture_pages import PAGES, Picture  # noqa: E402

PICTURES = ROOT / "pictures"
SHELLS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True},
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "wall": {"viewport": {"width": 1920, "height": 1080}},
}
LANGUAGES = {"zh": ("zh-hans", "zh-CN"), "en": ("en", "en-GB")}
"""The cookie of a language, and how the browser itself speaks: date inputs and file inputs."""


class Photographer:
    """Knows who has signed in and where each page was found, so that both are done once."""

    def __init__(self, browser: Browser, address: str, *, full: bool) -> None:
        self._browser, self._address, self._full = browser, address, full
        self._sessions: dict[str, Any] = {}
        self._found: dict[str, str] = {}
        self.lost: list[str] = []

    def take(self, pictures: list[Picture], shell: str, language: str) -> None:
        """All pictures of one shell and language; each person keeps one page."""
        pages: dict[str, Page] = {}
        for picture in pictures:
            if picture.who not in pages:
                pages[picture.who] = self._context(picture.who, shell, language).new_page()
            try:
                self._picture(pages[picture.who], picture, f"{picture.name}-{shell}-{language}.png")
            except (LookupError, Error) as lost:
                self.lost.append(f"{picture.name}-{shell}-{language}: {str(lost).splitlines()[0]}")
        for page in pages.values():
            page.context.close()

    def _picture(self, page: Page, picture: Picture, file: str) -> None:
        if picture.name in self._found:
            page.goto(self._found[picture.name])
        else:
            page.goto(self._address + picture.path)
            if picture.finds:
                picture.finds(page)
            self._arrived(page, picture)
        if picture.press:
            self._press(page, picture.press)
        page.screenshot(path=PICTURES / file, full_page=self._full)

    @staticmethod
    def _press(page: Page, button: str) -> None:
        """Send a form as it stands: it is the server's answer that is pictured, not the browser's."""
        page.evaluate("document.querySelectorAll('form').forEach(form => { form.noValidate = true })")
        with page.expect_navigation():
            page.locator(button).first.click()

    def _arrived(self, page: Page, picture: Picture) -> None:
        """Remember the address, if it is the one that the picture is to show."""
        shown = name_of_address(urlsplit(page.url).path)
        if picture.shows and shown != picture.shows:
            raise LookupError(f"came to {shown}, not to {picture.shows}")
        self._found[picture.name] = page.url

    def _context(self, who: str, shell: str, language: str) -> BrowserContext:
        cookie, locale = LANGUAGES[language]
        context = self._browser.new_context(
            **SHELLS[shell], locale=locale, storage_state=self._session(who) if who else None
        )
        context.add_cookies([{"name": "django_language", "value": cookie, "url": self._address}])
        context.set_default_timeout(10_000)
        return context

    def _session(self, who: str) -> Any:
        """Signed in once, by a card of the cast."""
        if who not in self._sessions:
            context = self._browser.new_context()
            sign_in(context.new_page(), self._address, who)
            self._sessions[who] = context.storage_state()
            context.close()
        return self._sessions[who]


def rounds(pictures: list[Picture]) -> Iterator[tuple[list[Picture], str, str]]:
    """What is taken in each shell and language."""
    for shell in SHELLS:
        wanted = [each for each in pictures if shell in each.shells]
        for language in LANGUAGES:
            yield wanted, shell, language


def options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--only", default="")
    return asked.parse_args()


def main() -> int:
    asked = options()
    if not CHROMIUM:
        sys.exit("Pictures need a browser: apt-get install chromium fonts-noto-cjk")
    PICTURES.mkdir(exist_ok=True)
    pictures = [each for each in PAGES if asked.only in each.name]
    with served_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        photographer = Photographer(browser, address, full=asked.full)
        for wanted, shell, language in rounds(pictures):
            photographer.take(wanted, shell, language)
        browser.close()
    say(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}/")
    for line in photographer.lost:
        say(f"NOT TAKEN {line}")
    return 1 if photographer.lost else 0


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - a tool that speaks


if __name__ == "__main__":
    sys.exit(main())

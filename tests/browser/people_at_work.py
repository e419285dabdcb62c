"""People before their screens, as a journey needs them: what they open, tap, fill in and send."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import override
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from xiaoan.foundation import clock
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.schedule import tick as tick_schedule
from xiaoan.people.models import Person

SHELLS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "desk": {"viewport": {"width": 1440, "height": 900}},
}
PATIENCE = 10_000
"""Milliseconds for what has to appear."""
PASSWORD = "a long enough password"


def watched(context: BrowserContext, errors: list[str]) -> Page:
    """A page whose console is listened to."""
    opened = context.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    return opened


def sign_in(page: Page, username: str) -> None:
    """Through the sign-in page, to 今日."""
    page.goto("/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form[data-sign-in] button").click()
    expect(page).to_have_url(re.compile(r"/$"))


@dataclass
class PeopleAtWork:
    """Each person signs in once, on the screen that they have, and keeps it."""

    browser: Browser
    address: str
    language: str
    errors: list[str] = field(default_factory=list)
    """What any console called an error. A test that is refused on purpose takes its own out."""
    _pages: dict[str, Page] = field(default_factory=dict)

    def phone(self, person: Person, **options: Any) -> Page:
        """Somebody of a school, on a phone."""
        return self._page(person, SHELLS["phone"] | options)

    def desk(self, person: Person) -> Page:
        """Somebody of the bureau, at a desk."""
        return self._page(person, SHELLS["desk"])

    def words(self, said: Callable[[], Any]) -> str:
        """What a button or a sign says in the language of these screens."""
        with override(self.language):
            return str(said())

    def go_home(self) -> None:
        """Close every screen."""
        for page in self._pages.values():
            page.context.close()

    def _page(self, person: Person, options: dict[str, Any]) -> Page:
        if person.staff_no not in self._pages:
            context = self.browser.new_context(base_url=self.address, **options)
            cookie = {"name": "django_language", "value": self.language, "url": self.address}
            context.add_cookies([cookie])
            context.set_default_timeout(PATIENCE)
            self._pages[person.staff_no] = watched(context, self.errors)
            sign_in(self._pages[person.staff_no], person.staff_no)
        return self._pages[person.staff_no]


def fill_in(page: Page, **given: Any) -> None:
    """Fill in a form's fields by their names: typed, chosen, tapped or picked, as each is made."""
    for name, value in given.items():
        box = page.locator(f"form.form [name={name}]").first
        kind = box.evaluate("box => box.type")
        if kind in {"radio", "checkbox"}:
            tick(page, name, value).click()
        elif kind.startswith("select"):
            box.select_option(value)
        elif kind == "file":
            box.set_input_files(value)
        else:
            box.fill(str(value))


def tick(page: Page, name: str, value: str = "") -> Locator:
    """The label around a choice or a tick: what a thumb hits."""
    chosen = f"[value='{value}']" if value else ""
    return page.locator("label", has=page.locator(f"input[name={name}]{chosen}"))


def send(page: Page) -> None:
    """Press the form's own button."""
    page.locator(".form-footer button[type=submit]").first.click()


@contextmanager
def the_day_is(day: date) -> Iterator[None]:
    """A later day for everybody: the server's threads read the shown day, this thread its held clock."""
    before = os.environ["XIAOAN_DAY"]
    _show(day.isoformat())
    try:
        with clock.held_at(clock.at(day)):
            yield
    finally:
        _show(before)


def _show(day: str) -> None:
    """The shown day is read once and kept; here it changes."""
    os.environ["XIAOAN_DAY"] = day
    clock._shown_day.cache_clear()


def the_worker_works() -> None:
    """What the worker does on a day: give scheduled jobs their runs, run them, deliver what was announced."""
    tick_schedule()
    drain()

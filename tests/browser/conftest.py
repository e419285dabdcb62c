"""A real browser before a real server: phone and desk, Chinese and English."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people_at_work import SHELLS, PeopleAtWork, watched

LANGUAGES = {"zh": "zh-hans", "en": "en"}

expect.set_options(timeout=10_000)


@pytest.fixture(params=[(shell, language) for shell in SHELLS for language in LANGUAGES], ids="-".join)
def page(request, browser, live_server) -> Iterator[Page]:
    """A page in one shell and one language; anything the console calls an error fails the test."""
    shell, language = request.param
    errors: list[str] = []
    context: BrowserContext = browser.new_context(base_url=live_server.url, **SHELLS[shell])
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": live_server.url}])
    yield watched(context, errors)
    context.close()
    assert errors == []


@pytest.fixture
def at_work(request, browser, live_server) -> Iterator[PeopleAtWork]:
    """The people of a journey, each before a screen of their own; in Chinese unless the test says otherwise.

    Anything the console of any of them calls an error, and the test did not expect, fails the test.
    """
    language = getattr(request, "param", "zh")
    people = PeopleAtWork(browser, live_server.url, LANGUAGES[language])
    yield people
    people.go_home()
    assert people.errors == []

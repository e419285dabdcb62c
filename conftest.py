"""Fixtures of the whole suite: the cast, a held clock, the journal's guard."""

import os
import shutil
from collections.abc import Iterator
from datetime import date

import pytest

from xiaoan.foundation import clock


@pytest.fixture
def cast(db):
    """The named people of the tests, in two districts."""
    from xiaoan.people.tests.factories import make_cast

    return make_cast()


@pytest.fixture(autouse=True)
def _the_day_is_known() -> Iterator[None]:
    """Tests live on Wednesday, 17 December 2025, nine in the morning."""
    with clock.held_at(clock.at(date(2025, 12, 17))):
        yield


@pytest.fixture(autouse=True)
def _journal_lets_the_suite_clean_up(request: pytest.FixtureRequest) -> Iterator[None]:
    """Tests with real transactions empty all tables afterwards: the append-only guards step aside for that."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    from xiaoan.foundation.guards import guard_journal, unguard_journal

    request.getfixturevalue("transactional_db")
    unguard_journal()
    guard_journal()
    yield
    unguard_journal()


@pytest.fixture(autouse=True)
def _the_language_is_the_districts() -> Iterator[None]:
    """A page in English leaves its language behind in this thread; the next test begins in Chinese."""
    from django.utils import translation

    with translation.override("zh-hans"):
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator:
    """Debian's Chromium, one for a whole run; its absence is said, not passed over."""
    found = os.environ.get("XIAOAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the browser's own loop runs in this thread
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=quiet)
        yield started
        started.close()

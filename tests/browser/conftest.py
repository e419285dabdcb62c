"""A real browser before a real server: phone and desk, Chinese and English."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

CHROMIUM = os.environ.get("XIAOAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
SHELLS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
LANGUAGES = {"zh": "zh-hans", "en": "en"}

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's own loop runs in this thread
expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; its absence is said, not passed over."""
    if not CHROMIUM:
        pytest.skip("no Chromium here: apt-get install chromium fonts-noto-cjk")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(params=[(shell, language) for shell in SHELLS for language in LANGUAGES], ids="-".join)
def page(request, browser, live_server) -> Iterator[Page]:
    """A page in one shell and one language; anything the console calls an error fails the test."""
    shell, language = request.param
    context: BrowserContext = browser.new_context(
        base_url=live_server.url,
        viewport=SHELLS[shell],
        is_mobile=shell == "phone",
        has_touch=shell == "phone",
    )
    context.add_cookies([{"name": "django_language", "value": LANGUAGES[language], "url": live_server.url}])
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert errors == []

"""A real browser before a real server: phone and desk, Chinese and English."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

SHELLS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}
LANGUAGES = {"zh": "zh-hans", "en": "en"}

expect.set_options(timeout=10_000)


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

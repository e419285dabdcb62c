"""Each guide under 帮助 printed: two pages of A4, in both languages."""

import re

import pytest

from tests.browser.people_at_work import sign_in
from xiaoan.people.tests.factories import make_cast
from xiaoan.portal.help import guides

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ("zh-hans", "en")
SHEET = re.compile(rb"/Type\s*/Page\b")


def test_every_guide_is_two_pages_of_a4(browser, live_server):
    cast, printed = make_cast(), {}
    for language in LANGUAGES:
        context = browser.new_context(base_url=live_server.url)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        page = context.new_page()
        sign_in(page, cast.shen.staff_no)
        for name in guides().order:
            assert page.goto(f"/help/{name}/").ok
            page.locator("img").last.scroll_into_view_if_needed()
            page.wait_for_load_state("networkidle")
            printed[name, language] = len(SHEET.findall(page.pdf(format="A4", prefer_css_page_size=True)))
        context.close()
    assert printed == dict.fromkeys(printed, 2)

"""One box ticks all values of the bureau that wait, follows them, and sends what is ticked."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.people_at_work import sign_in
from xiaoan.people.tests.factories import make_cast
from xiaoan.plans.models import Duty
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_one_box_ticks_all_and_follows_them(page):
    cast = make_cast()
    pack = publish(cast, FIRST_PACK)
    waiting = Duty.objects.everything("a test").filter(must_be_confirmed=True, confirmed_at=None)
    number = waiting.count()
    sign_in(page, cast.bai.staff_no)
    page.goto(f"/plans/packs/{pack.id}/confirm/")
    every, boxes = page.locator("[data-ticks-all] input"), page.locator("input[name=codes]")

    every.check()
    assert boxes.evaluate_all("boxes => boxes.filter(box => box.checked).length") == number > 1
    page.locator("label.choice").first.click()
    expect(every).not_to_be_checked()
    assert every.evaluate("box => box.indeterminate")

    page.locator("form:has([data-ticks-all]) button:not([name])").click()
    expect(page).to_have_url(re.compile(rf"/plans/packs/{pack.id}/$"))
    assert waiting.count() == 1

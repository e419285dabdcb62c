"""The main job in its smallest honest form: a meeting is recorded, the plan's margin moves, and moves back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people_at_work import sign_in
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.people.tests.factories import make_cast
from xiaoan.plans.models import Cell
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TOPICS = "研究冬季用电用气安全和寒假前自查。"


def record_from_home(page: Page) -> None:
    """今日 → 记一次 → 提交; the form of a late quarter opens on its last day, the meeting is today's."""
    page.locator("article.task", has=page.locator("a[href*='safety_meeting']")).locator(
        ".button"
    ).first.click()
    page.locator("input[name=entry-happened_on]").fill("2025-12-17")
    page.locator("label", has=page.locator("input[name=entry-other_head]")).first.click()
    page.locator("label", has=page.locator("input[name=entry-form]")).first.click()
    page.locator("textarea[name=entry-agenda]").fill(TOPICS)
    page.locator(".form-footer button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/ledgers/entries/"))
    expect(page.locator("main")).to_contain_text(TOPICS)


def margin_of(page: Page, duty: str) -> str:
    """The figure beside a duty on the plan page."""
    page.goto(f"/plans/?duty={duty}")
    return page.locator("a.gauge[aria-current]").locator(".gauge-value").inner_text()


def test_a_recorded_meeting_moves_the_margin_and_voiding_it_moves_it_back(page):
    cast = make_cast()
    publish(cast, FIRST_PACK)
    drain()
    sign_in(page, cast.wen.staff_no)
    assert margin_of(page, "T1.8") == "0 / 1"

    page.goto("/")
    record_from_home(page)
    entry = page.url
    drain()

    assert cell_of(cast).met
    assert margin_of(page, "T1.8") == "1 / 1"
    expect(page.locator(".explain")).to_contain_text("1 / 1")

    page.goto(entry)
    page.locator("a[href$='/void/']").click()
    page.locator("[name=reason]").fill("重复登记")
    page.locator(".form-footer button[type=submit]").first.click()
    expect(page).to_have_url(entry)
    expect(page.locator("main")).to_contain_text("重复登记")
    drain()

    assert not cell_of(cast).met
    assert margin_of(page, "T1.8") == "0 / 1"
    acts = list(
        JournalEntry.objects.filter(unit_id=cast.school.id, act__startswith="ledgers.")
        .order_by("number")
        .values_list("act", flat=True)
    )
    assert acts == ["ledgers.record_entry", "ledgers.void_entry"]
    assert first_fault(cast.school.id) is None


def cell_of(cast) -> Cell:
    """The school's cell of the quarterly meeting in the running quarter."""
    return Cell.objects.everything("a test").get(unit=cast.school, duty__code="T1.8", period="2025Q4")

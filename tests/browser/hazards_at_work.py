"""How people work on a hazard: they find it, press the button of a move, fill in what it asks for and send."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.people_at_work import fill_in, send


def from_today(page: Page, text: str) -> None:
    """今日 names it, with its button; one tap leads to it."""
    page.locator("a[href='/']:visible").first.click()
    page.locator("main a", has_text=text).first.click()
    expect(page.locator("h1")).to_have_text(text)


def from_list(page: Page, text: str) -> None:
    """What is not one's own next step is found in the list."""
    page.locator("nav a[href='/hazards/']:visible").first.click()
    page.locator("main th a", has_text=text).first.click()
    expect(page.locator("h1")).to_have_text(text)


def open_move(page: Page, verb: str) -> None:
    """Press the button of a move on the page of a hazard."""
    page.locator(f"main a.button[href$='/{verb}/']").click()
    expect(page.locator(".form-footer")).to_be_visible()


def make(page: Page, verb: str, **given: Any) -> None:
    """Make a move; the page of the hazard comes back."""
    open_move(page, verb)
    fill_in(page, **given)
    send(page)
    expect(page.locator(".steps")).to_be_visible()

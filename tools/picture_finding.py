"""How a picture's page is found: over links as a person would take them, or by handing in a table."""

from collections.abc import Callable
from io import BytesIO

from playwright.sync_api import Page
from tools.picture_tables import Table

from xiaoan.foundation.sheets import Sheet, write_workbook

MOST_ROWS = 50
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def link(*selectors: str) -> Callable[[Page], None]:
    """Over the first link of each kind, one after the other."""

    def follow(page: Page) -> None:
        for selector in selectors:
            _go(page, str(page.locator(selector).first.get_attribute("href", timeout=5_000)))

    return follow


def hazard_with(verb: str) -> Callable[[Page], None]:
    """Down the list to the first hazard that offers a move, and to its form."""
    button = f"main a.button[href$='/{verb}/']"

    def look(page: Page) -> None:
        rows = page.locator("main tbody th a")
        for address in [row.get_attribute("href") for row in rows.all()[:MOST_ROWS]]:
            _go(page, str(address))
            if page.locator(button).count():
                _go(page, str(page.locator(button).first.get_attribute("href")))
                return
        raise LookupError(f"no hazard of this list offers {verb}")

    return look


def upload(table: Table) -> Callable[[Page], None]:
    """Hand in a table and wait for the page of its check."""

    def hand_in(page: Page) -> None:
        stream = BytesIO()
        write_workbook([Sheet("表", table[0], table[1:])], stream)
        form = page.locator("main form[enctype='multipart/form-data']")
        file = {"name": "表.xlsx", "mimeType": EXCEL, "buffer": stream.getvalue()}
        form.locator("input[type=file]").set_input_files(file)
        form.locator("button[type=submit]").first.click()
        page.wait_for_load_state()

    return hand_in


def _go(page: Page, address: str) -> None:
    """Follow a link, also one that stands folded."""
    page.goto(page.evaluate("address => new URL(address, location).href", address))

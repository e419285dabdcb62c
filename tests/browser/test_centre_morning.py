"""A centre staffer's morning: what came in is graded and handed out, the late are reminded, the list is taken along."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.browser.people_at_work import send
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.tests.factories import (
    ISSUED,
    TODAY,
    District,
    from_above,
    hazard_district,
    lived,
)
from xiaoan.messages.models import Message
from xiaoan.people.tests.factories import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEW, LATE = ("消火栓箱上锁", "围栏松动"), ("燃气软管老化", "配电箱未关")
EXCEL = "a[href*='export=xlsx']"


@pytest.fixture
def district(transactional_db) -> District:
    """Two came in by night, two are late, one is in time."""
    district = hazard_district(make_cast())
    for text in NEW:
        from_above(district, text=text)
    late = [lived(district, from_above(district, text=text), ISSUED[:2]).pk for text in LATE]
    lived(district, from_above(district, text="地面湿滑"), ISSUED[:2])
    passed = TODAY - timedelta(days=3)
    Hazard.objects.everything("a test").filter(pk__in=late).update(due_on=passed, order_on=passed)
    return district


def pile(page: Page, work: str, verb: str) -> None:
    """From 今日 to a pile, and from there to all of it with one form: everything is ticked and sent."""
    page.goto("/")
    page.locator(f"main a[href*='mine={work}']").first.click()
    together(page, verb)


def together(page: Page, verb: str) -> None:
    """All that the list shows, with one form; the list comes back."""
    page.locator(f"main a[href*='/several/{verb}/']").click()
    page.locator("[data-ticks-all]").click()
    send(page)
    expect(page.locator("[role=status] li")).to_be_visible()


def exported(page: Page) -> list[str]:
    """The first column of the file that the list gives."""
    with page.expect_download() as download:
        page.locator(EXCEL).click()
    content = Path(download.value.path()).read_bytes()
    (sheet,) = CalamineWorkbook.from_filelike(BytesIO(content)).sheet_names
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name(sheet).to_python()
    return [row[0] for row in rows[1:]]


@pytest.mark.parametrize(
    ("at_work", "shell"), [("zh", "desk"), ("en", "phone")], indirect=["at_work"], ids=["desk-zh", "phone-en"]
)
def test_a_staffer_of_the_centre_grades_hands_out_reminds_and_exports(at_work, shell, district):
    su = getattr(at_work, shell)(district.su)
    pile(su, "judge", "judge")
    pile(su, "issue", "issue")
    fresh = Hazard.objects.everything("a test").filter(text__in=NEW)
    assert set(fresh.values_list("state", "grade", "due_on", "holder__name")) == {
        ("rectifying", "general", TODAY + timedelta(days=15), "周砚秋")
    }

    su.goto("/hazards/")
    su.locator("main a[href*='view=overdue']").first.click()
    together(su, "urge")
    drain()
    urged = Message.objects.everything("a test").filter(person=district.cast.zhou, kind_zh="催办")
    assert sorted(urged.values_list("title_zh", flat=True)) == sorted(LATE)

    shown = su.locator("main th a").all_inner_texts()
    assert sorted(shown) == sorted(LATE)
    assert exported(su) == shown

"""A leader's five minutes: five numbers, the school behind each, the photo behind that."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.trial.pictures import photo, upload
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.acts import report_hazard
from xiaoan.hazards.models import Hazard, Source
from xiaoan.hazards.tests.factories import (
    GENERAL,
    ISSUED,
    LATER,
    MAJOR,
    TODAY,
    District,
    a_finding,
    do,
    from_above,
    hazard_district,
    lived,
    reported,
)
from xiaoan.people.tests.factories import make_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALARM, SHELF, LAMP, WALL = "燃气报警器失效", "货架没有固定", "走廊灯具松脱", "围墙外倾"
BEHIND = [(1, ALARM), (1, SHELF), (1, LAMP), (1, WALL), (2, ALARM)]
"""重大未销号, 逾期, 上级查出而自查没有的重复问题, 没有落实资金的隐患, 本周要我签的: each number, and a hazard behind it.

The other thing to sign are the values that the bureau sets.
"""
LISTED = 4
"""The first four lead to the list, the last one home."""


@pytest.fixture
def district(transactional_db) -> District:
    """A hazard behind each number; the major one, with money, waits for the deputy director's word."""
    found = hazard_district(make_cast())
    alarm = lived(found, reported(found, text=ALARM, photos=[_photo()]), MAJOR[:4])
    do(found, alarm, "draft_listing", "bai", words="建议挂牌督办")
    late = lived(found, reported(found, text=SHELF, photos=[_photo()]), GENERAL[:2])
    _lamp_at_the_neighbour(found)
    wall = lived(found, from_above(found, text=WALL, photos=[_photo()]), ISSUED[:2])
    do(found, wall, "refer_hazard", "su", to_unit=found.fang.unit, due_on=LATER, words="缺资金")
    rows = Hazard.objects.everything("a test")
    rows.filter(pk=late.pk).update(due_on=TODAY - timedelta(days=1))
    rows.filter(text=LAMP).update(missed=True, occurrence=2)
    drain()
    return found


def _photo():
    return upload(photo())


def _lamp_at_the_neighbour(district: District) -> None:
    finding = a_finding(None, place_name="走廊", text=LAMP, source=Source.CENTRE, photos=[_photo()])
    report_hazard(actor=district.actor("su"), ask=Ask(), unit=district.cast.neighbour, finding=finding)


def open_number(page: Page, place: int) -> int:
    """Press one of the five numbers; what it said."""
    page.goto("/overview/")
    number = page.locator(".five a.stat").nth(place)
    said = number.locator(".stat-figure").evaluate("figure => parseInt(figure.firstChild.textContent)")
    number.click()
    return said


def look_at_the_photo(page: Page, text: str, school: str) -> None:
    """On the page of the hazard: whose it is, and its photo, small here and large behind it."""
    expect(page.locator("h1")).to_have_text(text)
    expect(page.locator("main")).to_contain_text(school)
    frame = page.locator("main a.photo-frame").first
    frame.scroll_into_view_if_needed()
    page.wait_for_function("frame => frame.querySelector('img').naturalWidth > 0", arg=frame.element_handle())
    large = page.request.get(str(frame.get_attribute("href")))
    assert (large.status, large.headers["content-type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(("at_work", "screen"), [("zh", "desk"), ("en", "phone")], indirect=["at_work"])
def test_a_leader_goes_from_five_numbers_to_the_schools_and_their_photos(at_work, screen, district):
    page = getattr(at_work, screen)(district.he)
    cast = district.cast
    for place, (number, text) in enumerate(BEHIND):
        school = (cast.neighbour if text == LAMP else cast.school).name
        assert (place, open_number(page, place)) == (place, number)
        if place < LISTED:
            expect(page.locator("main tbody tr")).to_have_count(1)
            expect(page.locator("main tbody tr")).to_contain_text(school)
        page.locator("main a", has_text=text).first.click()
        look_at_the_photo(page, text, school)

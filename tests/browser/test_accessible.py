"""Every page, both shells and languages: no axe violation, nothing wider than the screen, nothing half translated."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.hazards_to_look_at import at_five_steps, written_by_people
from tests.browser.people_at_work import sign_in
from tests.families.test_pages_in_english import chinese_left
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.tests.factories import GENERAL, hazard_district, lived, reported
from xiaoan.messages.tests.factories import told
from xiaoan.people.tests.factories import make_cast
from xiaoan.plans.models import Cell, PackVersion
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCHOOL_PAGES = [
    "/",
    "/me/",
    "/messages/",
    "/plans/",
    "/plans/?duty=T1.1",
    "/plans/duties/",
    "/ledgers/",
    "/ledgers/kinds/safety_meeting/",
    "/ledgers/kinds/safety_meeting/record/",
    "/ledgers/kinds/safety_meeting/import/",
    "/plans/holders/",
    "/plans/holders/T1.8/",
    "/search/?q=安全",
    "/password/",
    "/help/",
    "/help/safety_officer/",
]
BUREAU_PAGES = ["/", "/plans/", "/plans/cells/", "/plans/packs/", "/organisations/units/", "/people/"]


def faults_of(page, address) -> list[str]:
    """Accessibility violations of a page, and its overflow."""
    assert page.goto(address).ok, address
    found = [
        f"{address} {each['id']}: {each['nodes'][0]['html'][:120]}"
        for each in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{address} is {wide} px too wide"] if wide > 0 else [])]


def test_pages_are_accessible_and_fit(page):
    cast = make_cast()
    publish(cast, FIRST_PACK)
    drain()
    told([cast.wen], cast.wen, urgent=True)
    cell = Cell.objects.everything("a test").filter(unit=cast.school, met=False).first()
    pack = PackVersion.objects.everything("a test").get()

    faults = faults_of(page, "/login/")
    sign_in(page, cast.wen.staff_no)
    for address in [*SCHOOL_PAGES, f"/plans/cells/{cell.id}/", f"/plans/duties/{cell.duty.code}/"]:
        faults += faults_of(page, address)
    page.context.clear_cookies(name="sessionid")
    sign_in(page, cast.bai.staff_no)
    for address in [*BUREAU_PAGES, f"/plans/packs/{pack.id}/", f"/organisations/units/{cast.school.id}/"]:
        faults += faults_of(page, address)
    faults += faults_of(page, f"/plans/packs/{pack.id}/confirm/")
    assert faults == []


def test_hazards_are_accessible_fit_and_are_translated(page):
    district = hazard_district(make_cast())
    publish(district.cast, FIRST_PACK)
    suspected, asking, submitted, major, referred = at_five_steps(district)
    judged = lived(district, reported(district, text="插座烧焦"), GENERAL[:1])
    reported(district, text="阀门手柄缺失", fixed="已当场装好")
    drain()
    of_school = ["", "report/", "confirm/", "import/", f"{judged.pk}/dispatch/", f"{asking.pk}/submit/"]
    of_school += [f"{each.pk}/" for each in (suspected, asking, submitted)]
    of_centre = ["report/", f"{major.pk}/", f"{referred.pk}/", f"{suspected.pk}/judge_major/"]

    known, faults = written_by_people(), []
    for who, paths in ((district.cast.chen, of_school), (district.cast.gu, of_centre)):
        page.context.clear_cookies(name="sessionid")
        sign_in(page, who.staff_no)
        for path in paths:
            faults += faults_of(page, f"/hazards/{path}") + left_in_chinese(page, known)
    assert faults == []


def left_in_chinese(page, known: list[str]) -> list[str]:
    """What an English page says in Chinese beyond words that people wrote."""
    if page.locator("html").get_attribute("lang") != "en":
        return []
    return [f"{page.url} says {words}" for words in chinese_left(page.content(), known)]

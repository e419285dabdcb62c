"""Every page, both shells and languages: no axe violation, nothing wider than the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.people_at_work import sign_in
from xiaoan.foundation.delivery import drain
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

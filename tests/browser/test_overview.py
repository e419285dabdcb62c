"""全区总览 before a leader: one sheet of paper, one wall."""

import re

import pytest

from tests.browser.conftest import LANGUAGES
from tests.browser.people_at_work import SHELLS
from xiaoan.hazards.indicators.tallies import tally_district
from xiaoan.hazards.tests.crowds import random_hazards
from xiaoan.hazards.tests.factories import hazard_district
from xiaoan.organisations.models import Circle, CircleKind, Membership
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.tests.factories import make_cast
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GROUPS = 15
DESK = SHELLS["desk"]["viewport"]
WALL = {"width": 1920, "height": 1080}
A4_LANDSCAPE = [842, 595]
"""Points."""
SHEET = re.compile(rb"/Type /Page\b.*?/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", re.DOTALL)


@pytest.fixture
def district(transactional_db):
    """As many groups as the first district has, each with a school, and so many hazards that every list is full."""
    cast = make_cast()
    bureau = cast.bureau
    schools = [a_unit(bureau) for _each in range(GROUPS)]
    for number, school in enumerate(schools, start=1):
        circle = Circle.objects.create(
            district_id=bureau.pk, unit=bureau, kind=CircleKind.GROUP, name=f"第{number}片区协作组"
        )
        Membership.objects.create(
            district_id=bureau.pk, unit=school, circle=circle, starts_on=school.opened_on
        )
    found = hazard_district(cast)
    random_hazards(schools, 600, seed=5)
    tally_district(bureau.pk)
    publish(cast, FIRST_PACK)
    return found


def sheets_of(page):
    """The sides of each sheet of paper that the page prints on."""
    found = SHEET.findall(page.pdf(prefer_css_page_size=True))
    return [[round(float(side)) for side in sheet] for sheet in found]


def test_the_overview_is_one_sheet_of_a4_and_one_wall_in_both_languages(at_work, district):
    page = at_work.desk(district.he)
    for language in LANGUAGES.values():
        page.context.add_cookies([{"name": "django_language", "value": language, "url": at_work.address}])
        page.set_viewport_size(DESK)
        page.goto("/overview/")
        assert (language, sheets_of(page)) == (language, [A4_LANDSCAPE])

        page.set_viewport_size(WALL)
        page.goto("/overview/?face=wall")
        root = "document.documentElement"
        shown = page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]")
        assert (language, shown) == (language, list(WALL.values()))

"""全区总览: its figures are what a naive count says, and each leads to exactly those rows."""

import re
from collections import Counter
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from xiaoan.foundation import clock
from xiaoan.hazards.indicators.tallies import tally_district
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.models.choices import CLOSED, DROPPED, OPEN, UNRECTIFIED
from xiaoan.hazards.tests.crowds import random_hazards
from xiaoan.hazards.tests.factories import hazard_district
from xiaoan.insight.agenda import agenda_of
from xiaoan.insight.overview import overview_of
from xiaoan.organisations.models import Circle, Membership
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import Cell
from xiaoan.plans.queries import with_status

ROWS = re.compile(r'<tr role="row">')


@pytest.fixture
def district(cast):
    """Two schools in a group each, two hundred hazards as chance has them, cells counted."""
    found = hazard_district(cast)
    bureau = cast.bureau
    for number, unit in enumerate((cast.school, cast.neighbour)):
        for kind in ("group", "town"):
            circle = Circle.objects.create(
                district_id=bureau.pk, unit=bureau, kind=kind, name=f"{kind}{number}"
            )
            Membership.objects.create(
                district_id=bureau.pk, unit=unit, circle=circle, starts_on=clock.today() - timedelta(days=900)
            )
    random_hazards([cast.school, cast.neighbour], 200, seed=7)
    tally_district(bureau.pk)
    recompute(bureau.pk)
    return found


@pytest.fixture
def page(district):
    return overview_of(district.actor("he"), "group")


def hazards():
    return list(Hazard.objects.everything("a test"))


def is_overdue(each):
    return each.state in UNRECTIFIED - {"referred"} and each.due_on < clock.today()


def in_year(each):
    return each.found_on >= clock.today().replace(month=9, day=1)


def test_the_five_numbers_are_what_a_naive_count_says(page, district):
    rows = hazards()
    assert page.open == sum(each.state in OPEN for each in rows)
    assert page.major == sum(each.state in OPEN and each.grade == "major" for each in rows)
    assert page.overdue == sum(map(is_overdue, rows))
    assert len(page.overdue_units) == len({each.unit_id for each in rows if is_overdue(each)})
    assert page.again == sum(
        each.missed and each.occurrence > 1 and each.state not in DROPPED and in_year(each) for each in rows
    )
    assert page.unfunded == sum(
        not each.money_source and (each.state == "referred" or (each.grade == "major" and each.state in OPEN))
        for each in rows
    )
    agenda = agenda_of(district.actor("he"))
    sunday = clock.today() + timedelta(days=6 - clock.today().weekday())
    assert page.mine == sum(thing.due is None or thing.due <= sunday for thing in agenda.things) + sum(
        pile.number for pile in agenda.piles
    )


def test_steps_sources_and_months_are_what_a_naive_count_says(page):
    rows = hazards()
    at_step = Counter(each.get_state_display() for each in rows if each.state in OPEN)
    assert Counter({str(bar.label): bar.number for bar in page.step_bars}) == at_step
    told = Counter(each.get_source_display() for each in rows if each.state not in DROPPED and in_year(each))
    assert +Counter({str(bar.label): bar.number for bar in page.sources}) == told
    found = Counter(each.found_on.replace(day=1) for each in rows if each.state not in DROPPED)
    closed = Counter(each.closed_on.replace(day=1) for each in rows if each.state in CLOSED)
    assert [(each.column, each.point) for each in page.trend] == [
        (found[each.month], closed[each.month]) for each in page.trend
    ]
    assert [each.month.strftime("%Y-%m") for each in page.trend][::11] == ["2025-01", "2025-12"]


@pytest.mark.parametrize("kind", ["group", "town"])
def test_fields_of_the_grid_together_are_all_cells_of_the_quarter(district, kind):
    grid = overview_of(district.actor("he"), kind).grid
    cells = with_status(Cell.objects.everything("a test"), clock.today()).filter(
        first__lte=grid.quarter.last, last__gte=grid.quarter.first, duty__awaits=""
    )
    statuses = Counter(
        cell.status
        for cell in cells
        if (cell.first >= grid.quarter.first and cell.last <= grid.quarter.last)
        or cell.last >= grid.quarter.last
    )
    assert (grid.total.met, grid.total.late, grid.total.open, grid.total.untold) == (
        statuses["met"],
        statuses["late"],
        statuses["open"],
        statuses["untold"],
    )


def links_with_numbers(page):
    """Every figure of the page with the address that it leads to."""
    yield page.major, page.major_url
    yield page.overdue, page.overdue_url
    yield page.again, page.again_url
    yield page.unfunded, page.unfunded_url
    yield page.open, page.open_url
    for bar in (*page.step_bars, *page.sources):
        yield bar.number, bar.url
        yield bar.late, bar.late_url if bar.late else ""
    for month in page.trend:
        yield month.column, month.column_url
        yield month.point, month.point_url
    for late in page.late_units:
        yield late.hazards, late.hazards_url
        yield late.cells, late.cells_url
    for _clause, fields in page.grid.rows:
        for field in fields:
            yield field.undone or field.sum.met, field.url


def rows_behind(client, address):
    """How many rows a list has, page after page."""
    number = 0
    while address:
        text = client.get(address).content.decode()
        number += len(ROWS.findall(text.split("<tbody", 1)[-1]))
        following = re.search(r'href="([^"]+)" rel="next"', text)
        address = unescape(following[1]) if following else ""
    return number


def test_every_number_leads_to_exactly_its_rows(page, client, district):
    client.force_login(district.he.account)
    told = [(number, address) for number, address in links_with_numbers(page) if address]
    assert [(rows_behind(client, address), address) for _number, address in told] == told
    assert len(told) > 40


def cost(client, address="/overview/"):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([each for each in captured.captured_queries if "SAVEPOINT" not in each["sql"]])


def test_it_costs_the_same_with_one_fifty_and_a_thousand_hazards(client, cast):
    district = hazard_district(cast)
    client.force_login(district.he.account)
    costs = []
    for more in (1, 49, 950):
        random_hazards([cast.school, cast.neighbour], more, seed=more)
        tally_district(cast.bureau.pk)
        costs.append(cost(client))
    assert costs == [costs[0]] * 3
    assert costs[0] <= 15


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("he", 200),
        ("bai", 200),
        ("gu", 200),
        ("su", 200),
        ("fang", 200),
        ("lin", 403),
        ("shen", 403),
        ("zhou", 403),
    ],
)
def test_it_opens_for_who_oversees_the_district(client, district, who, status):
    person = getattr(district, who, None) or getattr(district.cast, who)
    client.force_login(person.account)
    assert client.get("/overview/").status_code == status
    menu = client.get("/").content.decode()
    assert ('href="/overview/"' in menu) == (status == 200)


def test_of_another_district_nothing_is_counted(district):
    before = overview_of(district.actor("yi"), "group")
    assert (before.open, before.again, before.overdue_units, before.late_units) == (0, 0, Counter(), [])


def test_the_wall_is_the_same_page_in_the_dark(client, district):
    client.force_login(district.he.account)
    wall = client.get("/overview/?face=wall").content.decode()
    assert '<body class="wall"' in wall
    assert 'http-equiv="refresh"' in wall
    assert 'class="wall"' not in client.get("/overview/").content.decode()

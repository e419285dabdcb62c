"""What pages cost as their district grows: the same page with few and with many rows behind it."""

from http import HTTPStatus

import pytest
from django.test import Client

from bench.ratios import cost, told
from xiaoan.organisations.tests.factories import a_unit
from xiaoan.people.tests.factories import Cast, make_cast
from xiaoan.plans.cells import compute_cells, duties_in_force, fill_cells
from xiaoan.plans.tests.factories import FIRST_PACK, publish

pytestmark = pytest.mark.django_db
SCHOOLS = "/organisations/units/?kind=school"


def page_cost(cast: Cast, path: str) -> float:
    """Seconds of one page for the head of the affairs centre, who sees the whole district."""
    client = Client()
    client.force_login(cast.gu.account)
    assert client.get(path).status_code == HTTPStatus.OK  # noqa: S101 - what is measured is the page
    return cost(lambda: client.get(path).content)


def schools(cast: Cast, number: int) -> None:
    """So many more schools."""
    for _each in range(number):
        a_unit(cast.bureau)


def test_a_list_costs_by_what_it_shows_and_not_by_what_it_holds() -> None:
    """Fifty rows of fifty and fifty rows of a thousand; a page with almost no rows is printed beside them."""
    cast = make_cast()
    few = page_cost(cast, SCHOOLS)
    schools(cast, 48)
    fifty = page_cost(cast, SCHOOLS)
    schools(cast, 950)
    thousand = page_cost(cast, SCHOOLS)
    told("list page, 1,000 rows / 50 rows", thousand / fifty, 1.5)
    told("list page, 1,000 rows / 2 rows (fifty are shown)", thousand / few, 8)


def test_the_plan_page_grows_far_slower_than_the_district() -> None:
    """Six times the institutions, by far not six times the page."""
    cast = make_cast()
    schools(cast, 28)
    district = publish(cast, FIRST_PACK).district_id
    small = page_cost(cast, "/plans/")
    schools(cast, 150)
    duties = list(duties_in_force(district))
    fill_cells(district, duties)
    compute_cells(duties)
    told("plan page, 180 institutions / 30", page_cost(cast, "/plans/") / small, 3)

"""What a leader's two pages cost as the base of hazards grows: they read counters and open rows, never the years."""

import pytest

from bench.hazards import Base
from bench.ratios import told
from bench.test_hazards import MANY, SOME, page_cost, signed_in
from xiaoan.hazards.indicators.tallies import tally_district
from xiaoan.hazards.tests.factories import hazard_district
from xiaoan.people.tests.factories import make_cast
from xiaoan.plans.jobs import recompute

PAGES = {"overview": "/overview/", "plan page": "/plans/"}


@pytest.mark.django_db
def test_the_leaders_pages_cost_the_same_whatever_the_base_holds() -> None:
    """The deputy director over two hundred institutions, with what the worker has counted."""
    district = hazard_district(make_cast())
    base, leader, costs = Base(district), signed_in(district.he), []
    for number in (SOME, MANY):
        base.grow(number)
        tally_district(district.cast.bureau.pk)
        recompute(district.cast.bureau.pk)
        costs.append({title: page_cost(leader, path) for title, path in PAGES.items()})
    for title in PAGES:
        told(f"{title}, 100,000 / 10,000 hazards in the base", costs[1][title] / costs[0][title], 1.3)

"""The monthly counts say what the hazards say, however they came about."""

from collections import Counter
from datetime import date

import pytest

from xiaoan.foundation.delivery import drain
from xiaoan.hazards.indicators.tallies import tally_district, tally_unit
from xiaoan.hazards.jobs import recount_months
from xiaoan.hazards.models import Hazard, MonthTally
from xiaoan.hazards.models.choices import CLOSED, DROPPED
from xiaoan.hazards.tests.crowds import random_hazards
from xiaoan.hazards.tests.factories import GENERAL, SOON, do, from_above, lived, reported


def rows():
    """The counts, one (unit, month, source, what) each as often as it is counted."""
    told = Counter()
    for row in MonthTally.objects.everything("a test"):
        for name in ("found", "closed", "missed_again"):
            told[row.unit_id, row.month, row.source, name] = getattr(row, name)
    return +told


def naive():
    """The same, hazard by hazard."""
    told = Counter()
    for each in Hazard.objects.everything("a test"):
        if each.state in DROPPED:
            continue
        found = each.found_on.replace(day=1)
        told[each.unit_id, found, each.source, "found"] += 1
        told[each.unit_id, found, each.source, "missed_again"] += each.missed and each.occurrence > 1
        if each.state in CLOSED:
            told[each.unit_id, each.closed_on.replace(day=1), each.source, "closed"] += 1
    return +told


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_counts_of_random_hazards_equal_a_naive_count(district, seed):
    random_hazards([district.cast.school, district.cast.neighbour], 200, seed=seed)
    assert tally_district(district.cast.school.district_id) > 0
    assert rows() == naive()


def test_counting_again_changes_nothing_and_finds_what_is_wrong(district):
    school = district.cast.school
    made = random_hazards([school], 60, seed=4)
    tally_unit(school.district_id, school.pk)
    assert tally_unit(school.district_id, school.pk) == 0
    gone = [each.pk for each in made[:30]]
    Hazard.objects.everything("a test").filter(pk__in=gone).delete()
    recount_months(slot="2025-12-17")
    assert rows() == naive()


def test_a_report_and_its_closing_are_counted_once_delivered(district):
    lived(district, reported(district), GENERAL)
    assert rows() == Counter()
    drain()
    month = (district.cast.school.pk, date(2025, 12, 1), "school")
    assert rows() == Counter({(*month, "found"): 1, (*month, "closed"): 1})


def test_a_voided_closure_no_longer_counts_as_closed(district):
    hazard = lived(district, reported(district), GENERAL)
    do(district, hazard, "void_closure", "chen", words="软管又裂了", due_on=SOON)
    drain()
    assert rows() == Counter({(district.cast.school.pk, date(2025, 12, 1), "school", "found"): 1})


def test_what_was_dropped_counts_nowhere(district):
    hazard = from_above(district)
    do(district, hazard, "dismiss_hazard", "su", words="不是隐患")
    drain()
    assert rows() == Counter()

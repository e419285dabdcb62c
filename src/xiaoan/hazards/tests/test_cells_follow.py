"""What happens to hazards reaches the cells of the plan: of the school by its own step, of the bureau over all."""

from datetime import date
from decimal import Decimal

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.delivery import drain
from xiaoan.hazards.tests.factories import District, hazard_district
from xiaoan.hazards.tests.telling import told
from xiaoan.people.tests.factories import a_post
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import Cell, Duty
from xiaoan.plans.tests.factories import FIRST_PACK, publish

LIVE = ["G.3", "O.1", "O.2", "T4.2", "T4.3", "T4.7", "T5.2"]


def day(month: int, number: int) -> date:
    return date(2025, month, number)


@pytest.fixture
def district(cast) -> District:
    """The cast under the first district's pack, whose duties read the measures of hazards."""
    found = hazard_district(cast)
    publish(cast, FIRST_PACK)
    a_post(cast.bureau, "post_holder")
    return found


def figures(unit, duty: str, period: str) -> tuple | None:
    """What a cell says once everything has been delivered."""
    drain()
    cell = Cell.objects.everything("a test").get(unit=unit, duty__code=duty, period=period)
    return (cell.achieved, cell.expected) if cell.computed_at else None


def test_the_first_pack_reads_every_measure_of_hazards(district):
    duties = Duty.objects.everything("a test").filter(pack__name=FIRST_PACK, indicator__startswith="hazards.")
    assert sorted(duties.values_list("code", flat=True)) == LIVE
    assert set(duties.values_list("awaits", flat=True)) == {""}


def test_a_goal_has_no_cells_and_the_others_have(district):
    duties = Cell.objects.everything("a test").filter(duty__indicator__startswith="hazards.")
    goals = {"O.2", "T4.7"}
    assert set(duties.values_list("duty__code", flat=True)) == set(LIVE) - goals


def test_the_cells_of_the_school_follow_its_own_step(district):
    school = district.cast.school
    hazard = told(district, day(12, 1)).handed_out(day(12, 1), due_on=day(12, 10))
    assert figures(school, "T4.2", "2025-12") == (0, 1)
    assert figures(school, "T5.2", "2025") == (0, 1)
    hazard.submitted(day(12, 9))
    assert figures(school, "T4.2", "2025-12") == (1, 1)
    assert figures(school, "T5.2", "2025") == (1, 1)
    assert figures(district.cast.neighbour, "T4.2", "2025-12") == (0, 0)


def test_what_is_merged_in_december_leaves_the_month_in_which_it_was_missed(district):
    school = district.cast.school
    missed = told(district, day(10, 1)).handed_out(day(10, 1), due_on=day(10, 10))
    other = told(district, day(10, 2)).handed_out(day(10, 2), due_on=day(12, 30))
    missed.extended(day(10, 20), day(10, 20), due_on=day(11, 10))
    assert [figures(school, "T4.2", month) for month in ("2025-10", "2025-11")] == [(0, 1), (0, 1)]
    missed.on(day(12, 2), "merge_hazard", "chen", into=other.hazard)
    assert [figures(school, "T4.2", month) for month in ("2025-10", "2025-11")] == [(0, 0), (0, 0)]


def test_the_cells_of_the_bureau_follow_a_major_hazard_of_a_school(district):
    bureau = district.cast.bureau
    hazard = told(district, day(12, 1)).judged_major(day(12, 2), due_on=day(12, 30))
    assert figures(bureau, "O.1", "2025Q4") == (0, 1)
    hazard.in_hand(day(12, 3))
    assert figures(bureau, "O.1", "2025Q4") == (1, 1)
    hazard.submitted(day(12, 4)).lifted(day(12, 5))
    assert figures(bureau, "T4.3", "2025Q4") == (1, 1)
    hazard.looked_at(day(12, 16), sound=False, due_on=day(12, 30))
    assert figures(bureau, "G.3", "2025Q4") == (0, 1)
    assert figures(bureau, "O.1", "2025Q4") == (0, 1)
    assert figures(bureau, "T4.3", "2025Q4") == (0, 0)
    assert figures(bureau, "O.1", "2025Q3") == (0, 0)


def test_a_finding_reported_later_counts_in_the_year_it_was_found(district):
    school = district.cast.school
    with clock.held_at(clock.at(date(2026, 1, 5))):
        told(district, date(2026, 1, 5), found_on=day(12, 28))
        assert figures(school, "T5.2", "2025") == (1, 1)


def test_what_no_event_tells_the_night_brings(district):
    """A date passes without anybody doing anything."""
    bureau = district.cast.bureau
    told(district, day(12, 1)).judged_major(day(12, 2), due_on=day(12, 20)).in_hand(day(12, 3))
    assert figures(bureau, "O.1", "2025Q4") == (1, 1)
    with clock.held_at(clock.at(day(12, 21))):
        recompute(bureau.pk)
        assert figures(bureau, "O.1", "2025Q4") == (Decimal(0), Decimal(1))


def test_a_settled_month_stands_whatever_is_sent_back_or_merged_later(district):
    school = district.cast.school
    hazard = told(district, day(11, 1)).handed_out(day(11, 1), due_on=day(11, 10)).submitted(day(11, 9))
    other = told(district, day(11, 2))
    assert figures(school, "T4.2", "2025-11") == (1, 1)
    Cell.objects.everything("a test").filter(period="2025-11").update(settled_at=clock.now())
    hazard.on(day(12, 1), "send_back", "shen", words="仍漏气")
    hazard.on(day(12, 2), "merge_hazard", "chen", into=other.hazard)
    assert figures(school, "T4.2", "2025-11") == (1, 1)

"""Real threads on hazards: one report however often it is sent, numbers once, of two hands on one step one wins.

The suite races a seeded sample; `XIAOAN_LONG=1` races fifty rounds and every ordered pair of moves.
"""

import os
import random
from itertools import product

import pytest

from tests.trial.test_module_races import told
from tests.trial.test_races import HANDS, together
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.journal import JournalEntry, first_fault
from xiaoan.hazards.acts import report_hazard
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, HazardCounter
from xiaoan.hazards.tests.factories import District, a_finding, fresh, hazard_district
from xiaoan.hazards.tests.moves import CAST, MACHINE, MOVES, SITUATIONS, actor_of, ask_for
from xiaoan.people.tests.factories import make_cast

pytestmark = pytest.mark.django_db(transaction=True)
LONG = bool(os.environ.get("XIAOAN_LONG"))
ROUNDS = 50 if LONG else 8
SAMPLE = 18
STAGES = (
    "reported",
    "judged",
    "handed out",
    "major planned",
    "referred",
    "scheduled",
    "submitted",
    "accepted",
)
STAGES += ("major rechecked", "closed", "major looked at")


@pytest.fixture
def district() -> District:
    return hazard_district(make_cast())


def test_eight_identical_reports_are_one_hazard_with_equal_receipts(district):
    unit, actor = district.cast.school, district.actor("shen")
    for round_ in range(1, ROUNDS + 1):
        ask, finding = Ask(), a_finding(district.canteen)

        def send(_place: int, ask=ask, finding=finding) -> object:
            return report_hazard(actor=actor, ask=ask, unit=unit, finding=finding)

        results = together(HANDS, send)
        assert {hazard.pk for hazard in results} == {results[0].pk}
        assert Hazard.objects.everything("a test").count() == round_
    assert HazardCounter.objects.get(unit=unit).last == ROUNDS
    assert JournalEntry.objects.filter(act="hazards.report_hazard").count() == ROUNDS
    assert first_fault(unit.pk) is None


def test_reports_of_one_unit_at_once_have_numbers_without_double_or_gap(district):
    unit, actor = district.cast.school, district.actor("shen")

    def send(place: int) -> object:
        finding = a_finding(district.canteen, text=f"第{place}处")
        return report_hazard(actor=actor, ask=Ask(), unit=unit, finding=finding)

    assert told(together(HANDS, send)) == [False] * HANDS
    codes = Hazard.objects.everything("a test").order_by("code").values_list("code", flat=True)
    assert list(codes) == [f"{unit.code}-2025-{number:04d}" for number in range(1, HANDS + 1)]


def open_moves(district: District, hazard: Hazard) -> list[tuple[str, str]]:
    """The moves that begin where it stands, each with somebody who may make it."""
    found: dict[str, str] = {}
    for who in (*CAST, MACHINE):
        for move, may in HAZARD.offers(hazard, actor_of(district, who)):
            if may and move.verb in MOVES:
                found.setdefault(move.verb, who)
    return sorted(found.items())


def raced(district: District, hazard: Hazard, moves: tuple[tuple[str, str], ...], other: Hazard) -> object:
    """Both hands open the page, then both press: what is left of it, as far as it is wrong."""
    own = [fresh(hazard), fresh(hazard)]

    def press(place: int) -> object:
        verb, who = moves[place]
        return ask_for(district, own[place], verb, who, other)

    results = told(together(2, press))
    left = fresh(hazard)
    last = left.steps.get(until=None)
    if results != [False, True] or left.version != hazard.version + 1 or last.verb not in dict(moves):
        return moves, results, left.version, last.verb
    return None


@pytest.mark.parametrize("stage", STAGES)
def test_of_two_hands_on_one_step_one_wins_and_the_other_is_told(district, stage):
    other = SITUATIONS["reported"](district)
    hazard = SITUATIONS[stage](district)
    pairs = list(product(open_moves(district, hazard), repeat=2))
    assert pairs
    if not LONG:
        pairs = random.Random(stage).sample(pairs, min(len(pairs), SAMPLE // len(STAGES) + 1))
    wrong = [raced(district, hazard, pairs[0], other)]
    wrong += [raced(district, SITUATIONS[stage](district), pair, other) for pair in pairs[1:]]
    assert [each for each in wrong if each] == []
    assert first_fault(district.cast.school.pk) is None

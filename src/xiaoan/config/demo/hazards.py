"""All hazards of two school years: rows of the old ledger, then the running term deed by deed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from random import Random

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import LAST_DAY, ConfirmFixes, Deed, LookBack
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_home import at_home, forty_minutes
from xiaoan.config.demo.hazard_lives import Fate, HazardDeed, Life, Occasion
from xiaoan.config.demo.hazard_majors import SCRIPTS
from xiaoan.config.demo.hazard_past import Row, old_ledger
from xiaoan.config.demo.hazard_plan import TERM_BEGINS, closed_occasions, open_occasions
from xiaoan.config.demo.hazard_scenes import House
from xiaoan.config.demo.hazard_set_aside import seen_again, set_aside
from xiaoan.config.demo.meetings import Stage, is_open
from xiaoan.foundation import clock

ON_THE_SPOT = 0.57
"""Of what is closed; of everything found it is some 58 per cent."""
AGAIN = 0.075
"""Of the running term: with what the visits happen to meet again it is some 8 per cent."""
STANDING = frozenset(Fate) - {Fate.CLOSED, Fate.TO_CONFIRM}
MOST_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class HazardStory:
    """Rows for the import, and deeds."""

    old_rows: list[Row]
    deeds: list[Deed]


def hazard_story(stage: Stage) -> HazardStory:
    """Everything, from one seed."""
    houses = {each.code: House(stage.sheet, each) for each in stage.sheet.institutions}
    hands = {each.code: Hands(stage, each) for each in stage.sheet.institutions}
    rows = old_ledger(stage, houses, hands)
    home = stage.sheet.cast[0].unit
    deeds: list[Deed] = list(_together(_running(stage, houses, hands)))
    deeds += [deed for script in SCRIPTS for deed in script.played(stage, hands)]
    deeds += set_aside(stage, hands)
    deeds += [*forty_minutes(hands[home]), *_looks_back(stage, hands[home])]
    return HazardStory(rows, deeds)


def _running(stage: Stage, houses: dict[str, House], hands: dict[str, Hands]) -> Iterator[HazardDeed]:
    """The lives of the running term, house by house in the order of days."""
    home = stage.sheet.cast[0].unit
    standing: dict[str, list[Occasion]] = defaultdict(list)
    for code, occasion in open_occasions(stage, hands):
        standing[code].append(occasion)
    standing[home] += at_home(hands[home])
    for each in stage.sheet.institutions:
        if is_open(each, TERM_BEGINS):
            past = closed_occasions(stage, each, hands[each.code])
            pictured = (replace(occasion, pictured=each.code == home) for occasion in past)
            occasions = sorted([*pictured, *standing[each.code]], key=lambda one: one.at)
            yield from _lives(stage, houses[each.code], hands[each.code], occasions)


def _lives(stage: Stage, house: House, hands: Hands, occasions: Iterable[Occasion]) -> Iterator[HazardDeed]:
    """The lives of one institution."""
    for number, occasion in enumerate(occasions):
        chance = dice("hazard", house.unit, number)
        day = clock.local_date(occasion.at)
        found = house.look(day, chance, again=chance.random() < AGAIN, wanted=occasion.wanted)
        if found:
            start = partial(Life, f"hazard {house.unit} {number}", hands, stage.days, occasion, found, chance)
            lived = _lived(start, occasion.fate, chance)
            house.closed(found, lived.closed_on)
            yield from lived.deeds
            after = stage.days.between(day + timedelta(days=1), LAST_DAY)
            yield from seen_again(hands, f"hazard {house.unit} {number}", occasion, found, after)


def _lived(start: Callable[[], Life], fate: Fate, chance: Random) -> Life:
    """A life to its end: step by step, or put right on the spot, which always fits before the curtain."""
    if fate in STANDING or (fate == Fate.CLOSED and chance.random() >= ON_THE_SPOT):
        life = start()
        life.step_by_step()
        if life.fits:
            return life
    life = start()
    life.on_the_spot()
    return life


def _together(deeds: Iterable[HazardDeed]) -> Iterator[Deed]:
    """Confirmations of one person at one instant are one batch."""
    batches: dict[tuple[object, ...], list[ConfirmFixes]] = defaultdict(list)
    for deed in deeds:
        if isinstance(deed, ConfirmFixes):
            batches[deed.by, deed.at].append(deed)
        else:
            yield deed
    for batch in batches.values():
        yield replace(batch[0], keys=tuple(key for each in batch for key in each.keys)[:MOST_AT_ONCE])


def _looks_back(stage: Stage, hands: Hands) -> Iterator[LookBack]:
    """Every Thursday somebody of the centre looks at what is due."""
    day = date(2025, 9, 4)
    while day < LAST_DAY - timedelta(days=4):
        if stage.days.working.is_working(day):
            yield LookBack(clock.at(day, 13, 40), hands.looker(day))
        day += timedelta(days=7)

"""How many hazards there are where and when, from which side, and where the open ones stand (`12-practice.md` 7.3)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.deeds import CURTAIN, LAST_DAY
from xiaoan.config.demo.hazard_hands import Hands
from xiaoan.config.demo.hazard_lives import SCHOOL, Fate, Occasion
from xiaoan.config.demo.meetings import OF, Stage, is_open
from xiaoan.config.demo.sheet import Institution, Sheet
from xiaoan.foundation import clock

TERM_BEGINS = date(2025, 9, 1)
MONTHS = {9: 34, 10: 17, 11: 33, 12: 16}
"""Shares of the running term: much when school begins and in the month of fire safety."""


@dataclass(frozen=True, slots=True)
class Visits:
    """How often an institution is visited in a term by a side, and what is found on one visit."""

    source: str
    often: float
    least: int
    most: int


VISITS = (
    Visits("third_party", 0.27, 4, 8),
    Visits("centre", 0.5, 2, 4),
    Visits("group", 0.37, 2, 3),
    Visits("bureau", 0.3, 1, 3),
    Visits("inspector", 0.13, 1, 1),
    Visits("partner", 0.11, 1, 2),
)
OF_THEIR_OWN = 3.7
"""What an institution finds itself in a term, on average."""
NEVER_LOOK = 7
"""Of 180 institutions those that found nothing themselves in two terms."""
THIRD_PARTY_FINDS = 9
"""At the school of the perfect ledgers, whose story a leader recognises."""
OPEN = (
    (Fate.TO_JUDGE, 7),
    (Fate.SUSPECTED, 1),
    (Fate.TO_ASSIGN, 5),
    (Fate.RECTIFYING, 100),
    (Fate.OVERDUE, 15),
    (Fate.DRAFTED, 1),
    (Fate.WITH_FINANCE, 4),
    (Fate.WITH_TOWN, 2),
    (Fate.TO_VERIFY, 16),
    (Fate.TO_RECHECK, 14),
    (Fate.TO_CLOSE, 17),
    (Fate.TO_CONFIRM, 6),
    (Fate.SCHEDULED, 17),
)
"""Of 180 institutions. What the stories leave open beside it is not counted here."""
DAYS_AGO = {
    Fate.TO_JUDGE: (0, 2),
    Fate.SUSPECTED: (0, 0),
    Fate.TO_ASSIGN: (2, 4),
    Fate.RECTIFYING: (2, 16),
    Fate.OVERDUE: (22, 34),
    Fate.DRAFTED: (30, 36),
    Fate.WITH_FINANCE: (12, 45),
    Fate.WITH_TOWN: (14, 40),
    Fate.TO_VERIFY: (5, 14),
    Fate.TO_RECHECK: (9, 16),
    Fate.TO_CLOSE: (12, 20),
    Fate.TO_CONFIRM: (0, 2),
    Fate.SCHEDULED: (28, 95),
}
"""How long ago the open ones were found, before the last day."""
FROM_ABOVE = ("centre", "centre", "third_party", "third_party", "group", "bureau")
WANTED = {Fate.DRAFTED: "building"}
"""Nothing small is drafted for listing."""
ONLY_ABOVE = {Fate.TO_RECHECK, Fate.DRAFTED}
UNITS_WITH_OVERDUE = 10
"""Of 180 institutions; the cast's first school is one more."""


def never_look(sheet: Sheet) -> list[str]:
    """Institutions that find nothing themselves; the first is the school of the perfect ledgers."""
    at_work = {line.unit for line in sheet.cast}
    codes = [each.code for each in sheet.institutions if each.pupils and each.code not in at_work]
    dice("never look").shuffle(codes)
    codes.sort(key=lambda code: not code.startswith(("XX", "CZ")))
    return codes[: scaled(sheet, NEVER_LOOK)]


def scaled(sheet: Sheet, number: int) -> int:
    """A number that is told of 180 institutions, for as many as there are; at least one."""
    return max(1, round(number * len(sheet.institutions) / OF))


def closed_occasions(stage: Stage, each: Institution, hands: Hands) -> Iterator[Occasion]:
    """What was found in the running term and is closed by now: on visits, and by the institution itself."""
    blind = never_look(stage.sheet)
    chance = dice("hazards", each.code)
    first = blind[0] == each.code
    for visits in VISITS:
        if chance.random() < visits.often and not (first and visits.source == "third_party"):
            yield from _visit(stage, hands, visits.source, chance.randint(visits.least, visits.most), chance)
    if first:
        yield from _visit(stage, hands, "third_party", THIRD_PARTY_FINDS, chance)
    if each.code not in blind:
        for _number in range(_own(each, chance)):
            day = _day(stage, chance)
            yield Occasion(_at(day, chance), SCHOOL, hands.reporter(day, chance))


def _own(each: Institution, chance: Random) -> int:
    """How much an institution finds itself: large ones more, and no two alike."""
    size = 0.55 + each.pupils / 1_200 if each.pupils else 0.5
    return max(1, round(OF_THEIR_OWN * size * chance.lognormvariate(-0.12, 0.5)))


def _visit(stage: Stage, hands: Hands, source: str, count: int, chance: Random) -> Iterator[Occasion]:
    """What one visit finds, some minutes after each other."""
    day = _day(stage, chance)
    by, finder = hands.from_above(source, day, chance)
    at = clock.at(day, chance.randint(8, 13), chance.randint(0, 59))
    for _number in range(count):
        at += timedelta(minutes=chance.randint(6, 17))
        yield Occasion(at, source, by, finder)


def _day(stage: Stage, chance: Random) -> date:
    """A working day of the term, by the shares of its months."""
    month = chance.choices([*MONTHS], [*MONTHS.values()])[0]
    first = date(2025, month, 1)
    last = min(LAST_DAY, first.replace(day=30))
    return chance.choice(stage.days.between(max(first, TERM_BEGINS), last))


def _at(day: date, chance: Random) -> datetime:
    """An instant of a school day."""
    return clock.at(day, chance.choice((7, 8, 9, 10, 10, 11, 13, 14, 14, 15, 16)), chance.randint(0, 59))


def open_occasions(stage: Stage, hands: dict[str, Hands]) -> Iterator[tuple[str, Occasion]]:
    """What is open today, with the institution where it was found. The cast's first school has its own."""
    sheet = stage.sheet
    home, sources = sheet.cast[0].unit, {each.code: each for each in sheet.institutions}
    blind = set(never_look(sheet))
    codes = [code for code, each in sources.items() if code != home and is_open(each, TERM_BEGINS)]
    late = codes[:]
    dice("late units").shuffle(late)
    late = late[: max(2, scaled(sheet, UNITS_WITH_OVERDUE))]
    for fate, number in OPEN:
        for count in range(scaled(sheet, number)):
            chance = dice("open", fate, count)
            code = late[count % len(late)] if fate in {Fate.OVERDUE, Fate.DRAFTED} else chance.choice(codes)
            is_above = fate in ONLY_ABOVE or code in blind or _from_above(fate, count, chance)
            yield code, _open(stage, hands[code], fate, chance, is_above=is_above)


def _from_above(fate: Fate, count: int, chance: Random) -> bool:
    """Half of what is open came from above; of each step at least one, so that the centre has its part."""
    if fate == Fate.SUSPECTED:
        return False
    return count == 0 or chance.random() < 0.5  # noqa: PLR2004 - half


def _open(stage: Stage, hands: Hands, fate: Fate, chance: Random, *, is_above: bool) -> Occasion:
    """One open hazard."""
    least, most = DAYS_AGO[fate]
    days = stage.days.between(LAST_DAY - timedelta(days=most + 2), LAST_DAY - timedelta(days=least))
    day = chance.choice(days)
    source = chance.choice(FROM_ABOVE) if is_above else SCHOOL
    by, finder = hands.from_above(source, day, chance) if is_above else (hands.reporter(day, chance), "")
    return Occasion(
        _at(day, chance), source, by, finder, fate, due=_due(fate, day, chance), wanted=WANTED.get(fate, "")
    )


def _due(fate: Fate, day: date, chance: Random) -> date | None:
    """The date of what is being put right, or should be by now."""
    if fate in {Fate.OVERDUE, Fate.DRAFTED}:
        return CURTAIN - timedelta(days=chance.choice((1, 1, 2, 3, 5, 6, 8, 13)))
    if fate == Fate.RECTIFYING:
        return min(CURTAIN + timedelta(days=chance.randint(0, 14)), day + timedelta(days=30))
    return CURTAIN + timedelta(days=chance.randint(1, 9)) if fate != Fate.CLOSED else None

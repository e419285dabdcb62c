"""Who leaves and who follows while the plan runs: changes of head in September 2025, and posts that stand empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xiaoan.config.demo.chance import dice
from xiaoan.config.demo.sheet import Institution, Sheet

ONE_HEAD_OF, OF = 62, 180
"""书记校长一肩挑 at 62 of 180 institutions."""
TERM_BEGINS = date(2025, 9, 1)
LAST_OF_TERM = date(2025, 8, 31)
NEW_HEAD_EVERY = 20
OTHER_CHANGES = (
    ("secretary", date(2025, 3, 31), TERM_BEGINS),
    ("safety_officer", date(2025, 11, 24), None),
    ("deputy_principal", LAST_OF_TERM, None),
    ("deputy_principal", date(2025, 10, 31), None),
    ("experience_room_keeper", LAST_OF_TERM, None),
    ("general_affairs_head", date(2025, 9, 30), date(2025, 11, 3)),
)
"""Post, last day of who leaves, first day of who follows; each at an institution of its own."""


@dataclass(frozen=True, slots=True)
class Turnover:
    """That a post changes hands, or stands empty from then on."""

    leaves: date
    """The last day of who leaves."""
    follows: date | None


Turnovers = dict[tuple[str, str], Turnover]
"""By unit code and main post of the seat."""


def one_head_units(sheet: Sheet) -> set[str]:
    """Institutions where one person is head and party secretary: the small and private ones first."""
    two = {line.unit for line in sheet.cast if line.post == "secretary"}

    def rank(each: Institution) -> tuple[bool, float]:
        kind = sheet.kind_of(each)
        likely = kind.code in {"kindergarten_private", "adult"}
        return not likely, dice("one head", each.code).random()

    candidates = sorted((each for each in sheet.institutions if each.code not in two), key=rank)
    return {each.code for each in candidates[: round(len(sheet.institutions) * ONE_HEAD_OF / OF)]}


def turnovers(sheet: Sheet, one_head: set[str]) -> Turnovers:
    """All changes of hands. The head of the cast's first school came a week before the term."""
    home = sheet.cast[0].unit
    found: Turnovers = {(home, "principal"): Turnover(date(2025, 8, 24), date(2025, 8, 25))}
    others = _shuffled(sheet, one_head)
    for count, code in enumerate(_taken(others, len(sheet.institutions) // NEW_HEAD_EVERY)):
        for post in ("principal", "secretary") if count % 3 == 0 else ("principal",):
            found[code, post] = Turnover(LAST_OF_TERM, TERM_BEGINS)
    for post, leaves, follows in OTHER_CHANGES:
        found[next(others), post] = Turnover(leaves, follows)
    return found


def _shuffled(sheet: Sheet, one_head: set[str]) -> Iterator[str]:
    """Institutions with two heads where nobody of the cast works, in an order of chance."""
    at_work = {line.unit for line in sheet.cast}
    free = [each.code for each in sheet.institutions if each.code not in at_work | one_head]
    dice("turnover").shuffle(free)
    return iter(free)


def _taken(codes: Iterator[str], number: int) -> list[str]:
    return [next(codes) for _each in range(number)]

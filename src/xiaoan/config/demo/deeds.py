"""What is acted out: each deed with its instant, the post by which it is done, and its content."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock
from xiaoan.foundation.working_days import WorkingDays

CURTAIN = date(2025, 12, 17)
"""The day that the demo shows: all is done before its working hours."""
LAST_DAY = CURTAIN - timedelta(days=1)
STAFF_STAYS = timedelta(days=6)
"""The staff stays for a while after the pupils have left, and is back before they come."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """A 议定事项 in a record."""

    text: str
    holder: Tenure
    due: date


@dataclass(frozen=True, slots=True)
class Record:
    """A record that is filed. People in `values` are tenures."""

    key: str
    """By which later deeds name the record; no other record has it."""
    at: datetime
    by: Tenure
    unit: str
    kind: str
    day: date
    values: Mapping[str, Any]
    items: tuple[Agreed, ...] = ()


@dataclass(frozen=True, slots=True)
class Finish:
    """Saying that a 议定事项 is done."""

    at: datetime
    by: Tenure
    record: str
    number: int
    done_on: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Void:
    """Voiding a record."""

    at: datetime
    by: Tenure
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correct:
    """Putting a record right: as it should have been."""

    at: datetime
    by: Tenure
    record: str
    right: Record
    reason: str


@dataclass(frozen=True, slots=True)
class BeginRisks:
    """Taking the pack's starter list of risk points."""

    at: datetime
    by: Tenure
    unit: str


@dataclass(frozen=True, slots=True)
class ReviewRisks:
    """Reviewing a share of a unit's risk points in a term, in one sitting."""

    at: datetime
    by: Tenure
    unit: str
    term: str
    share: float


@dataclass(frozen=True, slots=True)
class ReportHazard:
    """Reporting a hazard of a unit. `place` is a code of the register, or empty where only `place_name` tells."""

    at: datetime
    by: Tenure
    key: str
    """By which later deeds name the hazard; those of the old ledger are named by their old number."""
    unit: str
    place: str
    place_name: str
    kind: str
    text: str
    source: str
    finder: str = ""
    fixed: str = ""
    suspected: bool = False
    control: str = ""
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class MoveHazard:
    """A step of a hazard by one of its acts. Units in `nouns` are codes, a second person is a tenure."""

    at: datetime
    by: Tenure
    key: str
    act: str
    nouns: Mapping[str, Any]
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmFixes:
    """Confirming at once what was put right on the spot."""

    at: datetime
    by: Tenure
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LookBack:
    """Looking at everything again whose day has come."""

    at: datetime
    by: Tenure


Deed = (
    Record
    | Finish
    | Void
    | Correct
    | BeginRisks
    | ReviewRisks
    | ReportHazard
    | MoveHazard
    | ConfirmFixes
    | LookBack
)


class Roster:
    """Who held what at an institution on a day, its departments included."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        self._by_post: dict[tuple[str, str], list[Tenure]] = defaultdict(list)
        for each in tenures:
            self._by_post[each.unit.partition("-B")[0], each.post].append(each)

    def holder(self, unit: str, post: str, day: date) -> Tenure | None:
        """The first holder of a post."""
        return next(iter(self.holders(unit, post, day)), None)

    def holders(self, unit: str, post: str, day: date) -> list[Tenure]:
        """All who hold a post."""
        held = self._by_post[unit, post]
        return [each for each in held if each.starts <= day and not (each.ends and each.ends < day)]

    def heads(self, unit: str, day: date) -> list[Tenure]:
        """Principal and secretary: one tenure for each person."""
        found = [self.holder(unit, post, day) for post in ("principal", "secretary")]
        return list({each.person: each for each in reversed(found) if each}.values())[::-1]

    def recorder(self, unit: str, day: date, chance: Random) -> Tenure:
        """Who files a record: mostly the safety officer."""
        order = ["safety_officer", "deputy_principal", "principal"]
        if chance.random() < 0.3:  # noqa: PLR2004 - now and then a leader does it
            order = ["deputy_principal", "principal", "safety_officer"]
        held = (self.holder(unit, post, day) for post in (*order, "secretary"))
        return next(each for each in held if each)


@dataclass(frozen=True, slots=True)
class Days:
    """Days on which schools meet: worked, and with the staff in the house."""

    working: WorkingDays
    breaks: tuple[tuple[date, date], ...]
    """Holidays of pupils."""

    def between(self, first: date, last: date) -> list[date]:
        """The days from first to last."""
        span = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return [day for day in span if self.working.is_working(day) and not self._is_away(day)]

    def _is_away(self, day: date) -> bool:
        return any(first + STAFF_STAYS < day < last - STAFF_STAYS for first, last in self.breaks)

    def one(self, first: date, last: date, chance: Random) -> date:
        """A day in a span, rather late than early."""
        days = self.between(first, min(last, LAST_DAY))
        return days[int(chance.triangular(0, len(days) - 1, len(days) * 0.6))]

    def filed(self, day: date, chance: Random) -> datetime:
        """When something of a day is filed: mostly at once, sometimes days later, rarely weeks."""
        chosen = chance.choices((range(1), range(1, 4), range(4, 13), range(13, 25)), (60, 27, 10, 3))[0]
        later = day + timedelta(days=chance.choice(chosen))
        while not self.working.is_working(later):
            later += timedelta(days=1)
        return clock.at(min(later, max(day, LAST_DAY)), chance.randint(15, 17), chance.randint(0, 59))

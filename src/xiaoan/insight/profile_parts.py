"""The parts of a profile as its page shows them: people, duties, hazards, risks, places, records."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import Period, period_name
from xiaoan.foundation.ui.signs import Sign
from xiaoan.hazards.models import Hazard, State
from xiaoan.hazards.queries import standing
from xiaoan.ledgers.models import Entry
from xiaoan.organisations.models import Place, Stage
from xiaoan.people.models import Appointment, Post
from xiaoan.plans.queries import CellLine
from xiaoan.risks.models import LEVEL_SIGNS, Level

HAZARDS_SHOWN = 5
NEXT_STEPS = 3
"""A school is shown its next three steps (`12-practice.md` section 3)."""
OWED = ("late", "untold", "open", "met")
STANDING: dict[str, Words] = {
    "met": gettext_lazy("已完成 %(number)d 项"),
    "open": gettext_lazy("%(number)d 项未到期"),
    "late": gettext_lazy("%(number)d 项逾期"),
    "untold": gettext_lazy("%(number)d 项缺依据"),
}
"""How a unit stands, in the order of the sentence."""


@dataclass(frozen=True, slots=True)
class Institution:
    """A unit of `institutions` in words."""

    unit: Any

    @property
    def stage(self) -> Words:
        """The stage; the kind of the unit where it has none."""
        kind: Words = self.unit.get_kind_display()
        return Stage(self.unit.stage_then).label if self.unit.stage_then else kind

    @property
    def pupils(self) -> str:
        """How many there are; empty where nobody counted."""
        if not self.unit.pupils:
            return ""
        values = {"number": f"{self.unit.pupils:,}", "boarders": f"{self.unit.boarders or 0:,}"}
        if self.unit.boarders:
            return _("学生 %(number)s 人，其中寄宿 %(boarders)s 人") % values
        return _("学生 %(number)s 人") % values

    @property
    def note(self) -> str:
        """What a list says besides the name: 小学　芦汀镇."""
        return _together(self.stage, self.unit.town)

    @property
    def head_line(self) -> str:
        """小学　学生 1,126 人，其中寄宿 40 人　芦汀协作组　芦汀镇."""
        return _together(self.stage, self.pupils, self.unit.group, self.unit.town)


def _together(*words: Words | None) -> str:
    """Words beside each other, as the language sets them apart; empty ones are left out."""
    return _("　").join(str(each) for each in words if each)


@dataclass(frozen=True, slots=True)
class People:
    """Who answers for the unit today, the posts that stand vacant, and who held which post in the last year."""

    answering: Sequence[Appointment]
    vacant: Sequence[Post]
    lately: Sequence[Appointment]


@dataclass(frozen=True, slots=True)
class Duties:
    """应完成 n 项，已完成 m 项，k 项未到期: the cells of running periods, and what past ones left."""

    lines: Sequence[CellLine]
    first_only: bool
    """The unit's own people are shown their next steps, not the whole list."""

    @property
    def owed(self) -> int:
        """All of them."""
        return len(self.lines)

    @property
    def shown(self) -> Sequence[CellLine]:
        """The lines of the page."""
        unmet = [line for line in self.lines if status_of(line) != "met"]
        return unmet[:NEXT_STEPS] if self.first_only else self.lines

    @property
    def words(self) -> str:
        """已完成 14 项，3 项未到期."""
        count = Counter(map(status_of, self.lines))
        told = ((words, count[status]) for status, words in STANDING.items())
        return _("，").join(words % {"number": number} for words, number in told if number)


def status_of(line: CellLine) -> str:
    """The status that stands on a line's cell."""
    found: str = line.cell.status  # type: ignore[attr-defined]  # `with_status` sets it
    return found


def urgency(line: CellLine) -> int:
    """What is late first, what is done last."""
    return OWED.index(status_of(line))


@dataclass(frozen=True, slots=True)
class Hazards:
    """What is not closed, by date, and what was found in the school year."""

    open: Sequence[Hazard]
    found: Sequence[Hazard]
    year: Period

    @property
    def first(self) -> list[tuple[Hazard, Sequence[Sign]]]:
        """The first by date, with their signs."""
        return [(each, standing(each).signs) for each in self.open[:HAZARDS_SHOWN]]

    @property
    def overdue(self) -> int:
        """How many are past their date."""
        return sum(each.is_overdue() for each in self.open)

    @property
    def major(self) -> int:
        """How many are major."""
        return sum(each.is_major for each in self.open)

    @property
    def missed(self) -> int:
        """上级查出而自查没有, of the year."""
        return sum(each.missed for each in self.found)

    @property
    def year_name(self) -> Words:
        """2025—2026学年."""
        return period_name(self.year)

    @property
    def found_words(self) -> str:
        """2025—2026学年发现 41 件."""
        return _("%(year)s发现 %(number)d 件") % {"year": self.year_name, "number": len(self.found)}

    @property
    def steps(self) -> str:
        """整改中 3，已归档 9."""
        count = Counter(each.state for each in self.found)
        return _("，").join(f"{state.label} {count[state]}" for state in State if count[state])


@dataclass(frozen=True, slots=True)
class Colour:
    """How many risk points are of a colour, and where they are listed."""

    sign: Sign
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class Risks:
    """The risk list: points by colour, and the gravest of each place."""

    colours: Sequence[Colour]
    gravest: Mapping[UUID, Level]

    @property
    def number(self) -> int:
        """All points."""
        return sum(each.number for each in self.colours)


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place with its gravest risk and what is open there."""

    place: Place
    level: Level | None
    hazards: Sequence[Hazard]

    @property
    def sign(self) -> Sign | None:
        """The colour of its gravest risk."""
        return LEVEL_SIGNS[self.level] if self.level else None

    @property
    def order(self) -> tuple[bool, int, str]:
        """Where something is open first, then by the gravest risk, then by code."""
        return not self.hazards, self.level or len(Level) + 1, self.place.code


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record and the name of its kind."""

    entry: Entry
    kind: str

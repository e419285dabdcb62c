"""全区总览: the district on one page. Open hazards and cells are bounded; what grows with the years is read from counters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import period_name
from xiaoan.foundation.todo import Pile, Todo
from xiaoan.foundation.ui.charts import MonthPair
from xiaoan.hazards import queries as hazards
from xiaoan.hazards.models import Source, State
from xiaoan.insight.agenda import Agenda, agenda_of
from xiaoan.plans import queries as plans

K = TypeVar("K")
UNITS_SHOWN = 6
THINGS_SHOWN = 3
FIVE = (Source.SCHOOL, Source.GROUP, Source.CENTRE, Source.BUREAU, Source.THIRD_PARTY)
"""五维, in the order of the plan; whoever else tells comes after them."""
LIFE = (
    State.TO_JUDGE,
    State.TO_CONFIRM,
    State.TO_ASSIGN,
    State.RECTIFYING,
    State.REFERRED,
    State.SCHEDULED,
    State.TO_VERIFY,
    State.TO_RECHECK,
    State.TO_CLOSE,
)
"""Open steps in the order in which a hazard takes them."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its bar: how long it is, how much of it is late, where its rows are."""

    label: Words
    number: int
    url: str
    limit: int
    late: int = 0
    late_url: str = ""


@dataclass(frozen=True, slots=True)
class Late:
    """A unit that is late, and with what."""

    name: str
    hazards: int
    hazards_url: str
    cells: int
    cells_url: str


@dataclass(frozen=True)
class Overview:
    """What the page shows, each part read once. `kind` says by which circles (`group`, `town`)."""

    actor: Actor
    kind: str
    at: datetime

    @cached_property
    def steps(self) -> list[hazards.StepCount]:
        """Open hazards by step and unit."""
        return hazards.open_by_step(self.actor)

    @cached_property
    def overdue_units(self) -> Counter[UUID]:
        """Overdue hazards by unit."""
        return +Counter(_sums((step.unit_id, step.overdue) for step in self.steps))

    @cached_property
    def counted(self) -> list[hazards.MonthCount]:
        """The monthly counts of twelve months and of the school year."""
        first = min(hazards.school_year().first, hazards.twelve_months()[0].first)
        return hazards.counted_since(self.actor, first)

    @cached_property
    def agenda(self) -> Agenda:
        """What the actor owes."""
        return agenda_of(self.actor)

    @cached_property
    def grid(self) -> plans.Grid | None:
        """任务完成情况."""
        return plans.grid(self.actor, self.kind)

    @property
    def open(self) -> int:
        """未销号."""
        return sum(step.number for step in self.steps)

    @property
    def open_url(self) -> str:
        """Where they are listed."""
        return hazards.listed(view="open")

    @property
    def major(self) -> int:
        """重大未销号."""
        return sum(step.major for step in self.steps)

    @property
    def major_note(self) -> Words:
        """How many of them are on the board."""
        number = sum(step.listed for step in self.steps)
        return _("挂牌督办 %(number)s 件") % {"number": number} if number else ""

    @property
    def major_url(self) -> str:
        """Where they are listed."""
        return hazards.listed(counted="major")

    @property
    def overdue(self) -> int:
        """逾期."""
        return sum(step.overdue for step in self.steps)

    @property
    def overdue_note(self) -> Words:
        """In how many units."""
        number = len(self.overdue_units)
        words = ngettext("涉及 %(number)s 个单位", "涉及 %(number)s 个单位", number) % {"number": number}
        return words if self.overdue else ""

    @property
    def overdue_url(self) -> str:
        """Where they are listed."""
        return hazards.listed(view="overdue")

    @property
    def again(self) -> int:
        """本学年上级查出而自查没有的重复问题."""
        first = hazards.school_year().first
        return sum(row.missed_again for row in self.counted if row.month >= first)

    @property
    def again_url(self) -> str:
        """Where they are listed."""
        return hazards.listed(counted="again")

    @property
    def unfunded(self) -> int:
        """没有落实资金."""
        return sum(step.unfunded for step in self.steps)

    @property
    def unfunded_url(self) -> str:
        """Where they are listed."""
        return hazards.listed(view="unfunded")

    @property
    def mine(self) -> int:
        """本周要我签的: what is late or falls due until Sunday, and what waits for a word without a date."""
        return self.agenda.late + self.agenda.week + self.agenda.waiting

    @property
    def piles(self) -> Sequence[Pile]:
        """The first kinds of work that lie in piles."""
        return self.agenda.piles[:THINGS_SHOWN]

    @property
    def things(self) -> Sequence[Todo]:
        """The first single things, as many as the piles leave room for."""
        return self.agenda.things[: THINGS_SHOWN - len(self.piles)]

    @property
    def step_bars(self) -> list[Bar]:
        """未销号隐患在哪一步."""
        number = _sums((step.state, step.number) for step in self.steps)
        late = _sums((step.state, step.overdue) for step in self.steps)
        return [
            Bar(
                state.label,
                number.get(state, 0),
                hazards.listed(view="open", state=state) if state in number else "",
                max(number.values(), default=0),
                late.get(state, 0),
                hazards.listed(view="overdue", state=state),
            )
            for state in LIFE
        ]

    @property
    def sources(self) -> list[Bar]:
        """Who found what in the school year: the five dimensions, then whoever else told."""
        year = hazards.school_year()
        found = dict.fromkeys(Source.values, 0)
        for row in self.counted:
            found[row.source] += row.found if row.month >= year.first else 0
        others = [source for source in Source if source not in FIVE and found[source]]
        limit = max(found.values())
        return [
            Bar(
                Source(source).label,
                found[source],
                hazards.listed(source=source, counted=f"found-{year.code}") if found[source] else "",
                limit,
            )
            for source in (*FIVE, *others)
        ]

    @property
    def year_name(self) -> Words:
        """2025-2026学年."""
        return period_name(hazards.school_year())

    @property
    def trend(self) -> list[MonthPair]:
        """Found and closed in each of twelve months."""
        found, closed = _by_month(self.counted, "found"), _by_month(self.counted, "closed")
        return [
            MonthPair(
                month.first,
                found.get(month.first, 0),
                closed.get(month.first, 0),
                hazards.listed(counted=f"found-{month.code}"),
                hazards.listed(counted=f"closed-{month.code}"),
            )
            for month in hazards.twelve_months()
        ]

    @cached_property
    def late_units(self) -> list[Late]:
        """Units with the most overdue hazards, then with the most late cells. Numbers of things, never rates."""
        overdue, found = self.overdue_units, plans.late_by_unit(self.actor)
        cells = {key: number for key, _name, number in found}
        names = {step.unit_id: step.unit for step in self.steps if step.overdue}
        names |= {key: name for key, name, _number in found}
        most = sorted(names, key=lambda key: (-overdue[key], -cells.get(key, 0), names[key]))
        return [
            Late(
                names[key],
                overdue[key],
                hazards.listed(view="overdue", unit=str(key)),
                cells.get(key, 0),
                f"{reverse('plans:cells')}?{urlencode({'status': 'late', 'unit': str(key)})}",
            )
            for key in most
        ]

    @property
    def late_units_shown(self) -> list[Late]:
        """The first of them."""
        return self.late_units[:UNITS_SHOWN]


def _by_month(rows: Iterable[hazards.MonthCount], name: str) -> dict[date, int]:
    """A count by month, over all sources."""
    return _sums((row.month, getattr(row, name)) for row in rows)


def _sums(pairs: Iterable[tuple[K, int]]) -> dict[K, int]:
    """The numbers of each key together."""
    sums: dict[K, int] = {}
    for key, number in pairs:
        sums[key] = sums.get(key, 0) + number
    return sums


def overview_of(actor: Actor, kind: str) -> Overview:
    """The page of now."""
    return Overview(actor, kind, clock.now())

"""What a person owes and waits for: the shares of all modules as one, in the order in which a page says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from xiaoan.feedback import queries as feedback
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import PeriodKind, period_of
from xiaoan.foundation.todo import Held, Pile, Share, Todo
from xiaoan.hazards import queries as hazards
from xiaoan.ledgers import queries as ledgers
from xiaoan.plans import queries as plans
from xiaoan.risks import queries as risks

SHARES = (hazards.share, ledgers.share, feedback.share)
LOUD = 3
"""今日最多三件事: never more is shouted at a school."""


@dataclass(frozen=True, slots=True)
class Group:
    """Quiet things under one heading: 今天, 本周, 本月, 往后, 待我处理."""

    title: Words
    things: Sequence[Todo]


@dataclass(frozen=True)
class Agenda:
    """What a person owes, what lies in piles for them, what waits for others."""

    things: Sequence[Todo]
    """In order: late and due this week by date, then what waits for a word, the longest waiting first, then later dates."""
    piles: Sequence[Pile]
    held: Sequence[Held]

    @cached_property
    def number(self) -> int:
        """Everything together, piles with all that lies in them."""
        return len(self.things) + sum(pile.number for pile in self.piles)

    @property
    def late(self) -> int:
        """How much is past its date."""
        return _due(self.things, date.min, clock.today() - timedelta(days=1))

    @property
    def today(self) -> int:
        """How much falls due today."""
        return _due(self.things, clock.today(), clock.today())

    @property
    def week(self) -> int:
        """How much falls due from today to Sunday."""
        return _due(self.things, clock.today(), _sunday())

    @property
    def waiting(self) -> int:
        """待我处理: how much waits for a word, without a date."""
        return self.number - sum(thing.due is not None for thing in self.things)

    @property
    def has_days(self) -> bool:
        """Whether anything of it has a date, so that late, today and this week say something."""
        return any(thing.due for thing in self.things)

    @property
    def loud(self) -> Sequence[Todo]:
        """What is said first and large: never more than three."""
        return self.things[:LOUD]

    @property
    def undated(self) -> list[Todo]:
        """What waits for a word, one by one."""
        return [thing for thing in self.things if thing.due is None]

    @property
    def dated(self) -> list[Group]:
        """What has a date, under the headings of the days."""
        return grouped([thing for thing in self.things if thing.due])

    @property
    def quiet(self) -> list[Group]:
        """The rest under its headings; headings without a thing are left out."""
        return grouped(self.things[LOUD:])


def agenda_of(actor: Actor) -> Agenda:
    """The shares of all modules as one."""
    shares = [*(share(actor) for share in SHARES), Share(risks.todo(actor))]
    shares.append(Share(_steps(actor, shares)))
    sunday = _sunday()
    return Agenda(
        things=sorted((thing for each in shares for thing in each.things), key=lambda thing: _place(thing, sunday)),
        piles=[pile for each in shares for pile in each.piles],
        held=sorted((held for each in shares for held in each.held), key=lambda held: (held.since, str(held.title))),
    )  # fmt: skip


def grouped(things: Sequence[Todo]) -> list[Group]:
    """Things under the headings of the days on which they fall due; what has no date comes last."""
    today, sunday = clock.today(), _sunday()
    month = period_of(PeriodKind.MONTH, today).last
    spans: list[tuple[Words, date, date]] = [
        (_("逾期"), date.min, today - timedelta(days=1)),
        (_("今天"), today, today),
        (_("本周"), today + timedelta(days=1), sunday),
        (_("本月"), max(today, sunday) + timedelta(days=1), month),
        (_("往后"), max(sunday, month) + timedelta(days=1), date.max),
    ]
    groups = [
        Group(title, [thing for thing in things if thing.due and first <= thing.due <= last])
        for title, first, last in spans
    ]
    groups.append(Group(_("待我处理"), [thing for thing in things if thing.due is None]))
    return [group for group in groups if group.things]


def _steps(actor: Actor, shares: Sequence[Share]) -> list[Todo]:
    """The plan's steps that lead elsewhere: a module knows how far its own step has come."""
    known = {thing.url for share in shares for thing in share.things}
    return [step for step in plans.todo(actor) if step.url not in known]


def _place(thing: Todo, sunday: date) -> tuple[int, tuple[date, date, str]]:
    """What is late or due this week, then what waits, then what is due later."""
    if thing.due is None:
        return 1, thing.order
    return (0 if thing.due <= sunday else 2), thing.order


def _due(things: Sequence[Todo], first: date, last: date) -> int:
    """How many of the things fall due between two days."""
    return sum(thing.due is not None and first <= thing.due <= last for thing in things)


def _sunday() -> date:
    """The last day of this week."""
    today = clock.today()
    return today + timedelta(days=6 - today.weekday())

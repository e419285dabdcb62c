"""What a person owes: the to-do lists of all modules as one."""

from dataclasses import dataclass
from datetime import date, timedelta

from xiaoan.feedback import queries as feedback
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.todo import Todo
from xiaoan.hazards import queries as hazards
from xiaoan.ledgers import queries as ledgers
from xiaoan.plans import queries as plans
from xiaoan.risks import queries as risks

SOURCES = (hazards.todo, ledgers.todo, risks.todo, feedback.todo)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a person owes: everything in order of date, and how much of it is late, due today, due this week."""

    things: list[Todo]
    late: int
    today: int
    week: int

    @property
    def has_days(self) -> bool:
        """Whether anything of it has a date, so that late, today and this week say something."""
        return any(thing.due for thing in self.things)


def agenda_of(actor: Actor) -> Agenda:
    """The to-do lists of all modules as one."""
    things = sorted(_said_once(actor), key=lambda thing: thing.order)
    today = clock.today()
    sunday = today + timedelta(days=6 - today.weekday())
    return Agenda(
        things=things,
        late=_due(things, date.min, today - timedelta(days=1)),
        today=_due(things, today, today),
        week=_due(things, today, sunday),
    )


def _said_once(actor: Actor) -> list[Todo]:
    """What modules say, then the plan's steps that lead elsewhere: a module knows how far its own step has come."""
    known = [thing for source in SOURCES for thing in source(actor)]
    addresses = {thing.url for thing in known}
    return known + [step for step in plans.todo(actor) if step.url not in addresses]


def _due(things: list[Todo], first: date, last: date) -> int:
    """How many of the things fall due between two days."""
    return sum(thing.due is not None and first <= thing.due <= last for thing in things)

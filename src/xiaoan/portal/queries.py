"""Reads of the shells: where a person stands, what they owe, what a word finds."""

from dataclasses import dataclass
from datetime import date, timedelta

from xiaoan.feedback import queries as feedback
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Todo
from xiaoan.hazards import queries as hazards
from xiaoan.ledgers import queries as ledgers
from xiaoan.plans import queries as plans
from xiaoan.risks import queries as risks

SOURCES = (hazards.todo, ledgers.todo, risks.todo, feedback.todo)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands, as the top bar says it: the first of their appointments, and how many more."""

    post: str
    unit: str
    district: str


def post_name(posting: Posting) -> str:
    """The post in the language of the page."""
    return in_language(posting.post_name_zh, posting.post_name_en)


def standing_of(actor: Actor) -> Standing:
    """The narrowest appointment in words; empty for who holds none."""
    first = next(iter(actor.narrowest_first), None)
    if first is None:
        return Standing("", "", actor.district_name)
    return Standing(post_name(first), first.unit_name, actor.district_name)


def standing_now(actor: Actor) -> plans.Standing | None:
    """How the actor's own unit stands; None where nothing is owed, or nothing of it may be seen."""
    if not holds_anywhere(actor, "plans.read_cells"):
        return None
    found = plans.standing(actor)
    return found if found.owed else None


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

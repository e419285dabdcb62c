"""Events: what an act announces. Rows in the act's transaction, delivered after commit by the worker.

Delivered at least once and in order per record (`delivery`). A reaction calls acts with an id derived from
the event, so a repeated delivery changes nothing. A module reacts to its own events and to those of modules
below.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from django.db import models

from xiaoan.foundation import clock, statements
from xiaoan.foundation.actor import Actor, Ask, ask_because, robot
from xiaoan.foundation.once import canonical


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened to a record. Every event carries its unit and its day, for the indicators."""

    name: ClassVar[str]

    district_id: UUID
    unit_id: UUID
    record_id: UUID
    happened_on: date


E = TypeVar("E", bound=type[Event])
Reaction = Callable[["Delivery"], None]

_types: dict[str, type[Event]] = {}
_reactions: dict[str, list[Reaction]] = {}


def event(name: str) -> Callable[[E], E]:
    """Register an event class under its lasting name (`module.SomethingHappened`)."""

    def register(cls: E) -> E:
        cls.name = name
        _types[name] = cls
        return cls

    return register


def reacts_to(*events: type[Event]) -> Callable[[Reaction], Reaction]:
    """Register a reaction. It gets a `Delivery` and calls acts with `delivery.ask(place)`."""

    def register(reaction: Reaction) -> Reaction:
        for cls in events:
            _reactions.setdefault(cls.name, []).append(reaction)
        return reaction

    return register


def known_events() -> dict[str, type[Event]]:
    """All registered events by name."""
    return dict(_types)


def reactions_to(name: str) -> tuple[Reaction, ...]:
    """The reactions to an event, in the order of registration."""
    return tuple(_reactions.get(name, ()))


class Announcement(models.Model):
    """The outbox: one row per event, written with the act, marked when all its reactions have run.

    The row is itself the task: the worker takes it from here, so an act writes no second row to wake it.
    """

    sequence = models.BigAutoField(primary_key=True)
    event_id = models.UUIDField(unique=True)
    name = models.CharField(max_length=80)
    record_id = models.UUIDField()
    body = models.TextField()
    at = models.DateTimeField(default=clock.now)
    delivered_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField(null=True)
    """After a failure: the machine's own time before which it is not tried again."""
    given_up_at = models.DateTimeField(null=True)
    """After too many failures: it waits for a person, and no longer holds back its record."""
    last_error = models.TextField(default="")

    class Meta:
        db_table = "fnd_announcement"
        indexes = [
            models.Index(fields=["delivered_at", "sequence"], name="fnd_announcement_waiting"),
            models.Index(fields=["record_id", "sequence"], name="fnd_announcement_record"),
        ]


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event handed to a reaction, with the id from which the reaction's asks are derived."""

    event_id: UUID
    event: Any

    def ask(self, place: str) -> Ask:
        """The ask of an act that this event causes; `place` tells the acts of one event apart."""
        return ask_because(self.event_id, place)

    def robot(self) -> Actor:
        """The machine as the event's district sees it, with the event as its cause."""
        return robot(district_id=self.event.district_id, cause=f"{self.event.name} {self.event_id}")


def announce(events: Iterable[tuple[UUID, Event]]) -> None:
    """Put events into the outbox of the running transaction."""
    statements.insert(
        [
            Announcement(
                event_id=event_id,
                name=happened.name,
                record_id=happened.record_id,
                body=canonical(asdict(happened)),
            )
            for event_id, happened in events
        ]
    )

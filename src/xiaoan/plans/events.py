"""What plans announce."""

from dataclasses import dataclass

from xiaoan.foundation.events import Event, event


@event("plans.PackPublished")
@dataclass(frozen=True, kw_only=True)
class PackPublished(Event):
    """A version of the pack is in force; the record is the version."""


@event("plans.DocumentAttached")
@dataclass(frozen=True, kw_only=True)
class DocumentAttached(Event):
    """An official text stands in place of the restatement; the record is the text."""


@event("plans.DutyConfirmed")
@dataclass(frozen=True, kw_only=True)
class DutyConfirmed(Event):
    """Parameters of duties were confirmed; the record is the version."""


@event("plans.HolderNamed")
@dataclass(frozen=True, kw_only=True)
class HolderNamed(Event):
    """A unit named who answers for a duty, from the day on."""

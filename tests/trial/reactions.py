"""Reactions and jobs on which delivery and the queue are tried."""

import os
import signal
from uuid import UUID

from tests.trial.acts import NoteWritten, close_note
from tests.trial.models import Echo, Note
from xiaoan.foundation.events import Delivery, reacts_to
from xiaoan.foundation.jobs import Daily, Slot, job, scheduled

BROKEN: set[UUID] = set()
"""Records whose reaction raises, after it has left its echo."""
SUICIDAL = "TRIAL_DIE_AT"
"""Environment variable: where a process kills itself (`reaction` or `job`)."""


def die_where_told(place: str) -> None:
    if os.environ.get(SUICIDAL) == place:
        os.kill(os.getpid(), signal.SIGKILL)


@reacts_to(NoteWritten)
def leave_an_echo(delivery: Delivery) -> None:
    event = delivery.event
    Echo.objects.create(event_id=delivery.event_id, record_id=event.record_id, place="reaction")
    die_where_told("reaction")
    if event.record_id in BROKEN:
        raise ValueError("this record's reaction is broken")


@reacts_to(NoteWritten)
def close_what_asks_for_it(delivery: Delivery) -> None:
    note = Note.objects.everything("a reaction").filter(pk=delivery.event.record_id, text="请办结").first()
    if note:
        close_note(actor=delivery.robot(), ask=delivery.ask("close"), note=note)


@job("trial.echo", retries=2)
def echo(record_id: str) -> None:
    Echo.objects.create(event_id=UUID(record_id), record_id=UUID(record_id), place="job")
    die_where_told("job")
    if UUID(record_id) in BROKEN:
        raise ValueError("this record's job is broken")


@scheduled("trial.nightly", Daily(hour=2))
def nightly(slot: Slot) -> None:
    ask = slot.ask("nightly")
    Echo.objects.create(event_id=ask.submission_id, record_id=ask.submission_id, place=slot.key)

"""Marking one's own messages read. Not an act: a read mark leaves no trace that a superior could ever be shown.

See docs/decisions/0013-read-marks-leave-no-trace.md.
"""

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.messages.models import Message, MessageState
from xiaoan.messages.queries import inbox


def mark_read(actor: Actor, message: Message) -> None:
    """Mark a message read by its reader; what was read before keeps its time."""
    _mark(actor, pk=message.pk)


def mark_all_read(actor: Actor) -> None:
    """Mark everything that has arrived read."""
    _mark(actor)


def _mark(actor: Actor, **narrowed: object) -> None:
    new = inbox(actor).filter(state=MessageState.NEW, **narrowed)
    new.update(state=MessageState.READ, read_at=clock.now())

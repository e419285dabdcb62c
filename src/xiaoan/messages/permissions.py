"""Only the machine tells and reminds, because of an event or a day; the matrix grants it to nobody."""

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Denied, Verdict
from xiaoan.messages.models import Reminder


def may_tell(actor: Actor) -> Verdict:  # noqa: ARG001 - whoever asks
    """Nobody writes into another's inbox."""
    return Denied()


def may_remind(actor: Actor) -> Verdict:  # noqa: ARG001 - whoever asks
    """Reminders follow from what was assigned, never from a person's wish."""
    return Denied()


def may_move(actor: Actor, reminder: Reminder) -> Verdict:  # noqa: ARG001 - whoever asks
    """The same for each of its steps."""
    return may_remind(actor)


def may_delete(actor: Actor) -> Verdict:  # noqa: ARG001 - whoever asks
    """Read messages expire; nobody deletes them by hand."""
    return Denied()

"""Before the day begins: reminders whose day has come are said, read messages that are old enough go."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask, ask_because
from xiaoan.foundation.errors import Conflict
from xiaoan.foundation.jobs import Daily, Slot, scheduled
from xiaoan.messages.acts import delete_read_messages, reach_step
from xiaoan.messages.models import Message, Reminder
from xiaoan.organisations.models import Unit

EARLY = 5
"""Before the night's rest ends: what is said now arrives with the day's digest."""
NIGHT = 4
SLICE = 200
READ_KEPT_DAYS = 180
EVERY_DISTRICT = "the machine walks every district"


@scheduled("messages.reach_steps", Daily(hour=EARLY))
def reach_steps(slot: Slot) -> None:
    """Say every step whose day has come. Days on which nothing ran are caught up with once.

    A reminder that somebody is changing at this moment does not hold up the others; the job is tried again for it.
    """
    busy: list[Conflict] = []
    for reminder in _due():
        try:
            reach_step(actor=slot.robot(reminder.district_id), ask=_cause(reminder), reminder=reminder)
        except Conflict as conflict:
            busy.append(conflict)
    if busy:
        raise busy[0]


def _cause(reminder: Reminder) -> Ask:
    """One id for a reminder as it stands: two workers say its step once, a changed one is said anew."""
    return ask_because(reminder.pk, f"step {reminder.version}")


def _due() -> Iterator[Reminder]:
    """Reminders whose next day has come, slice by slice in the order of the table's due index."""
    rows = Reminder.objects.everything(EVERY_DISTRICT).filter(next_on__lte=clock.today())
    for district_id in list(rows.order_by("district_id").values_list("district_id", flat=True).distinct()):
        last: UUID | None = None
        of_district = rows.filter(district_id=district_id).select_related("unit").order_by("pk")
        while found := list((of_district.filter(pk__gt=last) if last else of_district)[:SLICE]):
            yield from found
            last = found[-1].pk


@scheduled("messages.expire", Daily(hour=NIGHT))
def expire(slot: Slot) -> None:
    """Delete messages that were read more than 180 days ago; each district's journal keeps the count."""
    before = clock.at(clock.today(), 0) - timedelta(days=READ_KEPT_DAYS)
    rows = Message.objects.everything(EVERY_DISTRICT).filter(read_at__lt=before)
    for district in Unit.objects.everything(EVERY_DISTRICT).filter(parent=None).order_by("code"):
        number = 0
        while rows.filter(district=district).exists():
            ask = slot.ask(f"{district.code} {number}")
            delete_read_messages(actor=slot.robot(district.pk), ask=ask, district=district, before=before)
            number += 1

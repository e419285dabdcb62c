"""At seven the digests go out: one a day for everybody who owes something, nothing for who owes nothing."""

from collections.abc import Iterator

from django.db.models import QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.jobs import Daily, Slot, scheduled
from xiaoan.messages.acts import send_digest
from xiaoan.messages.models import Message
from xiaoan.messages.queries import is_quiet_now
from xiaoan.people.models import Appointment, Person
from xiaoan.people.permissions import in_force
from xiaoan.people.queries import actor_for
from xiaoan.portal.digests import digest_of

MORNING = 7
SLICE = 200


@scheduled("portal.send_digests", Daily(hour=MORNING))
def send_digests(slot: Slot) -> None:
    """Tell everybody what they owe today, with what they may see today.

    A run that comes too late says nothing: by night nobody is disturbed, and the next morning has its own.
    """
    if slot.key != clock.today().isoformat() or is_quiet_now():
        return
    for person in _without_digest(slot):
        if notice := digest_of(actor_for(person)):
            send_digest(
                actor=slot.robot(person.district_id),
                ask=slot.ask(_place(person)),
                person=person,
                notice=notice,
            )


def _place(person: Person) -> str:
    """What tells the digests of one morning apart."""
    return f"digest {person.pk}"


def _without_digest(slot: Slot) -> Iterator[Person]:
    """Who can read one and has not got this morning's: a run that was cut off goes on where it was."""
    rows, last = _readers(), None
    while found := list((rows.filter(pk__gt=last) if last else rows)[:SLICE]):
        causes = [slot.ask(_place(person)).submission_id for person in found]
        sent = Message.objects.everything("who has this morning's digest").filter(cause__in=causes)
        had = set(sent.values_list("person_id", flat=True))
        yield from (person for person in found if person.pk not in had)
        last = found[-1].pk


def _readers() -> QuerySet[Person]:
    """Everybody with an account who holds a post today."""
    held = Appointment.objects.everything("who holds a post today").filter(in_force(clock.today()))
    people = Person.objects.everything("everybody's digest").filter(account__is_active=True)
    return people.filter(pk__in=held.values("person")).order_by("pk")

"""What is told and reminded in tests: a note about a unit's person, a reminder of an appointment."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from xiaoan.foundation.actor import Actor, Ask, robot
from xiaoan.foundation.records import Record
from xiaoan.messages.acts import remind, tell
from xiaoan.messages.models import URGING, Holder, Message, Notice, Reminder, Said
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person

STEPS = (3, 0, -1)
DUE = date(2025, 12, 24)


def the_machine(district_id: UUID) -> Actor:
    """The robot of a district."""
    return robot(district_id=district_id, cause="a test")


def a_notice() -> Notice:
    """What a message says, in both languages."""
    title = Said("食堂后厨通道整改", "Clear the passage of the canteen kitchen")
    return Notice(Said.of(URGING), title, Said(), "/me/")


def told(people: Sequence[Person], about: Record, *, ask: Ask | None = None, urgent: bool = False) -> None:
    """Tell people about a record, because of an ask."""
    tell(
        actor=the_machine(about.district_id),
        ask=ask or Ask(),
        unit=about.unit,
        people=people,
        about=about,
        notice=a_notice(),
        urgent=urgent,
    )


def a_message(person: Person, **values: object) -> Message:
    """A message that has arrived at once, about the person themselves."""
    ask = Ask()
    told([person], person, ask=ask, urgent=True)
    message = all_messages().get(person=person, cause=ask.submission_id)
    Message.objects.everything("a factory").filter(pk=message.pk).update(**values)
    message.refresh_from_db()
    return message


def reminded(
    subject: Record, unit: Unit, *posts: str, due: date = DUE, steps: tuple[int, ...] = STEPS
) -> Reminder:
    """Remind the holder of posts of a subject."""
    return remind(
        actor=the_machine(subject.district_id),
        ask=Ask(),
        subject=subject,
        due=due,
        steps=steps,
        holder=Holder(unit, posts),
        notice=a_notice(),
    )


def all_messages():
    """Every message of everybody."""
    return Message.objects.everything("a test")

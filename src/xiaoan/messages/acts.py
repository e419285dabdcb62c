"""The only ways in which messages change: told, reminded, forgotten; a step, a digest, an expiry. All by the machine.

Modules above call `tell`, `remind` and `forget` in their reactions, with `delivery.robot()` and `delivery.ask(place)`;
inside a person's act with a `robot` whose cause names that act.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import WrongStep
from xiaoan.foundation.records import Record
from xiaoan.messages.events import StepReached
from xiaoan.messages.hours import after_quiet, next_digest
from xiaoan.messages.lifecycle import REMINDER
from xiaoan.messages.models import NEVER, Holder, Message, Notice, Reminder, ReminderState
from xiaoan.messages.permissions import may_delete, may_move, may_remind, may_tell
from xiaoan.messages.queries import reminded_on
from xiaoan.messages.sending import Sending, with_due_day
from xiaoan.messages.steps import first_day, next_day, reached_step
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person

MOST_DELETED = 2_000
"""Messages that one act deletes: transactions stay short."""


@act(may=may_tell, robot=True)
def tell(  # noqa: PLR0913 - a message's parts, named argument by named argument
    *,
    actor: Actor,  # noqa: ARG001 - every act takes its actor
    ask: Ask,
    unit: Unit,
    people: Sequence[Person],
    about: Record,
    notice: Notice,
    urgent: bool = False,
) -> Outcome[Unit]:
    """Tell people something about a record, once for each cause; whoever may not see the record hears nothing.

    It waits for the next digest (7:00). `urgent` is for major hazards and incidents only: at once, also by night.
    `unit` is where the matter belongs, and in whose journal it stands.
    """
    now = clock.now()
    sending = Sending(
        cause=ask.submission_id,
        about_type=about._meta.label,  # noqa: SLF001 - Django's public name of a model
        about_id=about.pk,
        unit=unit,
        notice=notice,
        arrives_at=now if urgent else next_digest(now),
        is_urgent=urgent,
    )
    return Outcome(unit, _journalled(sending, sending.to(people)))


@act(may=may_remind, robot=True)
def remind(  # noqa: PLR0913 - a reminder's parts, named argument by named argument
    *,
    actor: Actor,
    ask: Ask,
    subject: Record,
    due: date,
    steps: tuple[int, ...],
    holder: Holder,
    notice: Notice,
) -> Outcome[Reminder]:
    """Remind whoever holds a post of a subject's due day, so many days before it (0 on the day, negative after it).

    Called again it replaces what lies ahead: with the same due day and steps nothing is said twice, with another
    due day the steps begin anew. Raises `ValueError` without steps.
    """
    wanted = _wanted(subject, due, steps, holder, notice)
    reminder = _reminder_of(subject)
    if reminder is None:
        state = ReminderState.SAID if wanted["next_on"] == NEVER else ReminderState.OPEN
        about = {"subject_type": subject._meta.label, "subject_id": subject.pk}  # noqa: SLF001 - its public name
        owned = {"district_id": subject.district_id, "unit_id": subject.unit_id}
        reminder = Reminder.objects.create(**owned, **about, **wanted, state=state)
        return Outcome(reminder, {"due_on": [None, due], "steps": [None, wanted["steps"]]})
    if reminder.state != ReminderState.ENDED and (reminder.due_on, reminder.steps) == (due, wanted["steps"]):
        wanted["next_on"] = reminder.next_on
    return Outcome(reminder, REMINDER.go(reminder, _verb("remind", wanted), actor=actor, ask=ask, **wanted))


@act(may=may_remind, robot=True)
def forget(*, actor: Actor, ask: Ask, subject: Record) -> Outcome[Unit]:
    """Remind nobody of a subject any more. Harmless when nobody was going to be."""
    reminder = _reminder_of(subject)
    if reminder is None or reminder.state == ReminderState.ENDED:
        return Outcome(subject.unit)
    changes = REMINDER.go(reminder, "end", actor=actor, ask=ask, next_on=NEVER)
    return Outcome(subject.unit, {"reminder": str(reminder.pk), **changes})


@act(may=may_move, robot=True)
def reach_step(*, actor: Actor, ask: Ask, reminder: Reminder) -> Outcome[Reminder]:
    """Say a step whose day has come, and announce it. Of several missed steps only the last is said.

    Raises `WrongStep` when no step is due, `FasterHand` when the reminder was changed meanwhile.
    """
    today = clock.today()
    if reminder.next_on > today:
        raise WrongStep
    due, steps = reminder.due_on, reminder.all_steps
    step, wanted = reached_step(due, steps, today), {"next_on": next_day(due, steps, today)}
    changes = REMINDER.go(reminder, _verb("reach", wanted), actor=actor, ask=ask, **wanted)
    sending = Sending(
        cause=ask.submission_id,
        about_type=reminder.subject_type,
        about_id=reminder.subject_id,
        unit=reminder.unit,
        notice=with_due_day(reminder.notice, due),
        arrives_at=after_quiet(clock.now()),
    )
    told = sending.to(reminded_on(reminder, today))
    return Outcome(reminder, changes | _journalled(sending, told), (_reached(reminder, step, today),))


@act(may=may_tell, robot=True)
def send_digest(
    *,
    actor: Actor,  # noqa: ARG001 - every act takes its actor
    ask: Ask,
    person: Person,
    notice: Notice,
) -> Outcome[Message]:
    """The day's digest of one person: what they owe. It arrives at once, but not by night."""
    message = Message.objects.create(
        district_id=person.district_id,
        unit_id=person.unit_id,
        person=person,
        cause=ask.submission_id,
        about_type=Person._meta.label,  # noqa: SLF001 - Django's public name of a model
        about_id=person.pk,
        arrives_at=after_quiet(clock.now()),
        **notice.columns,
    )
    return Outcome(message, {"title": [None, notice.title.zh]})


@act(may=may_delete, robot=True)
def delete_read_messages(
    *,
    actor: Actor,  # noqa: ARG001 - every act takes its actor
    ask: Ask,  # noqa: ARG001 - every act takes its ask
    district: Unit,
    before: datetime,
) -> Outcome[Unit]:
    """Delete the oldest messages that were read before an instant, at most `MOST_DELETED`; the journal keeps how many."""
    rows = Message.objects.everything("read messages expire").filter(district=district, read_at__lt=before)
    keys = list(rows.order_by("read_at", "pk").values_list("pk", flat=True)[:MOST_DELETED])
    deleted, _by_model = Message.objects.everything("read messages expire").filter(pk__in=keys).delete()
    return Outcome(district, {"read_messages_deleted": [0, deleted]})


def _reminder_of(subject: Record) -> Reminder | None:
    """The reminder of a subject, open or ended."""
    rows = Reminder.objects.everything("the machine's own reminders")
    return rows.filter(subject_type=subject._meta.label, subject_id=subject.pk).first()  # noqa: SLF001


def _wanted(
    subject: Record, due: date, steps: tuple[int, ...], holder: Holder, notice: Notice
) -> dict[str, object]:
    """The columns of a reminder as they shall be."""
    if not steps:
        raise ValueError(f"no steps to remind of {subject!r}")
    return {
        "due_on": due,
        "steps": " ".join(str(step) for step in sorted(set(steps), reverse=True)),
        "next_on": first_day(due, steps, clock.today()),
        "holder_unit_id": holder.unit.pk,
        "posts": " ".join(holder.posts),
        **notice.columns,
    }


def _verb(verb: str, wanted: Mapping[str, object]) -> str:
    """The move that leads to what is wanted: without a step ahead everything is said."""
    return "finish" if wanted["next_on"] == NEVER else verb


def _reached(reminder: Reminder, step: int, today: date) -> StepReached:
    """The event of a step."""
    return StepReached(
        district_id=reminder.district_id,
        unit_id=reminder.unit_id,
        record_id=reminder.subject_id,
        happened_on=today,
        subject_type=reminder.subject_type,
        step=step,
        due=reminder.due_on,
    )


def _journalled(sending: Sending, told: Sequence[Person]) -> dict[str, list[object]]:
    """What the journal keeps of a message: its title, and whose inbox it was put into."""
    return {"title": [None, sending.notice.title.zh], "told": [None, [str(person.pk) for person in told]]}

"""Reminders: whoever holds the post on the day is told, each step once, whatever was missed."""

from datetime import date

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.delivery import rebuilt
from xiaoan.foundation.errors import WrongStep
from xiaoan.foundation.events import Announcement
from xiaoan.foundation.journal import JournalEntry
from xiaoan.messages.acts import forget, reach_step
from xiaoan.messages.jobs import reach_steps
from xiaoan.messages.lifecycle import REMINDER
from xiaoan.messages.models import Reminder
from xiaoan.messages.tests.factories import DUE, all_messages, reminded, the_machine
from xiaoan.people.models import Appointment
from xiaoan.people.tests.factories import an_appointment


@pytest.fixture
def subject(cast):
    """A record that the whole school's leaders see."""
    return Appointment.objects.everything("a test").get(person=cast.shen)


def morning_of(*days: date) -> None:
    """The job's run on each of these days, at five."""
    for day in days:
        with clock.held_at(clock.at(day, 5)):
            reach_steps.body(day.isoformat())


def december(*days: int) -> list[date]:
    return [date(2025, 12, day) for day in days]


def told():
    """Who was told on which day, in order."""
    rows = all_messages().order_by("arrives_at", "person__name")
    return [(clock.local_date(row.arrives_at).day, row.person.name) for row in rows]


def announced():
    return [rebuilt(row) for row in Announcement.objects.order_by("sequence")]


def test_each_step_is_said_on_its_day_and_no_other(cast, subject):
    """Due on the 24th: three days before, on the day, a day after."""
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(*range(18, 32)))
    assert told() == [(21, "沈知远"), (24, "沈知远"), (25, "沈知远")]
    assert [event.step for event in announced()] == [3, 0, -1]


def test_a_step_says_by_when_in_words_that_stay_true(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21, 24, 25))
    bodies = list(all_messages().order_by("arrives_at").values_list("body_zh", "body_en"))
    assert bodies == [
        ("应于12月24日前完成。", "Due by 24 Dec."),
        ("12月24日当天到期。", "Due on this day, 24 Dec."),
        ("已逾期，应于12月24日前完成。", "Overdue: it was due by 24 Dec."),
    ]


def test_a_step_arrives_when_the_night_is_over(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21))
    assert all_messages().get().arrives_at == clock.at(date(2025, 12, 21), 7)


def test_a_step_that_is_caught_up_with_by_day_arrives_at_once_and_by_night_in_the_morning(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    for hour, arrives in ((15, clock.at(date(2025, 12, 21), 15)), (21, clock.at(date(2025, 12, 25), 7))):
        with clock.held_at(clock.at(date(2025, 12, 21 if hour == 15 else 24), hour)):
            reach_steps.body("late")
        assert all_messages().latest("created_at").arrives_at == arrives


def test_what_is_announced_names_the_subject(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21))
    (event,) = announced()
    assert (event.subject_type, event.record_id, event.unit_id, event.due, event.happened_on) == (
        "people.Appointment",
        subject.pk,
        cast.school.pk,
        DUE,
        date(2025, 12, 21),
    )


def test_missed_days_are_caught_up_with_once(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(27, 28))
    assert told() == [(27, "沈知远")]
    assert [event.step for event in announced()] == [-1]


def test_the_same_morning_twice_tells_once(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21, 21))
    assert told() == [(21, "沈知远")]


def test_a_step_that_is_not_due_is_not_said(cast, subject):
    reminder = reminded(subject, cast.school, "safety_officer")
    with pytest.raises(WrongStep):
        reach_step(actor=the_machine(cast.bureau.pk), ask=Ask(), reminder=reminder)
    assert told() == []


def test_the_holder_of_the_day_is_told(cast, subject):
    """Shen leaves on the 22nd, Lin takes over the post on the 23rd."""
    reminded(subject, cast.school, "safety_officer")
    Appointment.objects.everything("a test").filter(pk=subject.pk).update(ends_on=date(2025, 12, 22))
    an_appointment(cast.lin, cast.school, "safety_officer", starts_on=date(2025, 12, 23))
    morning_of(*december(21, 24))
    assert told() == [(21, "沈知远"), (24, "林一鸣")]


def test_a_vacant_post_falls_to_the_heads(cast, subject):
    reminded(subject, cast.school, "department_head")
    morning_of(*december(21))
    assert told() == [(21, "林一鸣"), (21, "温怀瑾")]


def test_whoever_may_not_see_the_subject_is_not_reminded_of_it(cast, subject):
    """Zhou sees himself only."""
    reminded(subject, cast.school, "post_holder", "safety_officer")
    morning_of(*december(21))
    assert told() == [(21, "沈知远")]
    assert len(announced()) == 1


def test_another_due_day_replaces_what_lies_ahead(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21))
    with clock.held_at(clock.at(date(2025, 12, 22))):
        reminded(subject, cast.school, "safety_officer", due=date(2025, 12, 30))
    morning_of(*december(*range(22, 32)))
    assert told() == [(21, "沈知远"), (27, "沈知远"), (30, "沈知远"), (31, "沈知远")]
    assert Reminder.objects.everything("a test").count() == 1


def test_the_same_due_day_with_another_holder_repeats_nothing(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    morning_of(*december(21, 24, 25))
    with clock.held_at(clock.at(date(2025, 12, 26))):
        reminded(subject, cast.school, "principal")
    morning_of(*december(27))
    assert told() == [(21, "沈知远"), (24, "沈知远"), (25, "沈知远")]


def test_the_same_due_day_keeps_a_step_that_was_missed(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    with clock.held_at(clock.at(date(2025, 12, 22))):
        reminded(subject, cast.school, "safety_officer")
    morning_of(*december(22))
    assert told() == [(22, "沈知远")]


def test_steps_that_lie_behind_are_not_said_unless_the_subject_is_overdue(cast, subject):
    reminded(subject, cast.school, "safety_officer", due=date(2025, 12, 18))
    morning_of(*december(17, 18))
    assert told() == [(18, "沈知远")]
    overdue = Appointment.objects.everything("a test").get(person=cast.lin)
    reminded(overdue, cast.school, "principal", due=date(2025, 12, 10))
    morning_of(*december(18, 19))
    assert told() == [(18, "林一鸣"), (18, "沈知远"), (19, "沈知远")]


def test_what_is_forgotten_is_not_said_and_may_be_taken_up_again(cast, subject):
    reminded(subject, cast.school, "safety_officer")
    for _time in range(2):
        forget(actor=the_machine(cast.bureau.pk), ask=Ask(), subject=subject)
    morning_of(*december(21))
    assert told() == []
    with clock.held_at(clock.at(date(2025, 12, 22))):
        reminded(subject, cast.school, "safety_officer")
    morning_of(*december(22, 24))
    assert told() == [(24, "沈知远")]


def test_forgetting_what_nobody_was_reminded_of_is_harmless(cast, subject):
    forget(actor=the_machine(cast.bureau.pk), ask=Ask(), subject=subject)
    assert JournalEntry.objects.filter(act="messages.forget").count() == 1


def test_a_reminder_without_steps_is_a_mistake_of_the_caller(cast, subject):
    with pytest.raises(ValueError, match="no steps"):
        reminded(subject, cast.school, "safety_officer", steps=())


def test_a_run_costs_the_same_statements_for_each_reminder(cast, subject, django_assert_max_num_queries):
    """A morning walks its due index in slices, never the whole table."""
    reminded(subject, cast.school, "safety_officer")
    with django_assert_max_num_queries(3):
        morning_of(date(2025, 12, 18))


def test_no_move_of_a_reminder_is_a_persons(cast, subject):
    reminder = reminded(subject, cast.school, "safety_officer")
    verdicts = [bool(verdict) for _move, verdict in REMINDER.offers(reminder, cast.actor("lin"))]
    assert verdicts == [False] * 4

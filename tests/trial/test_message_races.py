"""Real threads on a real database: two workers on one morning, two causes on one reminder, one cause twice."""

from datetime import date

import pytest

from tests.trial.test_races import together
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.events import Announcement
from xiaoan.messages.jobs import reach_steps
from xiaoan.messages.models import Reminder
from xiaoan.messages.tests.factories import all_messages, reminded, told
from xiaoan.people.models import Appointment
from xiaoan.people.tests.factories import make_cast

HANDS = 4
MORNING = clock.at(date(2025, 12, 21), 5)
pytestmark = pytest.mark.django_db(transaction=True)


def subject_of(cast):
    return Appointment.objects.everything("a test").get(person=cast.shen)


def test_workers_on_one_morning_say_a_step_once():
    cast = make_cast()
    reminded(subject_of(cast), cast.school, "safety_officer")

    def work(_place: int) -> None:
        with clock.held_at(MORNING):
            reach_steps.body("2025-12-21")

    together(HANDS, work)
    assert (all_messages().count(), Announcement.objects.count()) == (1, 1)


def test_one_cause_by_several_hands_tells_once():
    cast, ask = make_cast(), Ask()
    together(HANDS, lambda _place: told([cast.shen, cast.lin], cast.shen, ask=ask))
    assert all_messages().count() == 2


def test_of_several_causes_that_set_one_reminder_one_wins_and_the_others_are_told_to_try_again():
    cast = make_cast()
    subject = subject_of(cast)
    results = together(HANDS, lambda _place: reminded(subject, cast.school, "safety_officer"))
    assert any(isinstance(result, Reminder) for result in results)
    assert Reminder.objects.everything("a test").count() == 1

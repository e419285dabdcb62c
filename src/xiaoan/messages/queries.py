"""Reads of messages: one's own inbox, who is reminded today, who may hear of a subject."""

from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.db.models import QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.messages.hours import is_quiet
from xiaoan.messages.models import Message, MessageState, Reminder
from xiaoan.people.models import Person
from xiaoan.people.queries import actor_for, heads_on, holders_on

COUNTED_TO = 100
"""An inbox with more unread messages says 99+."""


def inbox(actor: Actor) -> QuerySet[Message]:
    """What has arrived for the actor. Messages that wait for their hour are not there yet."""
    return Message.objects.visible_to(actor).filter(arrives_at__lte=clock.now())


def unread_count(actor: Actor) -> int:
    """How many messages of the actor are new, counted to `COUNTED_TO`; one statement."""
    return inbox(actor).filter(state=MessageState.NEW).order_by()[:COUNTED_TO].count()


def is_quiet_now() -> bool:
    """Whether the night's rest holds at this moment (20:00 to 7:00)."""
    return is_quiet(clock.now())


def reminded_on(reminder: Reminder, day: date) -> list[Person]:
    """Who holds the reminder's posts on a day; the heads of the unit where the posts are vacant."""
    holders = holders_on(reminder.holder_unit_id, reminder.posts.split(), day)
    return [each.person for each in holders or heads_on(reminder.holder_unit_id, day)]


def who_may_hear(people: Iterable[Person], about_type: str, about_id: object) -> list[Person]:
    """Those of the people who may see the record itself today, each once: nobody is told of what is hidden."""
    rows = apps.get_model(about_type).objects
    each_once = {person.pk: person for person in people}.values()
    return [each for each in each_once if rows.visible_to(actor_for(each)).filter(pk=about_id).exists()]

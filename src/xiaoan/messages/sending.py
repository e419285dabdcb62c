"""Putting a notice into inboxes: one row for each person who may see what it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import lazy
from django.utils.translation import gettext as _

from xiaoan.foundation.ui import dates
from xiaoan.messages.models import Message, Notice, Said
from xiaoan.messages.queries import who_may_hear
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person


@dataclass(frozen=True, slots=True)
class Sending:
    """One thing to be told: by which cause, about what, where it belongs, when it arrives."""

    cause: UUID
    about_type: str
    about_id: UUID
    unit: Unit
    notice: Notice
    arrives_at: datetime
    is_urgent: bool = False

    def to(self, people: Iterable[Person]) -> list[Person]:
        """Put it into the inboxes of those who may see the thing today; they come back."""
        told = who_may_hear(people, self.about_type, self.about_id)
        Message.objects.bulk_create(self._message(person) for person in told)
        return told

    def _message(self, person: Person) -> Message:
        return Message(
            district_id=self.unit.district_id,
            unit=self.unit,
            person=person,
            cause=self.cause,
            about_type=self.about_type,
            about_id=self.about_id,
            is_urgent=self.is_urgent,
            arrives_at=self.arrives_at,
            **self.notice.columns,
        )


def with_due_day(notice: Notice, due: date) -> Notice:
    """A reminder's notice as it is said today. Its words stay true: they name the day, not how many days are left."""
    words = Said.of(lazy(_due_words, str)(due))
    return Notice(notice.kind, notice.title, words.with_more(notice.body), notice.url)


def _due_words(due: date) -> str:
    """By when, in one sentence."""
    words = {"day": dates.short_date(due)}
    if dates.days_left(due) > 0:
        return _("应于%(day)s前完成。") % words
    if dates.days_left(due) == 0:
        return _("%(day)s当天到期。") % words
    return _("已逾期，应于%(day)s前完成。") % words

"""Delivery: the worker hands announced events to their reactions, in order per record.

Each announcement runs with all its reactions in one transaction that also marks it delivered: effects in the
database happen exactly once. A failing reaction holds back later events of the same record only; it is tried
again with growing waits and, after `MOST_ATTEMPTS`, given up loudly: its row stays, with the reason.
"""

import logging
import os
from datetime import datetime, timedelta
from functools import cache
from traceback import format_exception
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django_tasks_db.models import get_date_max
from pydantic import TypeAdapter

from xiaoan.foundation import job_queue
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.events import Announcement, Delivery, Event, known_events, reactions_to

MOST_ATTEMPTS = 12
"""With waits of 2, 4, 8 … seconds: about two hours of trying."""
KEPT_DAYS = 90
PIECE = 500
ERROR_LENGTH = 4_000

log = logging.getLogger(__name__)


class UnknownEventError(LookupError):
    """An announcement whose event no module declares any more."""


class ReactionFailedError(Exception):
    """A reaction raised; nothing of this delivery was kept."""

    def __init__(self, announcement: Announcement) -> None:
        super().__init__(f"{announcement.name} {announcement.event_id}")
        self.announcement = announcement


def deliver_pending(limit: int = 20) -> int:
    """Deliver waiting announcements in sequence; how many were tried. Failures are noted in their rows.

    `limit` keeps rounds short, so that jobs get their turn and a stop is noticed.
    """
    for tried in range(limit):
        if not _waiting(machine_now()).exists():
            return tried
        try:
            if not _deliver_first(machine_now()):
                return tried  # another worker holds what waits
        except ReactionFailedError as failed:
            _note_failure(failed.announcement, failed.__cause__)
    return limit


def drain() -> None:
    """Deliver everything and run every job here and now, until nothing waits. For tests and seeds.

    A failing reaction or job raises: here nobody would read a row.
    """
    worker = f"drain-{os.getpid()}"
    while True:
        if _deliver_first(get_date_max()):
            continue
        row = job_queue.claim_next(worker, get_date_max())
        if row is None:
            return
        job_queue.perform(row)


def given_up() -> "QuerySet[Announcement]":
    """Announcements that were given up: they wait for a person."""
    return Announcement.objects.filter(delivered_at__isnull=True, given_up_at__isnull=False)


def try_again(sequence: int) -> None:
    """Give an announcement new tries, after its cause was mended."""
    given_up().filter(pk=sequence).update(given_up_at=None, attempts=0, try_after=None)


def forget_delivered() -> int:
    """Delete what was delivered long ago, in short transactions."""
    old = Announcement.objects.filter(delivered_at__lt=machine_now() - timedelta(days=KEPT_DAYS))
    count = 0
    while keys := list(old.values_list("pk", flat=True)[:PIECE]):
        count += Announcement.objects.filter(pk__in=keys).delete()[0]
    return count


def rebuilt(announcement: Announcement) -> Event:
    """The typed event of a row, its values read by the fields of its class."""
    event: Event = _reader(announcement.name).validate_json(announcement.body)
    return event


@cache
def _reader(name: str) -> "TypeAdapter[Any]":
    """The reader of an event's class, made once."""
    cls = known_events().get(name)
    if cls is None:
        raise UnknownEventError(name)
    return TypeAdapter(cls)


def _waiting(until: datetime) -> "QuerySet[Announcement]":
    """What may be delivered at an instant of the machine's time: not held back by an earlier event of its record."""
    pending = Announcement.objects.filter(delivered_at__isnull=True, given_up_at__isnull=True)
    earlier = pending.filter(record_id=OuterRef("record_id"), sequence__lt=OuterRef("sequence"))
    timely = pending.exclude(try_after__gt=until)
    return timely.filter(~Exists(earlier)).order_by("sequence")


def _deliver_first(until: datetime) -> bool:
    """Deliver the first announcement that waits and that no other worker holds; whether there was one."""
    with transaction.atomic():
        announcement = _waiting(until).select_for_update(skip_locked=True).first()
        if announcement is None:
            return False
        try:
            _react(announcement)
        except Exception as failure:
            raise ReactionFailedError(announcement) from failure
        Announcement.objects.filter(pk=announcement.pk).update(delivered_at=machine_now(), last_error="")
    return True


def _react(announcement: Announcement) -> None:
    """Run all reactions to an announcement."""
    delivery = Delivery(announcement.event_id, rebuilt(announcement))
    for reaction in reactions_to(announcement.name):
        reaction(delivery)


def _note_failure(announcement: Announcement, failure: BaseException | None) -> None:
    """Count the failure and set the next try, or give up."""
    attempts = announcement.attempts + 1
    values: dict[str, Any] = {
        "attempts": F("attempts") + 1,
        "try_after": machine_now() + job_queue.wait_after(attempts),
        "last_error": "".join(format_exception(failure))[-ERROR_LENGTH:] if failure else "",
    }
    name = f"{announcement.name} {announcement.event_id}"
    if attempts >= MOST_ATTEMPTS:
        values["given_up_at"] = machine_now()
        log.error("event given up after %s tries: %s", attempts, name, exc_info=failure)
    else:
        log.warning("event not delivered, try %s: %s: %r", attempts, name, failure)
    Announcement.objects.filter(pk=announcement.pk, delivered_at__isnull=True).update(**values)

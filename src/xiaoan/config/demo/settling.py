"""Making the figures true at once instead of event by event, and giving the last days their messages."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from xiaoan.config.demo.deeds import CURTAIN
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.delivery import drain, rebuilt
from xiaoan.foundation.events import Announcement, Delivery, Reaction, known_events, reactions_to
from xiaoan.foundation.search import rebuild
from xiaoan.hazards import reactions as hazards
from xiaoan.hazards.events import HazardMoved
from xiaoan.hazards.jobs import archive, call_for_looks_back, follow_holders, recount_months
from xiaoan.hazards.models import Hazard
from xiaoan.ledgers import reactions as ledgers
from xiaoan.messages.jobs import reach_steps
from xiaoan.organisations import reactions as organisations
from xiaoan.people import reactions as people
from xiaoan.plans import reactions as plans
from xiaoan.plans.jobs import recompute
from xiaoan.portal.jobs import send_digests
from xiaoan.risks import reactions as risks

DONE_AT_ONCE = {module.__name__ for module in (hazards, ledgers, organisations, people, plans, risks)}
"""Reactions that only count, index or follow the calendar: that is done for the whole district."""
TELLING = {
    hazards.follow_the_clock,
    hazards.tell_the_holder,
    hazards.tell_what_came_back,
    hazards.tell_the_finder,
    hazards.tell_that_it_is_closed,
    hazards.tell_of_a_suspicion,
}
"""Those of hazards that put something into somebody's inbox or calendar."""
DAYS = 5
INBOX_SINCE = clock.at(CURTAIN - timedelta(days=DAYS), 0)
"""From when on people were told; whatever was said before is long read."""
WEEK = timedelta(days=7)


def settle(overseer: Actor) -> None:
    """Count every cell of a district, index every word, tell what the last days have to tell.

    The reactions that recount and index come to the same as doing it for the whole district, some ten
    thousand times over; what they alone would hear counts as delivered with it. Of the others' events those of
    the last days are heard at their instant, and of what is still to be put right the last step.
    """
    waiting = sorted(_to_be_told(overseer), key=lambda each: (max(each.at, INBOX_SINCE), each.sequence))
    for day in (clock.local_date(INBOX_SINCE) + timedelta(days=number) for number in range(DAYS + 1)):
        morning = clock.at(day, 5)
        while waiting and max(waiting[0].at, INBOX_SINCE) < morning:
            _tell(waiting.pop(0))
        with clock.held_at(morning):
            reach_steps(slot=day.isoformat())
    with clock.held_at(clock.at(CURTAIN, 6)):
        recompute(overseer.district_id)
        rebuild(overseer.district_id)
        recount_months(slot=CURTAIN.isoformat())
        _pending().filter(name__in=[*_settled_events()]).update(delivered_at=machine_now())
        drain()


def _to_be_told(overseer: Actor) -> Iterator[Announcement]:
    """What somebody else than the counting and indexing hears, as far as it still matters."""
    named = {name for name in known_events() if _listeners(name)} & _settled_events()
    last: dict[UUID, Announcement] = {}
    for each in _pending().filter(name__in=named).order_by("sequence"):
        if each.name == HazardMoved.name:
            last[each.record_id] = each
        elif each.at >= INBOX_SINCE:
            yield each
    rows = Hazard.objects.visible_to(overseer)
    wanted = set(rows.filter(state__in=hazards.WANTED).values_list("pk", flat=True))
    yield from (each for record, each in last.items() if record in wanted)


def _tell(announcement: Announcement) -> None:
    """Let those hear an event who do more than count and index."""
    with clock.held_at(max(announcement.at, INBOX_SINCE)):
        delivery = Delivery(announcement.event_id, rebuilt(announcement))
        for reaction in _listeners(announcement.name):
            reaction(delivery)


def _settled_events() -> set[str]:
    """Events of which nothing is left to be delivered: those of hazards, and those that only count and index."""
    return {name for name in known_events() if name.startswith("hazards.") or not _listeners(name)}


def _listeners(name: str) -> list[Reaction]:
    """The reactions to an event that are not done for the whole district at once."""
    return [
        reaction
        for reaction in reactions_to(name)
        if reaction in TELLING or reaction.__module__ not in DONE_AT_ONCE
    ]


def _pending() -> "QuerySet[Announcement]":
    """What waits in the outbox."""
    outbox = Announcement._default_manager  # noqa: SLF001 - the machine's own table, below scope
    return outbox.filter(delivered_at__isnull=True)


def call_the_day() -> None:
    """Seven o'clock: everybody of the cast gets the digest of the day."""
    with clock.held_at(clock.at(CURTAIN, 7)):
        send_digests(slot=CURTAIN.isoformat())
        drain()


def mondays(since: date) -> Iterator[date]:
    """The mornings on which the calendar does its work on hazards, and the last."""
    day = since - timedelta(days=since.weekday()) + WEEK
    while day < CURTAIN:
        yield day
        day += WEEK


def let_the_calendar_work(day: date) -> None:
    """What is to be looked at again is called for, what is sound is archived."""
    for job in (call_for_looks_back, archive):
        with clock.held_at(clock.at(day, 5)):
            job(slot=day.isoformat())


def follow_posts(day: date) -> None:
    """Open hazards of posts that changed hands in the week have their new holders."""
    with clock.held_at(clock.at(day, 5)):
        follow_holders(slot=day.isoformat())

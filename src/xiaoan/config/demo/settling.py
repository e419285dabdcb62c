"""Making the figures true at once instead of event by event."""

from uuid import UUID

from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.events import Announcement, known_events, reactions_to
from xiaoan.foundation.search import rebuild
from xiaoan.ledgers import reactions as ledgers
from xiaoan.organisations import reactions as organisations
from xiaoan.people import reactions as people
from xiaoan.plans import reactions as plans
from xiaoan.plans.jobs import recompute
from xiaoan.risks import reactions as risks

DONE_AT_ONCE = {module.__name__ for module in (ledgers, organisations, people, plans, risks)}
"""Reactions that only count cells and index words: both are done for the whole district."""


def settle(district_id: UUID) -> None:
    """Count every cell of a district, index every word, then deliver what was announced to whoever else listens.

    The reactions that recount and index come to the same as doing it for the whole district, some ten
    thousand times over; events that nobody but them hears count as delivered with it.
    """
    recompute(district_id)
    rebuild(district_id)
    heard_only_there = [
        name
        for name in known_events()
        if all(reaction.__module__ in DONE_AT_ONCE for reaction in reactions_to(name))
    ]
    outbox = Announcement._default_manager  # noqa: SLF001 - the machine's own table, below scope
    waiting = outbox.filter(delivered_at__isnull=True, name__in=heard_only_there)
    waiting.update(delivered_at=machine_now())
    drain()

"""The monthly counts that the overview sums: counted again for one unit at a time, and only what differs is written.

What closes, reopens or is dropped may change any month, so a unit is counted whole: some hundred rows of it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, Q
from django.db.models.functions import TruncMonth

from xiaoan.hazards.models import Hazard, MonthTally
from xiaoan.hazards.models.choices import CLOSED, COUNTS_WHEN_FOUND, DROPPED, MISSED_AGAIN
from xiaoan.organisations.models import Unit

REASON = "counts are made for everybody; who reads them is asked then"
COUNTS = ("found", "closed", "missed_again")
Key = tuple[date, str]
Counted = dict[Key, dict[str, int]]


def tally_district(district_id: UUID) -> int:
    """Count all units of a district again; how many rows were wrong. A short transaction for each unit."""
    rows = Unit.objects.everything(REASON).filter(district_id=district_id)
    units = rows.order_by("code").values_list("pk", flat=True)
    return sum(tally_unit(district_id, unit_id) for unit_id in units)


@transaction.atomic
def tally_unit(district_id: UUID, unit_id: UUID) -> int:
    """Count one unit again; how many rows were wrong. The unit is held, so that of two counts the later sees more."""
    Unit.objects.everything(REASON).select_for_update(no_key=True).get(pk=unit_id)
    counted = _counted(unit_id)
    rows = MonthTally.objects.everything(REASON).filter(unit_id=unit_id)
    known = {(row.month, row.source): row for row in rows}
    gone = [row.pk for key, row in known.items() if key not in counted]
    changed = [known[key] for key in counted if key in known and _take(known[key], counted[key])]
    fresh = [
        MonthTally(district_id=district_id, unit_id=unit_id, month=key[0], source=key[1], **counts)
        for key, counts in counted.items()
        if key not in known
    ]
    if gone:
        rows.filter(pk__in=gone).delete()
    MonthTally.objects.bulk_update(changed, COUNTS)
    MonthTally.objects.bulk_create(fresh)
    return len(gone) + len(changed) + len(fresh)


def _counted(unit_id: UUID) -> Counted:
    """What stands in the hazards of a unit, by month and source."""
    hazards = Hazard.objects.everything(REASON).filter(unit_id=unit_id).exclude(state__in=DROPPED).order_by()
    again = Count("id", filter=MISSED_AGAIN)
    found = hazards.filter(COUNTS_WHEN_FOUND).values("source", month=TruncMonth("found_on"))
    closed = hazards.filter(Q(state__in=CLOSED)).values("source", month=TruncMonth("closed_on"))
    counted: Counted = {}
    for row in _rows(
        found.annotate(found=Count("id"), missed_again=again), closed.annotate(closed=Count("id"))
    ):
        key = (row.pop("month"), row.pop("source"))
        counted.setdefault(key, dict.fromkeys(COUNTS, 0)).update(row)
    return counted


def _rows(*questions: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """The answers one after the other."""
    for question in questions:
        yield from question


def _take(row: MonthTally, counts: dict[str, int]) -> bool:
    """Put counts into their row; whether anything changed."""
    before = {name: getattr(row, name) for name in COUNTS}
    for name, number in counts.items():
        setattr(row, name, number)
    return before != counts


def districts() -> Iterable[UUID]:
    """All districts: a district is its own root."""
    return Unit.objects.everything(REASON).filter(district_id=F("pk")).values_list("pk", flat=True)

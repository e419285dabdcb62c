"""Making and counting all cells of a district, in bounded transactions: after a publication, and by night.

The night opens the periods that begin, and finds what a missed event would have left behind.
"""

from uuid import UUID

from django.db import transaction

from xiaoan.foundation.jobs import Daily, Slot, job, scheduled
from xiaoan.organisations.models import Unit
from xiaoan.plans.cells import compute_cells, duties_in_force, fill_cells
from xiaoan.plans.models import PackState, PackVersion

NIGHT = 1
UNITS_AT_ONCE = 40
"""Their cells, some 15,000, are made in one transaction of about a second."""


def recompute(district_id: UUID) -> int:
    """Make and count all cells of a district; how many changed. Nothing happened, nothing changes."""
    duties = list(duties_in_force(district_id))
    return _fill(district_id) + compute_cells(duties)


def _fill(district_id: UUID) -> int:
    """Make the cells that lack and take away those owed no longer, some units after the other; how many."""
    units = Unit.objects.everything("whoever may owe something").filter(district_id=district_id)
    keys = list(units.order_by("code").values_list("pk", flat=True))
    count = 0
    for start in range(0, len(keys), UNITS_AT_ONCE):
        with transaction.atomic():
            duties = duties_in_force(district_id)
            filled = fill_cells(district_id, duties, units=keys[start : start + UNITS_AT_ONCE])
        count += filled.made + filled.removed
    return count


@job("plans.recompute_district")
def recompute_district(district_id: str) -> None:
    """A district whose pack or calendar is another one from now on."""
    recompute(UUID(district_id))


@scheduled("plans.recompute_everything", Daily(hour=NIGHT))
def recompute_everything(slot: Slot) -> None:  # noqa: ARG001 - the same work whatever the night
    """Every district with a published pack."""
    rows = PackVersion.objects.everything("the nightly count of all districts")
    for district_id in rows.filter(state=PackState.PUBLISHED).values_list("district_id", flat=True):
        recompute(district_id)

"""The nightly count: opens the periods that begin, and finds what a missed event would have left behind."""

from uuid import UUID

from xiaoan.foundation.jobs import Daily, Slot, scheduled
from xiaoan.plans.cells import compute_cells, duties_in_force, fill_cells
from xiaoan.plans.models import PackState, PackVersion

NIGHT = 1


def recompute(district_id: UUID) -> int:
    """Make and count all cells of a district; how many changed. Nothing happened, nothing changes."""
    duties = list(duties_in_force(district_id))
    filled = fill_cells(district_id, duties)
    return filled.made + filled.removed + compute_cells(duties)


@scheduled("plans.recompute_everything", Daily(hour=NIGHT))
def recompute_everything(slot: Slot) -> None:  # noqa: ARG001 - the same work whatever the night
    """Every district with a published pack."""
    rows = PackVersion.objects.everything("the nightly count of all districts")
    for district_id in rows.filter(state=PackState.PUBLISHED).values_list("district_id", flat=True):
        recompute(district_id)

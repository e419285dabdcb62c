"""Cells: who owes what when (`owners`), made and counted (`counting`), read by status (`statuses`)."""

from xiaoan.plans.cells.counting import (
    Filled,
    compute_cells,
    duties_in_force,
    fill_cells,
    touched_by,
)
from xiaoan.plans.cells.statuses import STATUS_SIGNS, STATUS_WORDS, counts, with_status

__all__ = [
    "STATUS_SIGNS",
    "STATUS_WORDS",
    "Filled",
    "compute_cells",
    "counts",
    "duties_in_force",
    "fill_cells",
    "touched_by",
    "with_status",
]

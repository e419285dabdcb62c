"""A cell in one line of another page: its duty, its period, its figure, its status, and where it is explained."""

from dataclasses import dataclass

from django.urls import reverse

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.signs import Sign
from xiaoan.plans.cells import STATUS_SIGNS
from xiaoan.plans.models import Cell
from xiaoan.plans.words import figure, period_words


@dataclass(frozen=True, slots=True)
class CellLine:
    """A cell with `status` and its duty at hand."""

    cell: Cell

    @property
    def url(self) -> str:
        """The cell's page."""
        return reverse("plans:cell", args=[self.cell.pk])

    @property
    def period(self) -> Words:
        """Its period in words."""
        return period_words(self.cell)

    @property
    def figures(self) -> str:
        """0 / 1; empty where nothing is expected or nobody can say."""
        if not self.cell.expected or self._status in {"awaits", "unconfirmed"}:
            return ""
        return f"{figure(self.cell.achieved)} / {figure(self.cell.expected)}"

    @property
    def sign(self) -> Sign:
        """Its status."""
        return STATUS_SIGNS[self._status]

    @property
    def is_running(self) -> bool:
        """Whether its day is still ahead or it is late: then the day says more than the word."""
        return self._status in {"open", "late"}

    @property
    def _status(self) -> str:
        status: str = self.cell.status  # type: ignore[attr-defined]
        return status

"""A page of a list, as its template needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.forms import Form

from xiaoan.foundation.errors import Words
from xiaoan.foundation.saved_views import ViewBar
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.signs import Sign, Signs


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a shown row."""

    value: Any
    url: str
    title: Words
    on_phone: bool
    is_short: bool

    @property
    def signs(self) -> Sequence[Sign]:
        """What is drawn as chips; none where the value is words."""
        if isinstance(self.value, Signs):
            return self.value.signs
        return (self.value,) if isinstance(self.value, Sign) else ()

    @property
    def classes(self) -> str:
        """How it is laid out: only on a desk, on one line."""
        return " ".join(
            name for name, is_so in (("desk-only", not self.on_phone), ("is-short", self.is_short)) if is_so
        )


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The columns that a person may leave out: all but the first, which says what a row is."""

    first: str
    others: Sequence[tuple[str, Words, bool]]
    """Name, heading, whether it is shown."""
    kept: Sequence[tuple[str, str]]
    """The chosen filters, which go along."""
    all_url: str
    """The same page with all columns; empty where they are all shown."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list, as its template needs it."""

    title: Words
    columns: Sequence[Any]
    rows: Sequence[Sequence[Cell]]
    filters: Form
    is_narrowed: bool
    """Whether any filter is chosen."""
    column_choice: ColumnChoice
    saved: ViewBar
    summary: str
    next_url: str
    previous_url: str
    clear_url: str
    excel_url: str
    csv_url: str


def in_words(value: Any) -> Any:
    """A value as a page writes it: days and instants in words, everything else as it is."""
    if isinstance(value, datetime):
        return dates.moment(value)
    return dates.full_date(value) if isinstance(value, date) else value

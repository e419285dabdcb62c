"""What a person owes: each module says it in one shape, the home page orders it by date."""

from dataclasses import dataclass
from datetime import date

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.signs import Sign


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, with its one next step: where it is done and what its button says."""

    title: Words
    url: str
    button: Words
    due: date | None = None
    meta: Words = ""
    state: Words | Sign = ""
    """What kind of thing it is, or a sign of its status."""

    @property
    def order(self) -> tuple[date, str]:
        """By due date; what has none comes last."""
        return (self.due or date.max, str(self.title))

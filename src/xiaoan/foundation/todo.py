"""What a person owes and what others owe them: each module says its share in one shape, the home page puts it in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.signs import Sign


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do, with its one next step: where it is done and what its button says.

    What has a date is late, due or to come. What only waits for a word has no date, and must not pretend to have
    one: it says since when it waits.
    """

    title: Words
    url: str
    button: Words
    due: date | None = None
    meta: Words = ""
    state: Words | Sign = ""
    """What kind of thing it is, or a sign of its status."""
    since: date | None = None

    @property
    def order(self) -> tuple[date, date, str]:
        """By due date; what has none comes last, the longest waiting first."""
        return (self.due or date.max, self.since or date.max, str(self.title))


@dataclass(frozen=True, slots=True)
class Pile:
    """Much work of one kind as one line: how much there is, where all of it is listed, which to begin with."""

    kind: Words
    number: int
    url: str
    first: Todo | None = None
    """The one that is due first or waits longest, with its one next step."""
    note: Words = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Something of mine that others hold: at which step, who has it, since when, by when if it has a date."""

    title: Words
    url: str
    state: Words | Sign
    holder: Words
    since: date
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """What one module says about a person: things to do, work in piles, what waits for others."""

    things: Sequence[Todo] = ()
    piles: Sequence[Pile] = ()
    held: Sequence[Held] = ()

"""Charts as drawings of the server: no script, no inline style; every number stands beside them as a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.components import element

WIDTH, HEIGHT, LEFT, TOP, FOOT = 720, 170, 36, 18, 24
FLOOR = HEIGHT - FOOT
STEPS = (1, 2, 5)
LINES = 4


@dataclass(frozen=True, slots=True)
class MonthPair:
    """A month with two numbers: a column and a point of the line, and where each is listed."""

    month: date
    column: int
    point: int
    column_url: str = ""
    point_url: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A month with its places on the drawing."""

    pair: MonthPair
    left: float
    width: float
    middle: float
    column_top: float
    column_height: float
    point_top: float

    @property
    def figure_top(self) -> float:
        """Where the number stands: above both."""
        return min(self.column_top, self.point_top) - 6


@element
class MonthChart:
    """Columns and a line over months, with the numbers as a table of links. `label` says what it shows."""

    label: Words
    column_label: Words
    point_label: Words
    months: Sequence[MonthPair]

    @cached_property
    def top(self) -> int:
        """The number at the upper line: four whole steps hold every number."""
        most = max((max(each.column, each.point) for each in self.months), default=0)
        size = 1
        while True:
            for step in STEPS:
                if step * size * LINES >= most:
                    return step * size * LINES
            size *= 10

    @property
    def lines(self) -> list[tuple[int, float]]:
        """Numbers of the scale and their heights."""
        return [(number, self._height(number)) for number in range(0, self.top + 1, self.top // LINES)]

    @cached_property
    def drawn(self) -> list[Drawn]:
        """The months from left to right."""
        room = (WIDTH - LEFT) / max(len(self.months), 1)
        return [
            Drawn(
                pair,
                left=round(LEFT + place * room + room * 0.24, 1),
                width=round(room * 0.52, 1),
                middle=round(LEFT + (place + 0.5) * room, 1),
                column_top=self._height(pair.column),
                column_height=round(FLOOR - self._height(pair.column), 1),
                point_top=self._height(pair.point),
            )
            for place, pair in enumerate(self.months)
        ]

    @property
    def path(self) -> str:
        """The line through the points."""
        return " ".join(f"{each.middle},{each.point_top}" for each in self.drawn)

    def _height(self, number: int) -> float:
        """Where a number lies."""
        return round(FLOOR - (FLOOR - TOP) * number / self.top, 1)


@element
class NumberBar:
    """A bar of a list: so long against the longest, the late part of it at its end."""

    number: int
    limit: int
    late: int = 0

    @property
    def length(self) -> float:
        """Of 100."""
        return round(100 * self.number / self.limit, 1) if self.limit else 0

    @property
    def late_length(self) -> float:
        """Of 100, what is late."""
        return round(100 * self.late / self.limit, 1) if self.limit else 0

    @property
    def late_from(self) -> float:
        """Where the late part begins."""
        return round(self.length - self.late_length, 1)

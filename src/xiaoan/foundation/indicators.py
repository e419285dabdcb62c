"""Indicators: named, set-based measures that modules offer and duties read.

Compliance, overview, evaluation and accountability read indicators and nothing else (`13-contracts.md`
section 4). The answer for a past period is the same whenever it is asked.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable
from uuid import UUID

from django.db.models import QuerySet

from xiaoan.foundation.errors import Words
from xiaoan.foundation.events import Event
from xiaoan.foundation.periods import Period

Parameters = Mapping[str, Any]


class Kind(StrEnum):
    """Flow counts what happened in a period; stock is how things stand on a day; trend has no cell status."""

    FLOW = "flow"
    STOCK = "stock"
    TREND = "trend"


@dataclass(frozen=True, slots=True)
class Untold:
    """缺依据: nobody can say what is owed, because this plan, roster or register is missing."""

    missing: Words


@dataclass(frozen=True, slots=True)
class Pair:
    """Achieved and expected of one unit in one period, with two decimals; expected may be untold."""

    achieved: Decimal
    expected: Decimal | Untold


@dataclass(frozen=True, slots=True)
class Link:
    """Where the next step is done: its address, the words on its button, and whose it is."""

    url: str
    label: Words
    act: str = ""
    """The act that is done there; it is nobody's step who is not granted it."""
    posts: frozenset[str] = frozenset()
    """The posts that do it; empty where the act alone decides."""


class Indicator(Protocol):
    """A measure. At most two statements for all units together; never a loop over schools."""

    kind: Kind
    feeds_on: frozenset[type[Event]]
    parameters: frozenset[str]
    """The names that a duty's `with` may and must hold."""

    def check(self, with_: Parameters, kinds: Mapping[str, Any]) -> str | None:
        """Words on what is wrong with a duty's parameters (given the pack's record kinds), or None."""

    def pairs(self, units: Collection[UUID], period: Period, with_: Parameters) -> dict[UUID, Pair]:
        """Achieved and expected by unit; a unit left out has nothing expected (不涉及)."""

    def rows(self, unit_id: UUID, period: Period, with_: Parameters) -> "QuerySet[Any]":
        """The records behind a unit's figure."""

    def next_step(
        self, unit_id: UUID, period: Period, with_: Parameters, kinds: Mapping[str, Any]
    ) -> Link | None:
        """Where the unit does what is missing (given the pack's record kinds)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure of a trend in words: what it is, how it stands in a period, how it stood a year before."""

    title: Words
    now: Words
    before: Words


@runtime_checkable
class Trend(Protocol):
    """A measure that a page can show beside last year's. Its duty is a goal and has no cells."""

    def beside_last_year(self, unit_id: UUID, period: Period) -> list[Beside]:
        """The figures of a period and of the same one a year before; a handful of statements."""


_indicators: dict[str, Indicator] = {}


def register(name: str, indicator: Indicator) -> None:
    """Offer a measure under its lasting name (`module.measure`)."""
    if name in _indicators:
        raise ValueError(f"two indicators are called {name}")
    _indicators[name] = indicator


def known_indicators() -> dict[str, Indicator]:
    """All registered measures by name."""
    return dict(_indicators)


def indicator(name: str) -> Indicator:
    """The measure of a name; `LookupError` when no module offers it."""
    return _indicators[name]

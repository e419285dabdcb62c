"""What came again: the same kind at the same place, among what is there and what comes in (`found_before`)."""

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import Any
from uuid import UUID

from xiaoan.hazards.imports.columns import CLOSED_ON
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.models import Hazard, Source
from xiaoan.hazards.models.choices import DROPPED

AT_ONCE = 500
SAME_PLACE = "the past of a place decides what repeats"
PlaceAndKind = tuple[UUID, str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A hazard of a place and kind, as far as a later one asks."""

    key: UUID
    found_on: date
    closed_on: date | None
    """None while it is open, and where its closure did not hold."""
    occurrence: int
    by_school: bool

    def order(self) -> tuple[date, UUID]:
        """By the day it was found."""
        return self.found_on, self.key

    def was_closed(self, day: date) -> bool:
        """Whether it was closed by a day."""
        return self.closed_on is not None and self.closed_on <= day


class Recurrence:
    """The past of places, to which each row adds itself. Rows are to be asked in the order in which they were found."""

    def __init__(self, past: Mapping[PlaceAndKind, Sequence[Earlier]], window: int) -> None:
        self._past = {key: sorted(earlier, key=Earlier.order) for key, earlier in past.items()}
        self._window = timedelta(days=window)

    def follow(self, old: OldHazard, key: UUID) -> dict[str, Any]:
        """The columns that the past of its place gives a row; then the row is part of that past."""
        by_school = old.source == Source.SCHOOL
        if old.place_key is None:
            return {"missed": not by_school}
        earlier = self._past.setdefault(old.place_key, [])
        last = next((each for each in self._before(earlier, old) if each.was_closed(old.found_on)), None)
        known = by_school or any(each.by_school for each in self._before(earlier, old))
        occurrence = last.occurrence + 1 if last else 1
        held = None if old.sound is False else old.days[CLOSED_ON]
        insort(earlier, Earlier(key, old.found_on, held, occurrence, by_school), key=Earlier.order)
        return {"repeats_id": last.key if last else None, "occurrence": occurrence, "missed": not known}

    def _before(self, earlier: Sequence[Earlier], old: OldHazard) -> Iterator[Earlier]:
        """What was found there within the window before a row, the latest first."""
        inside = (each for each in reversed(earlier) if each.found_on <= old.found_on)
        return takewhile(lambda each: each.found_on >= old.found_on - self._window, inside)


def past_of(olds: Iterable[OldHazard], window: int) -> Recurrence:
    """The past of the places that rows name, as it is stored."""
    keys = {old.place_key for old in olds if old.place_key}
    places = sorted({place for place, _kind in keys})
    rows = Hazard.objects.everything(SAME_PLACE).exclude(state__in=DROPPED)
    past: dict[PlaceAndKind, list[Earlier]] = {}
    for at in range(0, len(places), AT_ONCE):
        some = rows.filter(place__in=places[at : at + AT_ONCE])
        for row in some.only("place", "kind", "found_on", "closed_on", "occurrence", "source"):
            by_school = row.source == Source.SCHOOL
            earlier = Earlier(row.pk, row.found_on, row.closed_on, row.occurrence, by_school)
            past.setdefault((row.place_id, row.kind), []).append(earlier)
    return Recurrence(past, window)

"""One row of the old ledger, understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from xiaoan.hazards.imports.columns import (
    ACCEPTED,
    CLOSED_ON,
    DUE,
    FOUND,
    HANDED,
    LOOKED,
    RECHECKED,
    RECTIFIED,
)
from xiaoan.hazards.models import Cause, Grade, Level, Source, State
from xiaoan.organisations.models import Place, Unit
from xiaoan.people.models import Post


@dataclass(frozen=True)
class OldHazard:
    """A row whose cells are understood. Days that the row leaves empty are None; so are unknown persons' keys."""

    number: str
    unit: Unit
    place: Place | None
    place_name: str
    kind: str
    text: str
    source: Source
    grade: Grade
    criterion: str
    criterion_words: str
    post: Post | None
    measures: str
    cause: Cause
    prevention: str
    money: Decimal | None
    money_source: str
    listed: bool
    days: Mapping[str, date | None]
    """By heading: 发现日期, 整改期限 and so on."""
    names: Mapping[str, str]
    """By heading: 发现人, 责任人, 整改人 and so on."""
    sound: bool | None
    """What the look back found; None where none was made."""

    @property
    def found_on(self) -> date:
        """The day that counts."""
        return self.days[FOUND]  # type: ignore[return-value]  # the column is required

    @property
    def handed_on(self) -> date | None:
        """The day it was handed out: the day it was found, where the row has a date to keep and says no other."""
        return self.days[HANDED] or (self.found_on if self.days[DUE] else None)

    @property
    def from_above(self) -> bool:
        """Found or re-checked from above: the centre's to close."""
        return self.source != Source.SCHOOL or self.days[RECHECKED] is not None

    @property
    def level(self) -> Level:
        """Who closes it, as `Hazard.level` says."""
        if self.listed or self.grade == Grade.MAJOR:
            return Level.MAJOR
        return Level.ABOVE if self.from_above else Level.UNIT

    @cached_property
    def state(self) -> State:
        """The step that its days say, archiving left aside."""
        if self.sound is False:
            return State.RECTIFYING
        if self.days[CLOSED_ON]:
            return State.ARCHIVED if self.sound else State.CLOSED
        last = next((heading for heading in (RECHECKED, ACCEPTED, RECTIFIED) if self.days[heading]), None)
        if last:
            return self._after(last)
        if self.handed_on:
            return State.RECTIFYING
        return State.TO_JUDGE if self.grade == Grade.NONE else State.TO_ASSIGN

    def _after(self, last: str) -> State:
        """What it waits for after this day of its acceptance."""
        if last == RECTIFIED:
            return State.TO_VERIFY
        again = last == ACCEPTED and self.level != Level.UNIT
        return State.TO_RECHECK if again else State.TO_CLOSE

    @property
    def planned_look_back(self) -> date | None:
        """The day of a look back that is still to come."""
        return self.days[LOOKED] if self.sound is None else None

    @property
    def place_key(self) -> tuple[UUID, str] | None:
        """Where the same kind counts as coming again; None where the register does not know the place."""
        return (self.place.pk, self.kind) if self.place else None

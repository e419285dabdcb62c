"""Writing a checked table of units: bulk statements, a fixed number of them however many rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.imports import Entry, overwrite
from xiaoan.foundation.periods import PeriodKind, period_of
from xiaoan.organisations.models import Circle, CircleKind, Membership, Unit, UnitKind, UnitYear
from xiaoan.organisations.tree import paths_of

UNIT_FIELDS = ("name", "kind", "opened_on", "closed_on")
YEAR_FIELDS = ("stage", "pupils", "boarders")
ALWAYS = date(2000, 1, 1)
"""The first day of a first membership when nobody knows since when the unit exists."""


class UnitWriter:
    """Writes the entries of one import for one actor, within the act's transaction."""

    def __init__(self, actor: Actor, entries: Sequence[Entry]) -> None:
        self._actor = actor
        self._entries = entries
        self._units = {unit.code.upper(): unit for unit in Unit.objects.visible_to(actor)}
        self._school_year = period_of(PeriodKind.SCHOOL_YEAR, clock.today()).code

    def write(self) -> dict[str, Unit]:
        """Units, tree, facts of the school year, circles. Returns the units of the entries by key."""
        self._write_units()
        self._write_years()
        self._write_circles()
        return {entry.key: self._unit(entry) for entry in self._entries}

    def _unit(self, entry: Entry) -> Unit:
        return self._units[entry.key.upper()]

    def _owned(self, unit: Unit) -> dict[str, UUID | None]:
        """The columns of a record of a unit."""
        district = self._actor.district_id
        return {"district_id": district, "unit_id": unit.id, "created_by_id": self._actor.person_id}

    def _write_units(self) -> None:
        """New units, changed ones, and those that moved along with a unit above them."""
        before = {code: _shown(unit) for code, unit in self._units.items()}
        above: dict[str, str] = {}
        for entry in self._entries:
            unit = self._units.setdefault(
                entry.key.upper(), Unit(district_id=self._actor.district_id, code=entry.key)
            )
            for field in UNIT_FIELDS:
                if field in entry.wanted:
                    setattr(unit, field, entry.wanted[field])
            if "parent" in entry.wanted:
                above[entry.key.upper()] = entry.wanted["parent"]
        self._hang(above)
        self._let_oversee()
        new = [unit for code, unit in self._units.items() if code not in before]
        Unit.objects.bulk_create(new)
        changed = [
            unit for code, unit in self._units.items() if code in before and _shown(unit) != before[code]
        ]
        overwrite(Unit, changed, ("name", "kind", "opened_on", "closed_on", "parent", "path", "oversees"))

    def _hang(self, above: Mapping[str, str]) -> None:
        """Put units below their parents and give every unit of the district its path."""
        codes = {unit.id: code for code, unit in self._units.items()}
        for code, parent in above.items():
            self._units[code].parent_id = self._units[parent].id if parent else None
        parents = {
            code: codes[unit.parent_id] if unit.parent_id else "" for code, unit in self._units.items()
        }
        for code, path in paths_of(parents).items():
            self._units[code].path = path

    def _let_oversee(self) -> None:
        """The bureau, the sections directly below it and *the* centre answer for the whole district.

        The centre is the first one below the bureau; another centre sees only itself (`4-roles.md`).
        """
        centres = []
        for unit in self._units.values():
            below_root = unit.parent_id == self._actor.district_id
            if unit.kind == UnitKind.CENTRE and below_root:
                centres.append(unit)
            else:
                unit.oversees = unit.parent_id is None or (unit.kind == UnitKind.SECTION and below_root)
        if centres and not any(unit.oversees for unit in centres):
            centres[0].oversees = True

    def _write_years(self) -> None:
        """Facts that differ become those of the running school year; earlier years stay as they were."""
        rows = UnitYear.objects.visible_to(self._actor).order_by("school_year")
        latest = {row.unit_id: row for row in rows}
        new: list[UnitYear] = []
        changed: list[UnitYear] = []
        for entry in self._entries:
            if not entry.changes().keys() & set(YEAR_FIELDS):
                continue
            known = latest.get(self._unit(entry).id)
            if known is None or known.school_year != self._school_year:
                facts = {field: getattr(known, field) for field in YEAR_FIELDS} if known else {}
                owned = self._owned(self._unit(entry))
                year = UnitYear(**owned, school_year=self._school_year, **facts)
                new.append(year)
            else:
                year = known
                changed.append(year)
            for field in YEAR_FIELDS:
                setattr(year, field, entry.wanted.get(field, getattr(year, field)))
        UnitYear.objects.bulk_create(new)
        overwrite(UnitYear, changed, YEAR_FIELDS)

    def _write_circles(self) -> None:
        """A unit leaves its circle today and joins the other one today; a first circle holds from its opening."""
        moving = {
            (self._unit(entry).id, kind.value): entry.wanted[kind.value]
            for entry in self._entries
            for kind in CircleKind
            if kind.value in entry.changes()
        }
        if not moving:
            return
        circles = self._circles({(kind, name) for (_unit, kind), name in moving.items() if name})
        today = clock.today()
        units = {unit.id: unit for unit in self._units.values()}
        rows = Membership.objects.visible_to(self._actor).select_related("circle")
        past = [row for row in rows if (row.unit_id, row.circle.kind) in moving]
        ending = [row for row in past if row.ends_on is None or row.ends_on > today]
        for row in ending:
            row.ends_on = max(today, row.starts_on)
        overwrite(Membership, ending, ("ends_on",))
        had_one = {(row.unit_id, row.circle.kind) for row in past}
        Membership.objects.bulk_create(
            Membership(
                **self._owned(units[unit_id]),
                circle=circles[kind, name],
                starts_on=today if (unit_id, kind) in had_one else units[unit_id].opened_on or ALWAYS,
            )
            for (unit_id, kind), name in moving.items()
            if name
        )

    def _circles(self, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Circle]:
        """The circles of these kinds and names; new ones are founded."""
        circles = {(each.kind, each.name): each for each in Circle.objects.visible_to(self._actor)}
        root = next(unit for unit in self._units.values() if unit.id == self._actor.district_id)
        new = {
            key: Circle(**self._owned(root), kind=key[0], name=key[1])
            for key in sorted(wanted)
            if key not in circles
        }
        Circle.objects.bulk_create(new.values())
        return circles | new


def _shown(unit: Unit) -> tuple[Any, ...]:
    """What makes a stored unit differ."""
    return (unit.name, unit.kind, unit.opened_on, unit.closed_on, unit.parent_id, unit.path, unit.oversees)

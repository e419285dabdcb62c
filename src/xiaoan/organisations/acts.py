"""Acts on the district's register and calendar. Each import is one act, however many rows."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.imports import Entry, ImportDraft, begin, journalled, register_import
from xiaoan.foundation.packs import Section, register_section
from xiaoan.foundation.periods import TermDates
from xiaoan.organisations.events import CalendarChanged, UnitChanged, UnitOpened
from xiaoan.organisations.models import CalendarDay, SchoolBreak, Term, Unit, UnitKind
from xiaoan.organisations.pack import BreakRow, CalendarFile, DayRow, TermRow
from xiaoan.organisations.permissions import (
    may_import_places,
    may_import_units,
    may_open_district,
    may_publish_calendar,
)
from xiaoan.organisations.place_table import PLACES
from xiaoan.organisations.place_writing import write_places
from xiaoan.organisations.queries import hold_register
from xiaoan.organisations.unit_table import UNITS
from xiaoan.organisations.unit_writing import UnitWriter


@act(may=may_open_district, robot=True)
def open_district(*, actor: Actor, ask: Ask, code: str, name: str) -> Outcome[Unit]:
    """Make a district's root, its bureau. The machine's `district_id` becomes the root's key."""
    root = Unit(
        id=actor.district_id,
        district_id=actor.district_id,
        code=code,
        name=name,
        kind=UnitKind.BUREAU,
        path=f"{code.upper()}/",
        oversees=True,
    )
    root.save(force_insert=True)
    opened = UnitOpened(district_id=root.id, unit_id=root.id, record_id=root.id, happened_on=clock.today())
    return Outcome(root, {"code": [None, code], "name": [None, name]}, (opened,))


@act(may=may_publish_calendar)
def publish_calendar(  # noqa: PLR0913 - the three lists of a calendar
    *,
    actor: Actor,
    ask: Ask,
    district: Unit,
    terms: Sequence[TermRow],
    breaks: Sequence[BreakRow],
    days: Sequence[DayRow],
) -> Outcome[Unit]:
    """Put a pack's calendar in force. School years and years that it does not speak of stay as they are.

    Raises `TermsDoNotTile` where the terms of a school year leave a gap or overlap.
    """
    changes = {
        "terms": _replace_terms(actor, district, terms),
        "breaks": _replace_breaks(actor, district, breaks),
        "days": _replace_days(actor, district, days),
    }
    changed = {name: each for name, each in changes.items() if each}
    happened = CalendarChanged(
        district_id=district.id, unit_id=district.id, record_id=district.id, happened_on=clock.today()
    )
    return Outcome(district, changed, (happened,) if changed else ())


@act(may=may_import_units)
def import_units(*, actor: Actor, ask: Ask, draft: ImportDraft) -> Outcome[ImportDraft]:
    """Apply a checked table of units. Raises as `imports.begin` does."""
    hold_register(actor)
    entries = begin(UNITS, actor, draft)
    units = UnitWriter(actor, entries).write()
    happened = tuple(_unit_event(entry, units[entry.key]) for entry in entries)
    return Outcome(draft, journalled(draft, entries), happened)


@act(may=may_import_places)
def import_places(*, actor: Actor, ask: Ask, draft: ImportDraft) -> Outcome[ImportDraft]:
    """Apply a checked table of places. Raises as `imports.begin` does."""
    hold_register(actor)
    entries = begin(PLACES, actor, draft)
    write_places(actor, entries)
    return Outcome(draft, journalled(draft, entries))


def _unit_event(entry: Entry, unit: Unit) -> UnitOpened | UnitChanged:
    """What an entry announces, on the day from which it holds."""
    happening, day = (UnitOpened, unit.opened_on) if entry.is_new else (UnitChanged, None)
    return happening(
        district_id=unit.district_id, unit_id=unit.id, record_id=unit.id, happened_on=day or clock.today()
    )


Replaced = dict[str, list[Any]]


def _replace_terms(actor: Actor, district: Unit, rows: Sequence[TermRow]) -> Replaced:
    """Terms of the school years that the rows speak of."""
    TermDates.of((row.code, row.first, row.last) for row in sorted(rows, key=lambda row: row.first))
    years = {row.code[:9] for row in rows}
    stored = Term.objects.visible_to(actor).filter(district=district)
    old = {term.code: term for term in stored if term.code[:9] in years}
    new = {
        row.code: Term(**_owned(actor, district), code=row.code, first=row.first, last=row.last)
        for row in rows
    }
    return _replace(actor, Term, old, new, ("first", "last"))


def _replace_breaks(actor: Actor, district: Unit, rows: Sequence[BreakRow]) -> Replaced:
    """Breaks that begin in the span of the rows."""
    fields = ("name_zh", "name_en", "first", "last")
    if not rows:
        return {}
    span = (min(row.first for row in rows), max(row.first for row in rows))
    stored = SchoolBreak.objects.visible_to(actor).filter(district=district)
    codes = {row.code for row in rows}
    old = {each.code: each for each in stored if each.code in codes or span[0] <= each.first <= span[1]}
    new = {
        row.code: SchoolBreak(
            **_owned(actor, district), code=row.code, **{field: getattr(row, field) for field in fields}
        )
        for row in rows
    }
    return _replace(actor, SchoolBreak, old, new, fields)


def _replace_days(actor: Actor, district: Unit, rows: Sequence[DayRow]) -> Replaced:
    """Exceptions of the calendar years that the rows speak of."""
    _refuse_repeated(row.day.isoformat() for row in rows)
    years = {row.day.year for row in rows}
    stored = CalendarDay.objects.visible_to(actor).filter(district=district)
    old = {each.day.isoformat(): each for each in stored if each.day.year in years}
    new = {
        row.day.isoformat(): CalendarDay(
            **_owned(actor, district), day=row.day, working=row.working, name=row.name
        )
        for row in rows
    }
    return _replace(actor, CalendarDay, old, new, ("working", "name"))


def _owned(actor: Actor, district: Unit) -> dict[str, Any]:
    """The columns of a record of the district's root."""
    return {"district_id": district.id, "unit_id": district.id, "created_by_id": actor.person_id}


def _refuse_repeated(days: Iterable[str]) -> None:
    """A day is either a holiday or worked, and stands once."""
    seen: set[str] = set()
    for day in days:
        if day in seen:
            raise RuleBroken({"days": [_("日期 %(day)s 在节假日安排中出现了两次。") % {"day": day}]})
        seen.add(day)


def _replace(
    actor: Actor, model: Any, old: dict[str, Any], new: dict[str, Any], fields: Sequence[str]
) -> Replaced:
    """Make the stored rows equal to the new ones; old and new by key of what differed."""

    def shown(row: Any) -> list[Any] | None:
        return [getattr(row, field) for field in fields] if row else None

    differing = {
        key: [shown(old.get(key)), shown(new.get(key))]
        for key in sorted(old.keys() | new.keys())
        if shown(old.get(key)) != shown(new.get(key))
    }
    gone = [old[key].pk for key in differing if key in old]
    model.objects.visible_to(actor).filter(pk__in=gone).delete()
    model.objects.bulk_create([new[key] for key in differing if key in new])
    return differing


def publish(*, actor: Actor, ask: Ask, district: Unit, content: Any) -> None:
    """Put a pack's calendar in force, inside the act of publishing."""
    file = CalendarFile.model_validate(content)
    publish_calendar(
        actor=actor,
        ask=ask,
        district=district,
        terms=file.term_rows(),
        breaks=file.break_rows(),
        days=file.day_rows(),
    )


register_import(UNITS, import_units)
register_import(PLACES, import_places)
register_section(Section(name="calendar", schema=CalendarFile, title=gettext_lazy("校历"), publish=publish))

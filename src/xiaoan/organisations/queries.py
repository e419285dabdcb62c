"""Reads about the district: which units then, their facts and circles, terms and working days.

What a person looks at starts from `visible_to`. Reads for rules and measures take a district's id and are
the same for whoever asks: they say so in their reason.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.periods import PeriodKind, TermDates, period_of
from xiaoan.foundation.working_days import WorkingDays
from xiaoan.organisations.models import (
    CalendarDay,
    Circle,
    Membership,
    SchoolBreak,
    Term,
    Unit,
    UnitYear,
)

REFERENCE = "the district's own reference data"


@dataclass(frozen=True, slots=True)
class UnitOnDay:
    """What the panels of a unit's page are asked about."""

    unit: Unit
    day: date


def in_force(day: date) -> Q:
    """Units that exist on a day; without an opening day a unit has always been there."""
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    return opened & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))


def district_of(code: str) -> Unit | None:
    """The root of a district by its code."""
    roots = Unit.objects.everything("a district is named on the command line")
    return roots.filter(parent=None, code__iexact=code).first()


def unit_of(district_id: UUID, code: str) -> Unit | None:
    """The unit of a code, whatever the case of its letters."""
    units = Unit.objects.everything("a code is unique in its district")
    return units.filter(district_id=district_id, code__iexact=code).first()


def units_in_force(district_id: UUID, day: date, kinds: Collection[str] = ()) -> QuerySet[Unit]:
    """Units of a district that exist on a day, of these kinds (of any, when none is named), by code."""
    units = Unit.objects.everything(REFERENCE).filter(in_force(day), district_id=district_id)
    return (units.filter(kind__in=kinds) if kinds else units).order_by("code")


def with_stage(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Units with `stage_then`: their stage in the school year of a day.

    A school year without a row of its own takes the stage of the latest year before it; days before the
    first row take the first, since a register begins after the schools did.
    """
    years = UnitYear.objects.everything("facts of the units asked for").filter(unit=OuterRef("pk"))
    school_year = period_of(PeriodKind.SCHOOL_YEAR, day).code
    known_by_then = years.filter(school_year__lte=school_year).order_by("-school_year")
    first_known = years.order_by("school_year")
    nothing = Value("", output_field=CharField())
    stage = Coalesce(
        Subquery(known_by_then.values("stage")[:1]), Subquery(first_known.values("stage")[:1]), nothing
    )
    return units.annotate(stage_then=stage)


def facts_of(unit: Unit, day: date) -> UnitYear | None:
    """Stage, pupils and boarders of a unit as known for the school year of a day; it names its year."""
    school_year = period_of(PeriodKind.SCHOOL_YEAR, day).code
    years = UnitYear.objects.everything("facts of one unit, which the caller has seen").filter(unit=unit)
    known_by_then = years.filter(school_year__lte=school_year).order_by("-school_year")
    return known_by_then.first() or years.order_by("school_year").first()


def children(unit: Unit, day: date | None = None) -> QuerySet[Unit]:
    """The units directly below a unit on a day (today)."""
    return units_in_force(unit.district_id, day or clock.today()).filter(parent=unit)


def subtree(unit: Unit) -> QuerySet[Unit]:
    """A unit and everything below it, closed ones too, by code."""
    units = Unit.objects.everything("a subtree of a unit, which the caller has seen")
    return units.filter(district_id=unit.district_id, path__startswith=unit.path).order_by("code")


def belongs_on(day: date) -> Q:
    """Memberships in force on a day."""
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def circles(district_id: UUID, kind: str) -> QuerySet[Circle]:
    """The circles of a kind (`group` 协作组, `town` 街镇), by name."""
    return Circle.objects.everything(REFERENCE).filter(district_id=district_id, kind=kind).order_by("name")


def circles_of(unit: Unit, day: date) -> QuerySet[Circle]:
    """The circles that a unit belongs to on a day."""
    memberships = Membership.objects.everything(REFERENCE).filter(belongs_on(day), unit=unit)
    rows = Circle.objects.everything(REFERENCE)
    return rows.filter(pk__in=memberships.values("circle")).order_by("kind", "name")


def members(circle: Circle, day: date) -> QuerySet[Unit]:
    """The units that belong to a circle on a day, as far as they exist then, by code."""
    memberships = Membership.objects.everything(REFERENCE).filter(belongs_on(day), circle=circle)
    return units_in_force(circle.district_id, day).filter(pk__in=memberships.values("unit"))


def circle_by_unit(district_id: UUID, kind: str, day: date) -> dict[UUID, Circle]:
    """The circle of a kind of every unit that has one on a day: one statement for sums by group or town."""
    rows = (
        Membership.objects.everything(REFERENCE)
        .filter(belongs_on(day), district_id=district_id, circle__kind=kind)
        .select_related("circle")
        .order_by("starts_on")
    )
    return {row.unit_id: row.circle for row in rows}


def terms(district_id: UUID) -> TermDates:
    """The terms of a district's calendar."""
    rows = Term.objects.everything(REFERENCE).filter(district_id=district_id).order_by("first")
    return TermDates.of(rows.values_list("code", "first", "last"))


def breaks(district_id: UUID) -> list[tuple[date, date]]:
    """Days inside terms without school, as spans with both ends included, in order."""
    rows = SchoolBreak.objects.everything(REFERENCE).filter(district_id=district_id).order_by("first")
    return list(rows.values_list("first", "last"))


def working_days(district_id: UUID) -> WorkingDays:
    """A district's working days. A year is published once a holiday later than January is in it."""
    rows = CalendarDay.objects.everything(REFERENCE).filter(district_id=district_id)
    latest = rows.filter(day__month__gt=1).aggregate(latest=Max("day"))["latest"]
    known_until = date(latest.year, 12, 31) if latest else date.min
    return WorkingDays(dict(rows.values_list("day", "working")), known_until)


def hold_register(actor: Actor) -> None:
    """Hold the district's root row until the transaction ends: imports of one district go one by one.

    Only they wait: whoever records something that belongs to the district does not.
    """
    Unit.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=actor.district_id).first()

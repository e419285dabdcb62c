"""学校档案 (一校一档): what an institution is, who answers for it today, what it owes, what is open there.

Each part is read through its own door and shown only to who may read it of the whole unit: somebody who sees
a few hazards of their own would otherwise take them for all. A part that may not be read is None.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import PeriodKind, period_of
from xiaoan.foundation.permissions import granted
from xiaoan.hazards.models import Hazard
from xiaoan.hazards.models.choices import DROPPED, OPEN
from xiaoan.insight.profile_parts import (
    OWED,
    Colour,
    Duties,
    Hazards,
    Institution,
    People,
    PlaceLine,
    RecordLine,
    Risks,
    urgency,
)
from xiaoan.ledgers.models import Entry, EntryState
from xiaoan.organisations.models import INSTITUTIONS, CircleKind, Membership, Place, Unit, UnitYear
from xiaoan.organisations.queries import belongs_on, in_force, with_stage
from xiaoan.people.models import Appointment
from xiaoan.people.queries import vacant_posts
from xiaoan.plans.models import Cell
from xiaoan.plans.queries import CellLine, now, section_of_version, with_status
from xiaoan.risks.models import LEVEL_SIGNS, Level, Risk, RiskState

ANSWERS = frozenset({"principal", "safety_lead", "safety_officer"})
"""Roles that answer for the whole unit; everybody else answers for a place or a lesson."""
UNSAID = frozenset({"staff"})
"""Roles whose coming and going is no matter of safety."""
PLACES_READ = 200
RECORDS_READ = 20
YEAR = timedelta(days=365)
KINDS = "kinds"


def institutions(actor: Actor) -> "QuerySet[Any]":
    """学校单位 that the actor sees, with `stage_then`, `pupils`, `boarders`, `group` and `town` of today."""
    today = clock.today()
    rows = with_stage(Unit.objects.visible_to(actor).filter(kind__in=INSTITUTIONS), today)
    year = period_of(PeriodKind.SCHOOL_YEAR, today).code
    years = UnitYear.objects.visible_to(actor).filter(unit=OuterRef("pk"), school_year__lte=year)
    return rows.annotate(
        pupils=Subquery(years.order_by("-school_year").values("pupils")[:1]),
        boarders=Subquery(years.order_by("-school_year").values("boarders")[:1]),
        group=_circle(actor, CircleKind.GROUP, today),
        town=_circle(actor, CircleKind.TOWN, today),
    )


def _circle(actor: Actor, kind: CircleKind, day: date) -> Subquery:
    """The name of the circle of a kind that a unit belongs to on a day."""
    rows = Membership.objects.visible_to(actor).filter(belongs_on(day), unit=OuterRef("pk"))
    return Subquery(rows.filter(circle__kind=kind).order_by("-starts_on").values("circle__name")[:1])


def may_open(actor: Actor, unit: Unit) -> bool:
    """Whether the actor may open a unit's profile: who may read what it owes."""
    return bool(granted(actor, "plans.read_cells", unit))


def listed(actor: Actor, word: str = "") -> dict[str, list[Institution]]:
    """By group: existing institutions whose profile the actor may open, of one word in name or code. Those in no
    group come last, under an empty name.
    """
    rows = institutions(actor).filter(in_force(clock.today()))
    if word:
        rows = rows.filter(Q(name__contains=word) | Q(code__istartswith=word))
    found = [unit for unit in rows.order_by("code") if may_open(actor, unit)]
    groups: dict[str, list[Institution]] = {}
    for unit in sorted(found, key=lambda unit: (unit.group is None, unit.group or "")):
        groups.setdefault(unit.group or "", []).append(Institution(unit))
    return groups


class Profile:
    """The parts of one page, each read once when the template asks for it."""

    def __init__(self, actor: Actor, unit: Any) -> None:
        self.actor, self.unit, self.today = actor, unit, clock.today()
        self.is_own = actor.belongs_to(unit.path)

    @cached_property
    def people(self) -> People | None:
        """Who answers."""
        return self._read("people.read_appointments", self._people)

    def _people(self) -> People:
        rows = Appointment.objects.visible_to(self.actor).filter(
            Q(ends_on=None) | Q(ends_on__gte=self.today - YEAR), unit=self.unit, starts_on__lte=self.today
        )
        order = ("post__position", "post__code", "is_deputy", "starts_on")
        lately = list(rows.exclude(post__role__in=UNSAID).select_related("person", "post").order_by(*order))
        held = [row for row in lately if row.is_in_force(self.today) and row.post.role in ANSWERS]
        return People(held, list(vacant_posts(self.unit, self.today)), lately)

    @cached_property
    def duties(self) -> Duties | None:
        """What it owes."""
        return self._read("plans.read_cells", self._duties)

    def _duties(self) -> Duties:
        rows = Cell.objects.visible_to(self.actor).filter(unit=self.unit, first__lte=self.today)
        owed = with_status(rows, self.today).filter(now(self.today), status__in=OWED)
        cells = owed.select_related("duty").order_by("due", "duty__position", "id")
        return Duties(sorted(map(CellLine, cells), key=urgency), self.is_own)

    @cached_property
    def hazards(self) -> Hazards | None:
        """What is open, and the year's."""
        return self._read("hazards.read_hazards", self._hazards)

    def _hazards(self) -> Hazards:
        year = period_of(PeriodKind.SCHOOL_YEAR, self.today)
        in_year = Q(found_on__range=(year.first, year.last)) & ~Q(state__in=sorted(DROPPED))
        rows = Hazard.objects.visible_to(self.actor).filter(
            in_year | Q(state__in=sorted(OPEN)), unit=self.unit
        )
        found = list(rows.select_related("holder").order_by("order_on", "id"))
        return Hazards(
            [each for each in found if each.is_open],
            [
                each
                for each in found
                if each.found_on in year and each.state not in DROPPED and not each.time_in_doubt
            ],
            year,
        )

    @cached_property
    def risks(self) -> Risks | None:
        """The risk list."""
        return self._read("risks.read_risks", self._risks)

    def _risks(self) -> Risks:
        rows = Risk.objects.visible_to(self.actor).filter(unit=self.unit, state=RiskState.LISTED)
        counted = list(rows.order_by("level").values_list("place_id", "level").annotate(number=Count("pk")))
        by_level: Counter[int] = Counter()
        for _place, level, number in counted:
            by_level[level] += number
        return Risks(
            [
                Colour(
                    LEVEL_SIGNS[level],
                    by_level[level],
                    self.listed_at("risks:risks", level=level.name.lower(), state=RiskState.LISTED.value),
                )
                for level in Level
                if by_level[level]
            ],
            {place: Level(level) for place, level, _number in reversed(counted)},
        )

    def _points_at(self, level: Level) -> str:
        """Its risk points of a level."""
        return self.listed_at("risks:risks", level=level.name.lower(), state=RiskState.LISTED.value)

    @cached_property
    def places(self) -> list[PlaceLine]:
        """关键部位, those with something open first; none for who may not read places."""
        return self._read("organisations.read_places", self._places) or []

    def _places(self) -> list[PlaceLine]:
        rows = Place.objects.visible_to(self.actor).filter(unit=self.unit, retired_on=None)
        found: dict[UUID | None, list[Hazard]] = defaultdict(list)
        for hazard in self.hazards.open if self.hazards else ():
            found[hazard.place_id].append(hazard)
        gravest = self.risks.gravest if self.risks else {}
        lines = [
            PlaceLine(place, gravest.get(place.pk), found[place.pk])
            for place in rows.order_by("code")[:PLACES_READ]
        ]
        return sorted(lines, key=lambda line: line.order)

    @property
    def place_columns(self) -> list[dict[str, Words]]:
        """The headings of the table of places."""
        return [{"label": words} for words in (_("部位"), _("责任岗位"), _("最高风险"), _("未销号的隐患"))]

    @cached_property
    def records(self) -> list[RecordLine] | None:
        """The latest records with the names of their kinds, the newest first."""
        return self._read("ledgers.read_entries", self._records)

    def _records(self) -> list[RecordLine]:
        rows = Entry.objects.visible_to(self.actor).filter(unit=self.unit, state=EntryState.FILED)
        entries = list(
            rows.select_related("created_by", "pack_version").order_by("-happened_on", "-id")[:RECORDS_READ]
        )
        kinds: Any = section_of_version(entries[0].pack_version, KINDS) if entries else None
        titles = {kind.code: kind.title for kind in kinds.root} if kinds else {}
        return [RecordLine(entry, str(titles.get(entry.kind, ""))) for entry in entries]

    @property
    def note(self) -> str:
        """What stands below the name."""
        return Institution(self.unit).head_line

    @property
    def open_url(self) -> str:
        """Its hazards that are not closed."""
        return self.listed_at("hazards:hazards", view="open")

    @property
    def overdue_url(self) -> str:
        """Its hazards past their date."""
        return self.listed_at("hazards:hazards", view="overdue")

    @property
    def found_url(self) -> str:
        """Its hazards that were found in the school year."""
        return self.listed_at("hazards:hazards", counted=self._found_in_year)

    @property
    def missed_url(self) -> str:
        """Those of them that were found from above only."""
        return self.listed_at("hazards:hazards", view="missed", counted=self._found_in_year)

    @property
    def _found_in_year(self) -> str:
        """The list's word for what was found in the school year."""
        return f"found-{period_of(PeriodKind.SCHOOL_YEAR, self.today).code}"

    @property
    def risks_url(self) -> str:
        """Its risk list."""
        return self.listed_at("risks:risks", state=RiskState.LISTED.value)

    def listed_at(self, route: str, **words: str) -> str:
        """A list narrowed to this unit. The lists of who sees one unit only have no choice of units."""
        if self.actor.spans_units:
            words["unit"] = str(self.unit.pk)
        return f"{reverse(route)}?{urlencode(words)}"

    def _read(self, reading: str, read: Callable[[], Any]) -> Any:
        """A part, where the actor may read it of the whole unit; None elsewhere."""
        return read() if granted(self.actor, reading, self.unit) else None

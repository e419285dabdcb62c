"""What search offers: the kinds that it looks through, and how each shows what was found."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.search import Hits, find
from xiaoan.foundation.ui import dates
from xiaoan.hazards.models import Hazard
from xiaoan.ledgers.models import Entry
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Person
from xiaoan.plans.models import Clause, Duty
from xiaoan.risks.models import Risk

LONGEST_LINE = 60
"""Characters of a clause that a row shows."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One thing that was found, as its row shows it."""

    title: Words
    note: Words
    url: str
    state: Words = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found of one kind; `count` says 50+ where there is more."""

    kind: "Kind"
    count: str
    rows: list[FoundRow]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record on the page of search."""

    model: type[Any]
    title: Words
    icon: str
    show: Callable[[Any], FoundRow]
    beside: tuple[str, ...] = ()
    """Relations that a row shows: fetched for all rows at once."""
    lang: str = ""
    """The language of what was found, where it is one whatever the page's is: documents are Chinese."""


def _unit(unit: Unit) -> FoundRow:
    """A unit by its name."""
    note = f"{unit.get_kind_display()} · {unit.code}"
    return FoundRow(unit.name, note, reverse("organisations:unit", args=[unit.pk]))


def _person(person: Person) -> FoundRow:
    """A person with the unit that looks after them."""
    note = f"{person.unit.name} · {person.staff_no}"
    return FoundRow(person.name, note, reverse("people:person", args=[person.pk]))


def _hazard(hazard: Hazard) -> FoundRow:
    """A hazard with its unit and place, and the step it stands at."""
    note = f"{hazard.unit.name} · {hazard.place_name} · {hazard.code}"
    return FoundRow(hazard.text, note, hazard.get_absolute_url(), hazard.get_state_display())


def _entry(entry: Entry) -> FoundRow:
    """An entry with its unit and day; a voided one says so."""
    note = f"{entry.unit.name} · {dates.full_date(entry.happened_on)}"
    state = entry.get_state_display() if entry.is_void else ""
    return FoundRow(entry.title, note, reverse("ledgers:entry", args=[entry.pk]), state)


def _risk(risk: Risk) -> FoundRow:
    """A risk point with its unit, place and level; one that left its list says so."""
    note = f"{risk.unit.name} · {risk.place.name} · {risk.get_level_display()}"
    state = "" if risk.is_listed else risk.get_state_display()
    return FoundRow(risk.point, note, risk.get_absolute_url(), state)


def _duty(duty: Duty) -> FoundRow:
    """A duty by its code and short name."""
    note = f"{duty.code} · {duty.get_every_display()}"
    return FoundRow(duty.title, note, reverse("plans:duty", args=[duty.code]))


def _clause(clause: Clause) -> FoundRow:
    """A clause of the text that the plan page shows."""
    words = clause.text if len(clause.text) <= LONGEST_LINE else f"{clause.text[:LONGEST_LINE]}…"
    title = clause.title.strip() if clause.heading else f"{clause.label}{words}"
    note = words if clause.heading else clause.document.title_zh
    return FoundRow(title, note, f"{reverse('plans:plan')}#clause-{clause.pk}")


KINDS = (
    Kind(Unit, pgettext_lazy("plural", "单位"), "school", _unit),
    Kind(Person, _("人员"), "person", _person, ("unit",)),
    Kind(Hazard, _("隐患"), "alert", _hazard, ("unit",)),
    Kind(Entry, _("台账记录"), "ledger", _entry, ("unit",)),
    Kind(Risk, _("风险点"), "risk", _risk, ("unit", "place")),
    Kind(Duty, _("任务"), "check-list", _duty),
    Kind(Clause, _("方案条款"), "document", _clause, ("document",), lang="zh-CN"),
)


def found_by(actor: Actor, query: str) -> list[FoundGroup]:
    """What the actor sees of what a query finds, by kind; kinds without a hit are left out.

    Raises `RuleBroken` (field `q`) for a query that is too long.
    """
    kinds = {kind.model: kind for kind in KINDS}
    return [_group(kinds[hits.kind], hits) for hits in find(actor, query, kinds)]


def _group(kind: Kind, hits: Hits) -> FoundGroup:
    """The rows of one kind."""
    prefetch_related_objects(hits.records, *kind.beside)
    return FoundGroup(kind, hits.count, [kind.show(record) for record in hits.records])

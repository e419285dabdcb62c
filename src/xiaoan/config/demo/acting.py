"""Acting out: each deed at its instant, by its person, through the acts that pages call."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import singledispatchmethod
from typing import Any
from uuid import UUID, uuid5

from xiaoan.config.demo.chance import SEED
from xiaoan.config.demo.deeds import (
    BeginRisks,
    ConfirmFixes,
    Correct,
    Deed,
    Finish,
    LookBack,
    MoveHazard,
    Record,
    ReportHazard,
    ReviewRisks,
    Void,
)
from xiaoan.config.demo.hazard_acting import HazardTheatre
from xiaoan.config.demo.risks import answers_of
from xiaoan.config.demo.staff import Tenure
from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.ledgers.acts import correct_entry, finish_item, record_entry, void_entry
from xiaoan.ledgers.filling import Filling, ItemDraft
from xiaoan.ledgers.kinds import kind_in_force
from xiaoan.ledgers.models import Entry, Item
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Person
from xiaoan.people.queries import actor_for
from xiaoan.risks.acts import add_starter_risks, review_risks
from xiaoan.risks.queries import review_sheet, running_term

NAMESPACE = UUID("6f0c1a52-5d0c-5a7e-9a39-2d1f0f6b7c11")
Key = tuple[str, str, str, str]


def ask_for(*topic: object) -> Ask:
    """The ask of a deed: the same each time the demo is made."""
    return Ask(submission_id=uuid5(NAMESPACE, ":".join([SEED, *map(str, topic)])))


class Theatre:
    """The stored people and units behind the names of the story, and what they have filed so far."""

    def __init__(self, overseer: Actor) -> None:
        self._overseer = overseer
        self._units: dict[str, Unit] = {}
        self._appointments: dict[Key, Appointment] = {}
        self._entries: dict[str, UUID] = {}
        self._people: dict[str, Person] = {}
        self._held_by: dict[UUID, list[Appointment]] = {}
        self._actors: dict[tuple[UUID, frozenset[UUID]], Actor] = {}
        self._hazards = HazardTheatre(overseer, ask_for)
        self.open_doors()

    def open_doors(self) -> None:
        """Learn who is there: at the beginning, and after people have come and gone."""
        self._units = {unit.code: unit for unit in Unit.objects.visible_to(self._overseer)}
        rows = Appointment.objects.visible_to(self._overseer).select_related("person", "post", "unit")
        self._appointments = {
            (row.person.staff_no, row.unit.code, row.post.code, row.starts_on.isoformat()): row
            for row in rows
        }
        self._people = {row.person.staff_no: row.person for row in self._appointments.values()}
        self._held_by = defaultdict(list)
        for row in self._appointments.values():
            self._held_by[row.person_id].append(row)
        self._actors = {}
        self.forget()

    def forget(self) -> None:
        """Read hazards anew from now on: the machine or an import has had them in hand."""
        self._hazards.forget()

    def act(self, deed: Deed) -> None:
        """Do a deed at its instant. Raises what its act refuses: a refusal here is a fault of the story."""
        with clock.held_at(deed.at):
            self._do(deed, self._actor(self._held(deed.by).person))

    @singledispatchmethod
    def _do(self, deed: Deed, actor: Actor) -> None:  # noqa: ARG002 - the signature of all below
        raise TypeError(type(deed).__name__)

    @_do.register
    def _(self, deed: Record, actor: Actor) -> None:
        entry = record_entry(
            actor=actor,
            ask=ask_for(deed.key),
            unit=self._units[deed.unit],
            kind=kind_in_force(actor.district_id, deed.kind),
            filling=self._filling(deed),
        )
        self._entries[deed.key] = entry.id

    @_do.register
    def _(self, deed: Finish, actor: Actor) -> None:
        items = Item.objects.visible_to(actor).select_related("entry", "unit")
        item = items.get(entry_id=self._entries[deed.record], number=deed.number)
        ask = ask_for(deed.record, "finish", deed.number)
        finish_item(actor=actor, ask=ask, item=item, done_on=deed.done_on, note=deed.note)

    @_do.register
    def _(self, deed: Void, actor: Actor) -> None:
        entry = self._entry(deed.record, actor)
        void_entry(actor=actor, ask=ask_for(deed.record, "void"), entry=entry, reason=deed.reason)

    @_do.register
    def _(self, deed: Correct, actor: Actor) -> None:
        correct_entry(
            actor=actor,
            ask=ask_for(deed.record, "correct"),
            entry=self._entry(deed.record, actor),
            filling=self._filling(deed.right),
            reason=deed.reason,
        )

    @_do.register
    def _(self, deed: BeginRisks, actor: Actor) -> None:
        add_starter_risks(actor=actor, ask=ask_for("risks", deed.unit), unit=self._units[deed.unit])

    @_do.register
    def _(self, deed: ReviewRisks, actor: Actor) -> None:
        unit = self._units[deed.unit]
        sheet = review_sheet(actor, unit, running_term(unit.district_id))
        ask = ask_for("risks review", deed.unit, deed.term)
        review_risks(actor=actor, ask=ask, unit=unit, answers=answers_of(deed, sheet))

    @_do.register
    def _(self, deed: ReportHazard, actor: Actor) -> None:
        self._hazards.report(deed, actor, self._units[deed.unit])

    @_do.register
    def _(self, deed: MoveHazard, actor: Actor) -> None:
        self._hazards.move(deed, actor, self._people, self._units)

    @_do.register
    def _(self, deed: ConfirmFixes, actor: Actor) -> None:
        self._hazards.confirm(deed, actor)

    @_do.register
    def _(self, deed: LookBack, actor: Actor) -> None:
        self._hazards.look_back(deed, actor)

    def _actor(self, person: Person) -> Actor:
        """The actor that a person is today; asked for anew only when other appointments are in force."""
        today = clock.today()
        rows = self._held_by[person.pk]
        standing = frozenset(
            row.pk for row in rows if row.starts_on <= today and not (row.ends_on and row.ends_on < today)
        )
        key = (person.pk, standing)
        if key not in self._actors:
            self._actors[key] = actor_for(person, today)
        return replace(self._actors[key], day=today)

    def _entry(self, key: str, actor: Actor) -> Entry:
        """The stored record of a key, as its actor sees it."""
        rows = Entry.objects.visible_to(actor).select_related("unit", "pack_version")
        entry: Entry = rows.get(pk=self._entries[key])
        return entry

    def _held(self, tenure: Tenure) -> Appointment:
        """The stored appointment of a tenure."""
        return self._appointments[tenure.person.staff_no, tenure.unit, tenure.post, tenure.starts.isoformat()]

    def _filling(self, record: Record) -> Filling:
        """A record as a form would hand it in."""
        return Filling(
            happened_on=record.day,
            values=self._values(record.values),
            items=[ItemDraft(item.text, self._held(item.holder), item.due) for item in record.items],
        )

    def _values(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Tenures become appointments."""
        return {
            name: self._held(value) if isinstance(value, Tenure) else value for name, value in values.items()
        }

"""Reads of the ledgers: kinds with where they stand, entries, what happened to one, what a person owes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, F, Max, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.pages import is_id
from xiaoan.foundation.permissions import Verdict, granted
from xiaoan.foundation.todo import Held, Share, Todo
from xiaoan.foundation.ui.dates import short_date
from xiaoan.ledgers.declarations import RecordKind
from xiaoan.ledgers.kinds import kind_in_force, kinds_in_force
from xiaoan.ledgers.models import Entry, EntryState, Item, ItemState
from xiaoan.ledgers.permissions import may_record_by
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment
from xiaoan.plans.models import Cell
from xiaoan.plans.queries import CellLine, with_status

__all__ = ["kind_in_force", "kinds_in_force"]

TODO_SHOWN = 50
LATELY = timedelta(days=400)
"""How long ago a post may have ended and still be offered: records are written up for the last school year."""


@dataclass(frozen=True, slots=True)
class KindStanding:
    """A kind on the home page of the ledgers: what its duties still want, when it was last kept, who may keep it."""

    kind: RecordKind
    lines: Sequence[CellLine]
    latest: date | None
    may_record: Verdict

    @property
    def wanted_by(self) -> date | None:
        """The first day by which a duty still wants a record; None where none does."""
        return min((line.cell.due for line in self.lines if not line.cell.met), default=None)

    @property
    def record_url(self) -> str:
        """The form of the kind."""
        return reverse("ledgers:record", args=[self.kind.code])

    @property
    def list_url(self) -> str:
        """The list of the kind."""
        return reverse("ledgers:entries", args=[self.kind.code])


def entries(actor: Actor, kind: str) -> "QuerySet[Entry]":
    """Entries of a kind that the actor may see, with what a list shows of them."""
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor).filter(kind=kind)
    return rows.select_related("unit").prefetch_related("people")


def whole_entries(actor: Actor) -> "QuerySet[Entry]":
    """Entries that the actor may see, with everything that the page of one shows."""
    items = Prefetch("items", Item.objects.visible_to(actor).select_related("unit").order_by("number"))
    rows: QuerySet[Entry] = Entry.objects.visible_to(actor)
    return rows.select_related("unit", "created_by", "pack_version").prefetch_related(
        "values", "people", items
    )


def items(actor: Actor) -> "QuerySet[Item]":
    """议定事项 that the actor may see: their unit's, or their own."""
    rows: QuerySet[Item] = Item.objects.visible_to(actor)
    return rows.select_related("unit", "entry")


def keeping_unit(actor: Actor, unit_id: str = "") -> Unit | None:
    """The unit whose ledgers the actor keeps: the one asked for, else that of the narrowest appointment."""
    units: QuerySet[Unit] = Unit.objects.visible_to(actor)
    if unit_id:
        return units.filter(pk=unit_id).first() if is_id(unit_id) else None
    places = [posting.unit_id for posting in actor.narrowest_first]
    found = units.in_bulk(places)
    own = [found[place] for place in places if place in found]
    return next(
        (unit for unit in own if granted(actor, "ledgers.record_entry", unit)), own[0] if own else None
    )


def hold_unit(actor: Actor, unit: Unit) -> None:
    """Hold a unit's row until the transaction ends: imports of one unit go one by one, recording goes on."""
    Unit.objects.visible_to(actor).select_for_update(no_key=True).filter(pk=unit.pk).first()


def standings(actor: Actor, unit: Unit) -> list[KindStanding]:
    """The kinds that a unit keeps, each with its cells of the running periods: three statements for all."""
    kinds = kinds_in_force(unit.district_id).kept_by(unit.kind)
    lines = _running_lines(actor, unit)
    latest = _latest_by_kind(actor, unit)
    return [
        KindStanding(
            kind,
            [line for line in lines if line.cell.duty.code in kind.evidence_for],
            latest.get(kind.code),
            may_record_by(actor, unit, kind),
        )
        for kind in kinds
    ]


def wanted_first(standings: Sequence[KindStanding]) -> KindStanding | None:
    """What to record next: of the kinds that are still wanted and may be kept, the one due first."""
    open_ones = [(each.wanted_by, each) for each in standings if each.wanted_by and each.may_record]
    return min(open_ones, key=lambda pair: pair[0])[1] if open_ones else None


def _running_lines(actor: Actor, unit: Unit) -> list[CellLine]:
    """A unit's cells whose period runs today, in the order of the plan."""
    today = clock.today()
    rows = Cell.objects.visible_to(actor).filter(unit=unit, first__lte=today, last__gte=today)
    running = with_status(rows.filter(duty__ends_on=None), today).select_related("duty")
    return [CellLine(cell) for cell in running.order_by("duty__position")]


def _latest_by_kind(actor: Actor, unit: Unit) -> dict[str, date]:
    """The day of the newest valid entry of each kind of a unit."""
    rows = Entry.objects.visible_to(actor).filter(unit=unit, state=EntryState.FILED)
    return dict(rows.order_by().values_list("kind").annotate(latest=Max("happened_on")))


def duties_served(actor: Actor, entry: Entry, kind: RecordKind) -> list[CellLine]:
    """The cells for which an entry is evidence: those of its kind's duties, in the periods of its day."""
    day = entry.happened_on
    rows = Cell.objects.visible_to(actor).filter(
        unit_id=entry.unit_id, duty__code__in=kind.evidence_for, first__lte=day, last__gte=day
    )
    served = with_status(rows, clock.today()).select_related("duty").order_by("duty__position", "id")
    return [CellLine(cell) for cell in served]


def may_open(actor: Actor, entry: Entry) -> bool:
    """Whether the actor sees an entry; a 议定事项 may be seen without it."""
    return bool(Entry.objects.visible_to(actor).filter(pk=entry.pk).exists())


def candidates(actor: Actor, unit: Unit, named: Collection[UUID] = ()) -> list[Appointment]:
    """Whom a form offers: who is or lately was in post in the unit or beneath it, and those `named`.

    Those in post come first.
    """
    lately = clock.today() - LATELY
    in_post_lately = Q(ends_on__isnull=True) | Q(ends_on__gte=lately) | Q(person_id__in=named)
    rows = Appointment.objects.visible_to(actor).filter(
        in_post_lately, starts_on__lte=clock.today(), unit__path__startswith=unit.path
    )
    return list(
        rows.select_related("person", "post", "unit").order_by(
            F("ends_on").desc(nulls_first=True),
            "-post__is_head",
            "post__code",
            "is_deputy",
            "starts_on",
            "id",
        )
    )


def share(actor: Actor) -> Share:
    """The actor's open 议定事项, by their person or post, by due day; and those that the actor gave to others."""
    mine = Q(person_id=actor.person_id)
    for posting in actor.postings:
        mine |= Q(unit_id=posting.unit_id, post=posting.post)
    rows = Item.objects.visible_to(actor).filter(
        mine | Q(created_by_id=actor.person_id), state=ItemState.OPEN
    )
    own = Case(When(mine, then=Value(value=True)), default=Value(value=False))
    found = list(rows.annotate(own=own).select_related("entry").order_by("due_on", "id")[:TODO_SHOWN])
    return Share(
        [_todo(item) for item in found if item.own],
        held=[_held(item) for item in found if not item.own],
    )


def _todo(item: Item) -> Todo:
    """An item as something to finish."""
    return Todo(
        title=item.text,
        url=item.get_absolute_url(),
        button=_("办结"),
        due=item.due_on,
        meta=_("%(day)s议定") % {"day": short_date(item.entry.happened_on)},
        state=_("议定事项"),
    )


def _held(item: Item) -> Held:
    """An item as something that another person has."""
    day = item.entry.happened_on
    return Held(item.text, item.get_absolute_url(), _("议定事项"), item.person_name, day, item.due_on)

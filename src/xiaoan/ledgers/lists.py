"""The list of a kind, declared: columns from the common part and the declaration, filters by what one may see."""

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.periods import (
    Period,
    PeriodKind,
    parse_period,
    period_name,
    period_of,
    previous,
)
from xiaoan.foundation.ui.signs import Sign
from xiaoan.ledgers.declarations import FieldSpec, RecordKind
from xiaoan.ledgers.models import Entry, EntryState
from xiaoan.organisations.models import Unit

QUARTERS, YEARS = 8, 3
Rows = QuerySet[Entry]


def entry_list(kind: RecordKind, *, across_units: bool) -> Listing:
    """The list of a kind; with a column and a filter of units for who sees several."""
    return Listing(
        name=kind.code,
        title=str(kind.title),
        columns=[
            Column("title", _("内容"), lambda entry: entry.title, _address, width=40),
            Column("happened_on", _("日期"), lambda entry: entry.happened_on, width=12),
            *([_UNIT] if across_units else []),
            *(_person_column(spec) for spec in kind.of_type("person_post")),
            Column("state", _("状态"), entry_sign, width=10),
            Column("recorded", _("登记日期"), _recorded_on, width=12, on_phone=False),
        ],
        order=[Order("happened_on", descending=True), Order("id", descending=True)],
        filters=[
            Filter("period", _("时间"), _periods, _in_period),
            *([Filter("unit", _("单位"), _keeping_units(kind), _of_unit)] if across_units else []),
            Filter("state", _("状态"), lambda _actor: EntryState.choices, _in_state),
        ],
    )


def entry_sign(entry: Entry) -> Sign:
    """The state of a record, drawn."""
    words = entry.get_state_display()
    return Sign(words, "minus", "attention") if entry.is_void else Sign(words, "check-circle", "done")


def _address(entry: Entry) -> str:
    return reverse("ledgers:entry", args=[entry.id])


def _recorded_on(entry: Entry) -> date:
    return clock.local_date(entry.created_at)


def _person_column(spec: FieldSpec) -> Column:
    """A column of the people of one field."""

    def names(entry: Entry) -> str:
        return gettext("、").join(each.words for each in entry.people.all() if each.field == spec.name)

    return Column(spec.name, str(spec.title), names)


_UNIT = Column("unit", _("单位"), lambda entry: entry.unit.name, width=24)


def _periods(_actor: Actor) -> Sequence[tuple[str, Words]]:
    """The latest quarters and years."""
    found: list[Period] = []
    for kind, number in ((PeriodKind.QUARTER, QUARTERS), (PeriodKind.YEAR, YEARS)):
        period = period_of(kind, clock.today())
        for _place in range(number):
            found.append(period)
            period = previous(period)
    return [(period.code, period_name(period)) for period in found]


def _in_period(rows: Rows, code: str) -> Rows:
    period = parse_period(code)
    return rows.filter(happened_on__range=(period.first, period.last))


def _keeping_units(kind: RecordKind) -> Callable[[Actor], Sequence[tuple[str, Words]]]:
    """The units that keep a kind, as far as the actor sees them."""

    def choices(actor: Actor) -> Sequence[tuple[str, Words]]:
        units = Unit.objects.visible_to(actor).filter(kind__in=kind.who.kind).order_by("code")
        return [(str(unit.id), unit.name) for unit in units]

    return choices


def _of_unit(rows: Rows, unit_id: str) -> Rows:
    return rows.filter(unit_id=unit_id)


def _in_state(rows: Rows, state: str) -> Rows:
    return rows.filter(state=state)

"""Cells: made for every duty, owner and period that is owed, and filled with what the indicators count.

Cells are derived: nobody writes a figure by hand, and counting again changes only what is different
(`docs/mechanisms/cells.md`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from xiaoan.foundation import clock
from xiaoan.foundation.indicators import Pair, Untold, indicator, known_indicators
from xiaoan.foundation.periods import Period, PeriodKind
from xiaoan.organisations.queries import terms
from xiaoan.plans.cells.bulk import insert_rows
from xiaoan.plans.cells.owners import Owners, due_day, periods_owed
from xiaoan.plans.models import Cell, Duty, PackState

REASON = "cells are counted for everybody"
BATCH = 1_000
FIGURES = ["achieved", "expected", "untold", "met", "computed_at"]
CENT = Decimal("0.01")
Key = tuple[UUID, str, UUID]


@dataclass(frozen=True, slots=True)
class Filled:
    """How many cells were made, and how many are owed no longer."""

    made: int = 0
    removed: int = 0


def duties_in_force(district_id: UUID) -> "QuerySet[Duty]":
    """Duties of the published pack, and of earlier ones as far as they hold for past periods."""
    published = (PackState.PUBLISHED, PackState.SUPERSEDED)
    rows = Duty.objects.everything(REASON).filter(district_id=district_id, starts_on__isnull=False)
    return rows.filter(pack__state__in=published).select_related("pack").order_by("pack_id", "position")


def fill_cells(district_id: UUID, duties: Iterable[Duty], units: Collection[UUID] | None = None) -> Filled:
    """Make the cells that are owed and lack, and take away those that are owed no longer.

    A cell exists when plan, duty and owner are all in force on the period's last day. Settled cells stay.
    `units` narrows the work to those that changed.
    """
    duties = list(duties)
    wanted = _wanted(district_id, duties, units)
    present = _present(duties, units)
    missing = [key for key in wanted if key not in present]
    insert_rows(
        Cell,
        {"district_id": district_id},
        ("duty_id", "period", "unit_id", "first", "last", "due"),
        ((*key, wanted[key][0].first, wanted[key][0].last, wanted[key][1]) for key in missing),
    )
    surplus = [cell_id for key, (cell_id, settled) in present.items() if key not in wanted and not settled]
    _remove(duties, surplus)
    return Filled(len(missing), len(surplus))


def _wanted(
    district_id: UUID, duties: list[Duty], units: Collection[UUID] | None
) -> dict[Key, tuple[Period, date]]:
    """Period and due day of every cell that is owed."""
    owners, calendar = Owners(district_id, units), terms(district_id)
    return {
        (duty.id, period.code, unit_id): (period, due_day(duty, period))
        for duty in duties
        for period in periods_owed(duty, duty.pack.ends_on, calendar)
        for unit_id in owners.owing(duty, period)
    }


def _present(duties: list[Duty], units: Collection[UUID] | None) -> dict[Key, tuple[UUID, bool]]:
    """The cells that exist: their id, and whether they are settled."""
    rows = Cell.objects.everything(REASON).filter(duty__in=duties)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return {
        (duty_id, period, unit_id): (cell_id, settled_at is not None)
        for cell_id, duty_id, period, unit_id, settled_at in rows.values_list(
            "id", "duty_id", "period", "unit_id", "settled_at"
        ).iterator(chunk_size=5_000)
    }


def _remove(duties: list[Duty], cell_ids: list[UUID]) -> None:
    """Take cells away, in bounded statements; not those that another hand has moved to a newer duty or settled."""
    rows = Cell.objects.everything(REASON).filter(duty__in=duties, settled_at__isnull=True)
    for start in range(0, len(cell_ids), BATCH):
        rows.filter(pk__in=cell_ids[start : start + BATCH]).delete()


def touched_by(day: date) -> Q:
    """The cells that something on a day can move: of every period that ends on the day or later.

    What happened on the day counts in the periods that contain it. What holds from the day on (a head in post,
    a named person) is read on the last day of later periods too, also where a flow is measured against it.
    """
    return Q(last__gte=day)


def compute_cells(duties: Iterable[Duty], cells: Q | None = None) -> int:
    """Count begun and unsettled cells again; how many changed.

    Each measure is asked once for a duty and a period, for all units together. Cells of periods that have
    not begun, of duties that await a module, and settled ones are left alone.
    """
    return sum(_compute_duty(duty, cells or Q()) for duty in duties if duty.indicator in known_indicators())


def _compute_duty(duty: Duty, narrowed: Q) -> int:
    """Count one duty's cells. They are held first, so that of two counts the later one sees more and stays."""
    rows = Cell.objects.everything(REASON).filter(
        narrowed, duty=duty, first__lte=clock.today(), settled_at__isnull=True
    )
    by_period: dict[str, list[Cell]] = defaultdict(list)
    held = rows.only("id", "unit_id", "duty_id", "period", "first", "last", *FIGURES).order_by("id")
    with transaction.atomic():
        for cell in held.select_for_update():
            by_period[cell.period].append(cell)
        changed = [cell for cells in by_period.values() for cell in _counted(duty, cells)]
        Cell.objects.bulk_update(changed, FIGURES, batch_size=BATCH)
    return len(changed)


def _counted(duty: Duty, cells: list[Cell]) -> list[Cell]:
    """The cells of one period whose figures are no longer what they were."""
    any_cell = cells[0]
    period = Period(any_cell.period, PeriodKind(duty.every), any_cell.first, any_cell.last)
    pairs = indicator(duty.indicator).pairs([cell.unit_id for cell in cells], period, duty.with_)
    return [cell for cell in cells if _take(cell, pairs.get(cell.unit_id), duty)]


def _take(cell: Cell, pair: Pair | None, duty: Duty) -> bool:
    """Put a pair into its cell; whether anything changed. Without a pair nothing is expected (不涉及)."""
    old = (cell.achieved, cell.expected, cell.untold, cell.met)
    cell.achieved = _two_places(pair.achieved) if pair else Decimal(0)
    if pair and isinstance(pair.expected, Untold):
        cell.expected, cell.untold, cell.met = None, str(pair.expected.missing)[:200], False
    else:
        cell.expected, cell.untold = _two_places(pair.expected) if pair else Decimal(0), ""  # type: ignore[arg-type]
        cell.met = _is_met(cell.achieved, cell.expected, duty)
    if old == (cell.achieved, cell.expected, cell.untold, cell.met):
        return False
    cell.computed_at = clock.now()
    return True


def _two_places(figure: Decimal) -> Decimal:
    """Never rounded up: 94.999 % is not 95 %."""
    return Decimal(figure).quantize(CENT, ROUND_DOWN)


def _is_met(achieved: Decimal, expected: Decimal, duty: Duty) -> bool:
    """`achieved >= target x expected`, and something is expected."""
    return duty.target is not None and expected > 0 and achieved * 100 >= duty.target * expected

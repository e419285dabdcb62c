"""`xiaoan duties`: the cells of the published plans, for people and for other systems."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xiaoan.config.commands.terminal import DONE, WrongCallError, say
from xiaoan.foundation import clock
from xiaoan.foundation.errors import Refused
from xiaoan.foundation.periods import parse_period
from xiaoan.organisations.queries import terms
from xiaoan.plans.cells import STATUS_WORDS, with_status
from xiaoan.plans.models import Cell, Citation, PackState, PackVersion
from xiaoan.plans.words import figure

REASON = "the command line answers for the whole district"
COLUMNS = (
    "duty__code",
    "duty_id",
    "duty__target",
    "duty__awaits",
    "unit__code",
    "period",
    "status",
    "achieved",
    "expected",
    "due",
    "waiver",
    "untold",
    "reason",
)


def duties(  # noqa: PLR0913 - the filters of the command
    *,
    as_json: bool = True,
    district: str = "",
    period: str = "",
    unit: str = "",
    duty: str = "",
    status: str = "",
) -> int:
    """`xiaoan duties [--json] [--district CODE] [--period P] [--unit CODE] [--duty CODE] [--status S]`.

    Rows sorted by unit, duty, period, in the language of the call. An unknown period or status is a wrong call.
    """
    if status and status not in STATUS_WORDS:
        known = "、".join(STATUS_WORDS)
        raise WrongCallError(_("没有状态 %(status)s；可写：%(known)s。") % {"status": status, "known": known})
    if period:
        _check_period(period)
    rows = duties_json(district=district, period=period, unit=unit, duty=duty, status=status)
    say(json.dumps(rows, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(rows)))
    return DONE


def _check_period(period: str) -> None:
    """A period must be one of the contract's forms, and a term known to the calendar."""
    published = PackVersion.objects.everything(REASON).filter(state=PackState.PUBLISHED).first()
    try:
        parse_period(period, *([terms(published.district_id)] if published else []))
    except Refused as refused:
        raise WrongCallError(str(refused)) from refused


def _lines(rows: list[dict[str, Any]]) -> Iterable[str]:
    """Rows as a person reads them in a terminal."""
    for row in rows:
        figures = f"{row['achieved'] or '-'}/{row['expected'] or '-'}"
        yield "\t".join([row["unit"], row["duty"], row["period"], str(STATUS_WORDS[row["status"]]), figures])


def duties_json(
    *, district: str = "", period: str = "", unit: str = "", duty: str = "", status: str = ""
) -> list[dict[str, Any]]:
    """Rows of the contract, decimals and dates as strings, sorted by unit, duty, period."""
    filters = {
        "period": period,
        "unit__code__iexact": unit,
        "duty__code": duty,
        "status": status,
        "district__code__iexact": district,
    }
    chosen = {name: value for name, value in filters.items() if value}
    clauses = _clauses()
    rows = [
        _row(cell, clauses) for cell in _cells().filter(**chosen).values(*COLUMNS).iterator(chunk_size=2_000)
    ]
    return sorted(rows, key=lambda row: (row["unit"], row["duty"], row["period"]))


def _cells() -> "QuerySet[Cell]":
    """The cells of all published plans, earlier versions of them included."""
    packs = PackVersion.objects.everything(REASON).filter(state=PackState.PUBLISHED)
    in_force = Q(duty__pack__name__in=packs.values("name"), district_id__in=packs.values("district_id"))
    return with_status(Cell.objects.everything(REASON).filter(in_force), clock.today())


def _clauses() -> dict[Any, str]:
    """The clause in which each duty stands."""
    rows = Citation.objects.everything(REASON).filter(position=0)
    return dict(rows.values_list("duty_id", "clause_code"))


def _row(cell: dict[str, Any], clauses: dict[Any, str]) -> dict[str, Any]:
    """One cell."""
    return {
        "duty": cell["duty__code"],
        "clause": clauses.get(cell["duty_id"], ""),
        "unit": cell["unit__code"],
        "period": cell["period"],
        "status": cell["status"],
        "achieved": None if cell["achieved"] is None else str(cell["achieved"]),
        "expected": None if cell["expected"] is None else str(cell["expected"]),
        "target": f"{figure(cell['duty__target'])}%",
        "due": cell["due"].isoformat(),
        "why": _why(cell),
    }


def _why(cell: dict[str, Any]) -> str:
    """What the status rests on, in words; empty where the figures say it all."""
    if cell["status"] == "awaits":
        return _("等待模块 %(name)s") % {"name": cell["duty__awaits"]}
    if cell["status"] == "unconfirmed":
        return _("由局设定，非方案原文")
    return str(cell["waiver"] or cell["untold"] or cell["reason"])

"""The status of a cell: one list of conditions, first that fits (`13-contracts.md` section 2), read by SQL only."""

from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.signs import Sign
from xiaoan.plans.models import Cell

STATUS_SIGNS = {
    "awaits": Sign(_("暂未接入"), "clock"),
    "unconfirmed": Sign(_("待局确认"), "clock", "attention"),
    "waived": Sign(_("已免除"), "equal"),
    "not_applicable": Sign(_("不涉及"), "equal"),
    "met": Sign(_("已完成"), "check", "done"),
    "untold": Sign(_("缺依据"), "alert", "attention"),
    "open": Sign(_("未到期"), "clock"),
    "late": Sign(_("逾期"), "late", "overdue"),
}
STATUS_WORDS: dict[str, Words] = {status: sign.words for status, sign in STATUS_SIGNS.items()}


def status_case(today: date) -> Case:
    """The status of a cell on a day, as SQL."""
    return Case(
        When(~Q(duty__awaits=""), then=Value("awaits")),
        When(duty__must_be_confirmed=True, duty__confirmed_at=None, then=Value("unconfirmed")),
        When(waived_at__isnull=False, then=Value("waived")),
        When(expected=0, untold="", then=Value("not_applicable")),
        When(met=True, then=Value("met")),
        When(~Q(untold=""), then=Value("untold")),
        When(due__gte=today, then=Value("open")),
        default=Value("late"),
        output_field=CharField(),
    )


def with_status(cells: "QuerySet[Cell]", today: date) -> "QuerySet[Any]":
    """Cells with `status`."""
    return cells.annotate(status=status_case(today))


def counts(today: date) -> dict[str, Count]:
    """Aggregates over cells that carry `status`.

    A figure is `met` / `due_now`: cells met, to cells met, late or untold after their day. Pairs are never
    added across units.
    """
    return {
        "met": Count("id", filter=Q(status="met")),
        "due_now": Count("id", filter=Q(status__in=("met", "late")) | Q(status="untold", due__lt=today)),
        "late": Count("id", filter=Q(status="late")),
        "open": Count("id", filter=Q(status="open")),
        "untold": Count("id", filter=Q(status="untold")),
        "unconfirmed": Count("id", filter=Q(status="unconfirmed")),
        "waived": Count("id", filter=Q(status="waived")),
        "awaits": Count("id", filter=Q(status="awaits")),
        "not_applicable": Count("id", filter=Q(status="not_applicable")),
        "all": Count("id"),
    }

"""Words about duties and cells that several pages share."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoan.foundation.errors import Words
from xiaoan.foundation.periods import Period, PeriodKind, period_name
from xiaoan.organisations.models import Stage, UnitKind
from xiaoan.plans.models import Cell, Duty

SOURCE_MARKS: dict[str, Words] = {
    "原": gettext_lazy("原"),
    "据": gettext_lazy("据"),
    "参": gettext_lazy("参"),
    "推": gettext_lazy("推"),
}
SET_BY_BUREAU = frozenset("参推")


def figure(value: Decimal | None) -> str:
    """A figure without empty decimals: 1, 0.5, 1,200."""
    if value is None:
        return ""
    return f"{value.normalize():,f}" if value else "0"


def percent(duty: Duty) -> str:
    """The target as a person reads it."""
    return _("与上年比较") if duty.target is None else f"{figure(duty.target)}%"


def owners(duty: Duty) -> str:
    """Who owes the duty."""
    if duty.owner_code:
        return duty.owner_code
    kinds = [str(UnitKind(kind).label) for kind in duty.owner_kinds.split()]
    stages = [str(Stage(stage).label) for stage in duty.owner_stages.split()]
    return _("、").join(stages or kinds)


def source(duty: Duty) -> str:
    """Where period and target come from: 原/参."""
    return f"{SOURCE_MARKS[duty.period_source]}/{SOURCE_MARKS[duty.target_source]}"


def is_set_by_bureau(duty: Duty) -> bool:
    """Whether period or target is the bureau's own."""
    return bool(SET_BY_BUREAU & {duty.period_source, duty.target_source})


def period_words(cell: Cell) -> Words:
    """The period's name; the duty must be at hand."""
    return period_name(Period(cell.period, PeriodKind(cell.duty.every), cell.first, cell.last))


def units(number: int) -> str:
    """N 个单位."""
    return ngettext("%(number)d 个单位", "%(number)d 个单位", number) % {"number": number}

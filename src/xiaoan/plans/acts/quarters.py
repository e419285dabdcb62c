"""季度定账: closing the books of a quarter."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from django.db.models import F
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import RuleBroken
from xiaoan.foundation.periods import Period, PeriodKind, parse_period
from xiaoan.organisations.models import Unit
from xiaoan.plans.models import Cell
from xiaoan.plans.permissions import may_settle_period
from xiaoan.plans.settling import OPEN_TO_IT, ending_in

REASON = "a quarter is settled for all units at once"


@act(may=may_settle_period)
def settle_period(*, actor: Actor, ask: Ask, district: Unit, period: str) -> Outcome[Unit]:
    """Settle a finished quarter, once: from then on its figures stand, whatever is recorded later (section 2).

    Settled are the cells whose period ends in it, as they were counted last; those that were never counted, or
    wait for their module, stay open. What is unmet stays unmet. The journal keeps quarter and number of cells.
    """
    quarter = _finished_quarter(period)
    cells = Cell.objects.everything(REASON).filter(ending_in(quarter), district_id=district.pk)
    if cells.filter(settled_at__isnull=False).exists():
        raise RuleBroken({"period": [_("这一季度已经定账。")]})
    settled = cells.filter(OPEN_TO_IT).update(settled_at=clock.now(), version=F("version") + 1)
    if not settled:
        raise RuleBroken({"period": [_("这一季度没有可以定账的任务。")]})
    return Outcome(district, {"period": [None, quarter.code], "cells": [0, settled]})


def _finished_quarter(code: str) -> Period:
    """The quarter of a code; `RuleBroken` where it is none, or not over."""
    quarter = parse_period(code)
    if quarter.kind is not PeriodKind.QUARTER:
        raise RuleBroken({"period": [_("只能按季度定账。")]})
    if quarter.last >= clock.today():
        raise RuleBroken({"period": [_("这一季度还没有结束，结束以后才能定账。")]})
    return quarter

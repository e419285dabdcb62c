"""One cell: the clause, the rule, the figures, the records behind them, the next step, the reason."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.indicators import Link
from xiaoan.foundation.pages import act_by_form, see
from xiaoan.foundation.panels import panels_for
from xiaoan.plans import acts
from xiaoan.plans.cells import STATUS_SIGNS, with_status
from xiaoan.plans.forms import LineForm
from xiaoan.plans.models import Cell, Citation
from xiaoan.plans.permissions import may_give_reason, may_lift_waiver, may_waive_cell
from xiaoan.plans.queries import explain, next_step, record_kinds, trace_of
from xiaoan.plans.words import figure, percent, period_words

RECORDS_SHOWN = 20
UNMET = {"late", "open", "untold"}


def _seen(request: HttpRequest, cell_id: object) -> Cell:
    """The cell, if the actor sees it, with `status`."""
    rows = Cell.objects.visible_to(request.actor).select_related("duty", "unit", "duty__pack")  # type: ignore[attr-defined]
    return see(with_status(rows, clock.today()), pk=cell_id)


@require_GET
def cell(request: HttpRequest, cell_id: object) -> HttpResponse:
    """The page of a cell."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, cell_id)
    status: str = seen.status  # type: ignore[attr-defined]
    unmet = status in UNMET
    return render(
        request,
        "plans/cell.html",
        {
            **_facts(actor, seen),
            "sign": STATUS_SIGNS[status],
            "unmet": unmet,
            "step": _step(actor, seen) if unmet else None,
            "awaits": status == "awaits",
            "records": _records(actor, seen),
            "panels": panels_for("plans.cell.records", actor, seen),
            "may_waive": may_waive_cell(actor, seen) if unmet and not seen.settled_at else None,
            "may_lift": may_lift_waiver(actor, seen) if status == "waived" and not seen.settled_at else None,
            "may_reason": may_give_reason(actor, seen) if unmet else None,
            "traces": trace_of(actor, seen.id),
        },
    )


def _step(actor: Actor, seen: Cell) -> Link | None:
    """The next step, for those who hold a post at the unit: from above one only looks."""
    if not any(posting.unit_id == seen.unit_id for posting in actor.postings):
        return None
    return next_step(actor, seen, record_kinds(actor.district_id))


def _facts(actor: Actor, seen: Cell) -> dict[str, Any]:
    """What every page of a cell says first."""
    citation = (
        Citation.objects.visible_to(actor).filter(duty=seen.duty, position=0).select_related("clause").first()
    )
    return {
        "cell": seen,
        "duty": seen.duty,
        "period": period_words(seen),
        "achieved": figure(seen.achieved),
        "expected": figure(seen.expected),
        "target": percent(seen.duty),
        "citation": citation,
    }


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record behind a figure; without an address where it has no page of its own."""

    title: str
    note: str
    url: str


def _records(actor: Actor, seen: Cell) -> list[RecordLine]:
    """The records behind the figure, as far as the actor sees them."""
    rows: QuerySet[Any] | None = explain(seen)
    if rows is None or rows.model is Cell:
        return []
    visible = rows.model.objects.visible_to(actor).filter(pk__in=rows.values("pk"))[:RECORDS_SHOWN]
    return [
        RecordLine(str(row), getattr(row, "note", ""), getattr(row, "get_absolute_url", str)())
        for row in visible
    ]


@require_http_methods(["GET", "POST"])
def waive(request: HttpRequest, cell_id: object) -> HttpResponse:
    """Free a unit of a duty in one period."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, cell_id)
    form = LineForm(request.POST or None)
    return act_by_form(
        request,
        form=form,
        do=lambda ask: acts.waive_cell(actor=actor, ask=ask, cell=seen, reason=form.cleaned_data["reason"]),
        template="plans/line.html",
        context={**_facts(actor, seen), "title": _("免除这一项"), "button": _("免除"), "seen": seen.version},
        done=lambda record: reverse("plans:cell", args=[record.pk]),
        message=_("已免除，理由已记入。"),
    )


@require_http_methods(["GET", "POST"])
def lift(request: HttpRequest, cell_id: object) -> HttpResponse:
    """Take back that a unit was freed of a duty."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, cell_id)
    form = LineForm(request.POST or None)
    return act_by_form(
        request,
        form=form,
        do=lambda ask: acts.lift_waiver(actor=actor, ask=ask, cell=seen, reason=form.cleaned_data["reason"]),
        template="plans/line.html",
        context={
            **_facts(actor, seen),
            "title": _("撤销免除"),
            "button": _("撤销免除"),
            "seen": seen.version,
        },
        done=lambda record: reverse("plans:cell", args=[record.pk]),
        message=_("免除已撤销，这一项照常计算。"),
    )


@require_http_methods(["GET", "POST"])
def give_reason(request: HttpRequest, cell_id: object) -> HttpResponse:
    """Say one line about an unmet cell."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = _seen(request, cell_id)
    form = LineForm(request.POST or None, initial={"reason": seen.reason})
    return act_by_form(
        request,
        form=form,
        do=lambda ask: acts.give_reason(actor=actor, ask=ask, cell=seen, reason=form.cleaned_data["reason"]),
        template="plans/line.html",
        context={
            **_facts(actor, seen),
            "title": _("说明情况"),
            "button": _("保存说明"),
            "seen": seen.version,
        },
        done=lambda record: reverse("plans:cell", args=[record.pk]),
        message=_("说明已保存；这一项仍算未完成。"),
    )

"""任务清单 and one duty; the list of cells (任务完成情况)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Column, Filter, Listing, Order, Shown
from xiaoan.foundation.periods import parse_period, period_name
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.ui.signs import Sign
from xiaoan.organisations.models import Unit
from xiaoan.plans.cells import STATUS_SIGNS, STATUS_WORDS, with_status
from xiaoan.plans.grid import duty_bearing
from xiaoan.plans.margin import in_quarter, quarters
from xiaoan.plans.models import Cell, Citation, Duty, Every
from xiaoan.plans.pack.sections import published_pack
from xiaoan.plans.passages import Passage, paragraphs
from xiaoan.plans.queries import duty_seen, now, sums_by_period, trend_of
from xiaoan.plans.scopes import UNDONE, circle_filter, oversees
from xiaoan.plans.words import figure, owners, percent, period_words, source

Choices = Sequence[tuple[str, Words]]
CONNECTED = Sign(_("已接入"), "check")


def _measured(_actor: Actor) -> Choices:
    """Whether a module measures the duty yet."""
    return [("yes", CONNECTED.words), ("no", STATUS_WORDS["awaits"])]


DUTIES = Listing(
    name="duties",
    title=_("任务清单"),
    columns=(
        Column(
            "duty",
            _("任务"),
            lambda duty: f"{duty.code} {duty.title}",
            lambda duty: reverse("plans:duty", args=[duty.code]),
            44,
        ),
        Column("who", _("由谁完成"), owners, width=20),
        Column("every", _("周期"), lambda duty: duty.get_every_display(), width=10),
        Column("target", _("标准"), percent, width=10),
        Column(
            "source",
            _("来源"),
            source,
            width=8,
            on_phone=False,
        ),
        Column(
            "state", _("状态"), lambda duty: STATUS_SIGNS["awaits"] if duty.awaits else CONNECTED, width=10
        ),
    ),
    filters=(
        Filter(
            "every", _("周期"), lambda _actor: Every.choices, lambda rows, value: rows.filter(every=value)
        ),
        Filter(
            "measured",
            _("状态"),
            _measured,
            lambda rows, value: rows.filter(awaits="") if value == "yes" else rows.exclude(awaits=""),
        ),
    ),
    order=(Order("position"), Order("id")),
    page_size=100,
)


def _statuses(_actor: Actor) -> Choices:
    """Whatever is not met yet, then all statuses in their order."""
    return [(UNDONE, _("未完成")), *STATUS_WORDS.items()]


def _with_status(rows: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
    """Cells of a status, or of all that are still to be met."""
    return rows.filter(status__in=UNMET) if value == UNDONE else rows.filter(status=value)


def _units(actor: Actor) -> Choices:
    """Units in use that the actor sees."""
    rows = Unit.objects.visible_to(actor).filter(closed_on=None).order_by("code")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def _clauses(actor: Actor) -> Choices:
    """The clauses that the duties of the plan cite first."""
    return [(each.alias, each.name) for each in duty_bearing(actor)]


def _in_clause(rows: "QuerySet[Cell]", alias: str) -> "QuerySet[Cell]":
    """Cells of the duties of a clause."""
    return rows.filter(duty__citations__position=0, duty__citations__alias=alias)


NOW = "now"
UNMET = ("late", "untold", "open")


def _periods(actor: Actor) -> Choices:
    """What runs now, and the plan's quarters as its page offers them."""
    pack = published_pack(actor.district_id)
    known = quarters(pack) if pack else []
    return [(NOW, _("现在")), *((each.code, period_name(each)) for each in known)]


def _in_period(rows: "QuerySet[Cell]", code: str) -> "QuerySet[Cell]":
    """Cells that count now, or in a quarter: the same that the figures of home and plan count."""
    return rows.filter(now(clock.today()) if code == NOW else in_quarter(parse_period(code)))


CELL_COLUMNS = (
    Column(
        "unit", _("单位"), lambda cell: cell.unit.name, lambda cell: reverse("plans:cell", args=[cell.id]), 28
    ),
    Column("period", _("时段"), period_words, width=18),
    Column("achieved", _("已完成"), lambda cell: figure(cell.achieved), width=10),
    Column("expected", _("应完成"), lambda cell: figure(cell.expected), width=10),
    Column("status", _("状态"), lambda cell: STATUS_SIGNS[cell.status], width=12),
    Column("due", _("期限"), lambda cell: cell.due, width=14, on_phone=False),
    Column("reason", _("说明"), lambda cell: cell.waiver or cell.reason, width=30, on_phone=False),
)
OF_UNIT = Filter("unit", _("单位"), _units, lambda rows, unit: rows.filter(unit_id=unit))
OF_CLAUSE = Filter("clause", _("条款"), _clauses, _in_clause)
CELL_FILTERS = (
    Filter("status", _("状态"), _statuses, _with_status),
    Filter("period", _("时段"), _periods, _in_period),
)
CELL_ORDER = (Order("due", descending=True), Order("id"))
CELLS_OF_DUTY = Listing("cells", _("逐个单位"), CELL_COLUMNS, CELL_ORDER, CELL_FILTERS)
DUTY = Column(
    "duty",
    _("任务"),
    lambda cell: f"{cell.duty.code} {cell.duty.title}",
    lambda cell: reverse("plans:cell", args=[cell.id]),
    44,
)
UNIT = Column("unit", _("单位"), lambda cell: cell.unit.name, width=28)
CELLS_OF_UNITS = Listing(
    "cells",
    _("任务完成情况"),
    (DUTY, UNIT, *CELL_COLUMNS[1:]),
    CELL_ORDER,
    (OF_CLAUSE, *CELL_FILTERS, OF_UNIT),
)
OWN_CELLS = Listing(
    "cells", _("任务完成情况"), (DUTY, *CELL_COLUMNS[1:]), CELL_ORDER, (OF_CLAUSE, *CELL_FILTERS)
)


def _offered(listing: Listing, actor: Actor) -> Listing:
    """A list of cells as an actor may narrow it: who oversees the district may choose a circle of it."""
    return replace(listing, filters=(circle_filter(actor), *listing.filters)) if oversees(actor) else listing


def _shown_cells(request: HttpRequest) -> "QuerySet[Cell]":
    """Cells as far as the actor sees them: begun ones, or all of a chosen period."""
    today = clock.today()
    seen = Cell.objects.visible_to(request.actor)  # type: ignore[attr-defined]
    if request.GET.get("period", "") in {"", NOW}:
        seen = seen.filter(first__lte=today)
    return with_status(seen, today).select_related("duty", "unit")


@require_GET
def duties(request: HttpRequest) -> HttpResponseBase:
    """任务清单."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Duty.objects.visible_to(actor).filter(pack=published_pack(actor.district_id))
    if "export" in request.GET:
        return DUTIES.export(request, rows)
    return render(request, "plans/duties.html", {"shown": DUTIES.show(request, rows)})


@require_GET
def cells(request: HttpRequest) -> HttpResponseBase:
    """任务完成情况: the cells that the actor sees; those that await a module only where they are asked for."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = _shown_cells(request)
    if request.GET.get("status") != "awaits":
        rows = rows.filter(duty__awaits="")
    listing = _offered(CELLS_OF_UNITS if oversees(actor) else OWN_CELLS, actor)
    if "export" in request.GET:
        return listing.export(request, rows)
    context = {
        "shown": listing.show(request, rows),
        "settle_url": _settle_url(actor, request.GET.get("period", "")),
    }
    return render(request, "plans/cells.html", context)


def _settle_url(actor: Actor, code: str) -> str:
    """Where the quarter that is looked at is settled; empty while it runs, and for who may not."""
    if code in {"", NOW} or not holds_anywhere(actor, "plans.settle_period"):
        return ""
    return reverse("plans:settle", args=[code]) if parse_period(code).last < clock.today() else ""


@require_GET
def duty(request: HttpRequest, code: str) -> HttpResponseBase:
    """One duty: its rule, where it stands in the plan, how it stands by period, and its cells."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    seen = duty_seen(actor, code)
    rows = _shown_cells(request).filter(duty__code=seen.code, duty__pack__name=seen.pack.name)
    listing = _offered(CELLS_OF_DUTY, actor)
    if "export" in request.GET:
        return listing.export(request, rows)
    shown, scope = listing.show(request, rows), request.GET.get("scope", "")
    return render(
        request,
        "plans/duty.html",
        {
            "duty": seen,
            "owners": owners(seen),
            "target": percent(seen),
            "posts": seen.posts.all(),
            "citations": _cited(seen),
            "sums": [] if seen.awaits else sums_by_period(actor, seen, scope),
            "chosen_scope": _words_of(shown, scope),
            "trend": trend_of(actor, seen),
            "shown": shown,
        },
    )


def _words_of(shown: Shown, scope: str) -> str:
    """A chosen circle in words; empty for the whole district."""
    if not scope:
        return ""
    groups = shown.filters.fields["scope"].choices  # type: ignore[attr-defined]  # it is a choice among groups
    offered = [pair for _kind, inside in groups if isinstance(inside, list) for pair in inside]
    return str(dict(offered)[scope])


def _cited(seen: Duty) -> list[tuple[Citation, list[Passage]]]:
    """The sentences of the plan that the duty cites, its words underlined."""
    found = []
    for citation in seen.citations.all():
        whole = paragraphs(citation.clause.text, [citation], {seen.code: ""}, "")
        found += [(citation, passages) for passages in whole if any(each.cited for each in passages)]
    return found

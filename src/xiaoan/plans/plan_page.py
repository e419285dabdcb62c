"""What the plan page shows: the document clause by clause, its margin, and one duty explained."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.periods import Period
from xiaoan.plans.completion import listed_at
from xiaoan.plans.gauges import Gauge, gauge_of_cell, gauge_of_sum
from xiaoan.plans.margin import Sum, cells_of_plan, cells_of_unit, margin
from xiaoan.plans.models import Cell, Citation, Clause, Duty, PackVersion, PlanDocument
from xiaoan.plans.passages import Passage, mark, paragraphs

UNITS_NAMED = 8
LONGEST_HEAD_LINE = 30
UNMET = ("late", "untold", "open")


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to look at."""

    actor: Actor
    pack: PackVersion
    quarter: Period
    units: Q | None = None
    own_unit: Q | None = None
    """Set where the margin shows one unit's own cells instead of sums."""
    open_duty: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """The words of the address, for links that keep them."""

    def address(self, duty: str) -> str:
        """The address that opens a duty in place; the open one closes."""
        words = {name: value for name, value in self.chosen.items() if value and name != "duty"}
        if duty == self.open_duty:
            return f"?{urlencode(words)}#{duty}"
        return f"?{urlencode({**words, 'duty': duty})}#{duty}"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A duty explained in its clause."""

    duty: Duty
    gauge: Gauge
    clause_name: str
    unmet: list[Cell]
    more: int
    computed_at: Any
    settled_at: Any
    list_url: str
    """Where the cells behind the figure are listed; of one unit, its cell."""
    close_url: str


@dataclass(frozen=True, slots=True)
class ClauseView:
    """A clause with what is underlined in it and what stands beside it."""

    clause: Clause
    above: list[Clause]
    """Headings without a text of their own that open this part."""
    paragraphs: list[list[Passage]]
    gauges: list[Gauge]
    explanation: Explanation | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the page shows it."""

    document: PlanDocument
    opening: list[tuple[str, bool]]
    """Lines before the first clause; True for those of the letter's head, which stand centred."""
    clauses: list[ClauseView]
    closing: list[str]


def shown_documents(pack: PackVersion, actor: Actor) -> "QuerySet[PlanDocument]":
    """The texts that the pack's duties point into, in the order of the pack: official where attached."""
    cited = Citation.objects.visible_to(actor).filter(duty__pack=pack).values("clause__document")
    return PlanDocument.objects.visible_to(actor).filter(pk__in=cited).order_by("code")


def document_views(view: View) -> list[DocumentView]:
    """All texts of the plan with margins; the same number of statements however many units."""
    documents = list(shown_documents(view.pack, view.actor))
    by_clause = _citations(view)
    gauges = _Gauges(view)
    clauses = Clause.objects.visible_to(view.actor).filter(document__in=documents).order_by("position")
    by_document: dict[Any, list[Clause]] = defaultdict(list)
    for clause in clauses:
        by_document[clause.document_id].append(clause)
    return [_document_view(each, by_document[each.id], by_clause, gauges) for each in documents]


def _citations(view: View) -> dict[Any, list[Citation]]:
    """Citations by clause, in the order of the duties."""
    rows = (
        Citation.objects.visible_to(view.actor)
        .filter(duty__pack=view.pack)
        .select_related("duty")
        .order_by("duty__position", "position")
    )
    found: dict[Any, list[Citation]] = defaultdict(list)
    for row in rows:
        found[row.clause_id].append(row)
    return found


class _Gauges:
    """The margin of one view: sums, or a unit's own cells."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.cells: dict[str, Cell] = {}
        self.sums: dict[str, Sum] = {}
        if view.own_unit is not None:
            self.cells = cells_of_unit(view.pack, view.actor, view.quarter, view.own_unit)
        else:
            self.sums = margin(view.pack, view.actor, quarter=view.quarter, units=view.units)

    def of(self, duty: Duty, sign: str) -> Gauge:
        """The gauge of a duty under a mark."""
        url, is_open = self.view.address(duty.code), duty.code == self.view.open_duty
        if self.view.own_unit is not None:
            return gauge_of_cell(duty, self.cells.get(duty.code), mark=sign, url=url, current=is_open)
        return gauge_of_sum(duty, self.sums.get(duty.code), mark=sign, url=url, current=is_open)

    def list_url(self, code: str) -> str:
        """The page behind the figure: the cells of the quarter, or the unit's own cell."""
        if cell := self.cells.get(code):
            return reverse("plans:cell", args=[cell.pk])
        scope = self.view.chosen.get("scope", "") if self.view.units else ""
        return f"{listed_at(self.view.quarter, code=code, scope=scope)}#units"

    def dates(self, code: str) -> dict[str, Any]:
        """When the figures last changed, and when they were settled."""
        source = self.cells.get(code) or self.sums.get(code) or Sum()
        return {"computed_at": source.computed_at, "settled_at": source.settled_at}


def _document_view(
    document: PlanDocument, clauses: list[Clause], by_clause: dict[Any, list[Citation]], gauges: _Gauges
) -> DocumentView:
    """A document, clause by clause."""
    names = _clause_names(clauses)
    above: list[Clause] = []
    views: list[ClauseView] = []
    for clause in clauses:
        if clause.text or by_clause[clause.id]:
            views.append(_clause_view(clause, above, by_clause[clause.id], gauges, names[clause.id]))
            above = []
        else:
            above.append(clause)
    first = document.body.rfind(clauses[0].label, 0, clauses[0].span_start) if clauses else len(document.body)
    last = max((clause.span_end for clause in clauses), default=len(document.body))
    return DocumentView(document, _opening(document, first), views, _lines(document.body[last:]))


def _opening(document: PlanDocument, end: int) -> list[tuple[str, bool]]:
    """What stands before the first clause, without the title, which the page sets itself."""
    lines = [line for line in _lines(document.body[:end]) if line != document.title_zh]
    return [(line, len(line) < LONGEST_HEAD_LINE and not line.endswith(("。", "："))) for line in lines]


def _clause_view(
    clause: Clause, above: list[Clause], citations: list[Citation], gauges: _Gauges, name: str
) -> ClauseView:
    """A clause: its duties get marks as they come in the text, and the open one is explained below it."""
    view = gauges.view
    in_text = sorted(citations, key=lambda each: (each.span_start, each.span_end, each.duty.position))
    duties = list({each.duty.code: each.duty for each in in_text}.values())
    marks = {duty.code: mark(place) for place, duty in enumerate(duties)}
    shown = {duty.code: gauges.of(duty, marks[duty.code]) for duty in duties}
    opened = next(
        (each for each in citations if each.duty.code == view.open_duty and each.position == 0), None
    )
    return ClauseView(
        clause=clause,
        above=above,
        paragraphs=paragraphs(clause.text, in_text, marks, view.open_duty),
        gauges=list(shown.values()),
        explanation=_explanation(opened.duty, shown[opened.duty.code], gauges, name) if opened else None,
    )


def _explanation(duty: Duty, gauge: Gauge, gauges: _Gauges, name: str) -> Explanation:
    """The open duty: who has not met it, late ones first."""
    view = gauges.view
    rows = (
        cells_of_plan(view.pack, view.actor, view.quarter, view.own_unit or view.units)
        .filter(duty__code=duty.code, status__in=UNMET)
        .select_related("unit", "duty")
        .order_by("due", "unit__code")
    )
    found = list(rows[: UNITS_NAMED + 1])
    total = gauges.sums.get(duty.code, None)
    unmet = total.late + total.untold + total.open if total else len(found)
    return Explanation(
        duty=duty,
        gauge=gauge,
        clause_name=name,
        unmet=found[:UNITS_NAMED],
        more=max(unmet - UNITS_NAMED, 0),
        **gauges.dates(duty.code),
        list_url=gauges.list_url(duty.code),
        close_url=view.address(duty.code),
    )


def _clause_names(clauses: Iterable[Clause]) -> dict[Any, str]:
    """三（一）1: the printed labels from the top, without their stops."""
    names: dict[Any, str] = {}
    for clause in clauses:
        above = names.get(clause.parent_id, "")
        names[clause.id] = above + clause.label.strip().rstrip("、.．")
    return names


def _lines(text: str) -> list[str]:
    """Lines that hold something."""
    return [line.strip() for line in text.split("\n") if line.strip()]

"""The list of hazards, declared: what an officer, the centre and a leader ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.ui import dates
from xiaoan.hazards.counted import COUNTED, UNFUNDED, overdue
from xiaoan.hazards.models import Grade, Hazard, Source, State
from xiaoan.hazards.models.choices import CLOSED, OPEN, UNRECTIFIED
from xiaoan.hazards.piles import mine, work_of
from xiaoan.hazards.rules import NoRules, rules_in_force
from xiaoan.hazards.signs import standing
from xiaoan.organisations.models import INSTITUTIONS, Unit

Rows = QuerySet[Hazard]


@dataclass(frozen=True, slots=True)
class View:
    """A question that people ask of the list, as a tab."""

    code: str
    label: Words
    condition: Q


def views() -> list[View]:
    """The tabs, today."""
    return [
        View("open", _("未销号"), Q(state__in=sorted(OPEN))),
        View("overdue", _("逾期"), overdue()),
        View("major", _("重大"), Q(grade=Grade.MAJOR)),
        View("suspected", _("疑似重大"), Q(suspected=True)),
        View("unfunded", _("没有落实资金"), UNFUNDED),
        View("scheduled", _("列入维修"), Q(state=State.SCHEDULED)),
        View("missed", _("上级查出而自查没有"), Q(missed=True)),
        View("repeated", _("重复发生"), Q(occurrence__gt=1)),
        View("look-back", _("回头看"), Q(state=State.TO_LOOK_BACK)),
        View("closed", _("已销号"), Q(state__in=sorted(CLOSED))),
    ]


def hazard_list(actor: Actor, *, order: str) -> Listing:
    """The list in an order; with unit columns for who sees several, with their own work for who has it in piles."""
    across_units = actor.spans_units
    return Listing(
        name="hazards",
        title=_("隐患台账"),
        columns=[
            Column("text", _("隐患"), lambda hazard: hazard.text, Hazard.get_absolute_url, width=40),
            Column("code", _("编号"), lambda hazard: hazard.code, width=14, on_phone=False),
            *([_UNIT] if across_units else []),
            *_STANDING,
        ],
        order=ORDERS[order].keys,
        filters=[
            *_FILTERS,
            *([mine(actor)] if work_of(actor) else []),
            *([_OF_UNIT] if across_units else []),
            _sorting(order),
        ],
    )


def _sorting(order: str) -> Filter:
    """The choice of an order, the present one first."""
    first = sorted(ORDERS, key=lambda code: code != order)
    choices = [(code, ORDERS[code].words) for code in first]
    return Filter("order", _("排序"), lambda _actor: choices, lambda rows, _order: rows, unchosen=None)


@dataclass(frozen=True, slots=True)
class Sorting:
    """An order that a person may choose."""

    words: Words
    keys: Sequence[Order]


ORDERS = {
    "due": Sorting(_("期限近的在前"), [Order("order_on"), Order("id")]),
    "waited": Sorting(_("先发现的在前"), [Order("found_on"), Order("id")]),
    "found": Sorting(_("新发现的在前"), [Order("found_on", descending=True), Order("id", descending=True)]),
}
FIRST_ORDER = "due"


def _holder(hazard: Hazard) -> str:
    """Who must put it right now: the unit that it was referred to, or the holder."""
    if hazard.handled_by:
        return hazard.handled_by.name
    return hazard.holder.name if hazard.holder else ""


def _due(hazard: Hazard) -> str:
    """By when, with the days left while they are counted: not while it lies with another unit."""
    if hazard.due_on is None:
        return ""
    if hazard.state not in UNRECTIFIED - {State.REFERRED}:
        return dates.by_day(hazard.due_on)
    rest = dates.in_brackets(dates.remaining(hazard.due_on))
    return gettext("%(day)s%(rest)s") % {"day": dates.by_day(hazard.due_on), "rest": rest}


def _tabs(_actor: Actor) -> Sequence[tuple[str, Words]]:
    """The tabs as the filter's choices."""
    return [(each.code, each.label) for each in views()]


def _in_view(rows: Rows, code: str) -> Rows:
    return rows.filter(next(each.condition for each in views() if each.code == code))


def _kinds(actor: Actor) -> Sequence[tuple[str, Words]]:
    """The kinds of the rules in force; none where there are no rules."""
    try:
        return [(kind.code, str(kind.title)) for kind in rules_in_force(actor.district_id).kinds]
    except NoRules:
        return []


def _institutions(actor: Actor) -> Sequence[tuple[str, Words]]:
    """Institutions that the actor sees."""
    rows = Unit.objects.visible_to(actor).filter(kind__in=INSTITUTIONS).order_by("code")
    return [(str(unit.pk), unit.name) for unit in rows]


_UNIT = Column("unit", _("单位"), lambda hazard: hazard.unit.name, width=24)
_STANDING = (
    Column("place", pgettext_lazy("column", "部位"), lambda hazard: hazard.place_name, width=16),
    Column("state", _("步骤与标记"), standing, width=24),
    Column("holder", _("责任人"), _holder, width=12),
    Column("source", _("来源"), lambda hazard: hazard.get_source_display(), width=14, on_phone=False),
    Column("found_on", _("发现日期"), lambda hazard: hazard.found_on, width=12, on_phone=False),
    Column("due_on", _("期限"), _due, width=14),
)
_FILTERS = (
    Filter("view", _("范围"), _tabs, _in_view, chosen_elsewhere=True),
    Filter("state", _("步骤"), lambda _actor: State.choices, lambda rows, state: rows.filter(state=state)),
    Filter("kind", _("种类"), _kinds, lambda rows, kind: rows.filter(kind=kind)),
    Filter("source", _("来源"), lambda _actor: Source.choices, lambda rows, code: rows.filter(source=code)),
    COUNTED,
)
_OF_UNIT = Filter("unit", _("单位"), _institutions, lambda rows, unit: rows.filter(unit_id=unit))

"""What the plan asks of a person next: their unit's unmet cells, and what waits to be put in force."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.indicators import Link, indicator, known_indicators
from xiaoan.foundation.periods import Period, PeriodKind, period_name
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Todo
from xiaoan.plans.cells import STATUS_SIGNS, with_status
from xiaoan.plans.models import Cell, PackState, PackVersion
from xiaoan.plans.pack.sections import published_pack, section_of_version

STEPS_SHOWN = 3
CANDIDATES = 12
"""Cells looked at for a next step: most have one, and a home page asks for few."""


def own_cells(actor: Actor) -> "QuerySet[Any]":
    """Begun cells of the units at which the actor holds a post, with `status`."""
    today = clock.today()
    cells = Cell.objects.visible_to(actor).filter(
        unit_id__in={posting.unit_id for posting in actor.postings}, first__lte=today
    )
    return with_status(cells, today)


def todo(actor: Actor) -> list[Todo]:
    """The next three steps of the actor's own unit, late ones first; then packs that wait for a decision."""
    waiting = list(
        own_cells(actor)
        .filter(status__in=("late", "open", "untold"), met=False)
        .exclude(duty__indicator="")
        .select_related("duty")
        .order_by("due", "duty__position", "id")[:CANDIDATES]
    )
    kinds = record_kinds(actor.district_id) if waiting else {}
    steps: list[Todo] = []
    for cell in waiting:
        link = next_step(actor, cell, kinds) if len(steps) < STEPS_SHOWN else None
        if link:
            steps.append(_step(cell, link))
    return steps + _decisions(actor)


def next_step(actor: Actor, cell: Cell, kinds: Mapping[str, Any]) -> Link | None:
    """Where the actor does what the cell lacks; None where it is another's, or has no measure yet."""
    duty = cell.duty
    if duty.indicator not in known_indicators():
        return None
    link = indicator(duty.indicator).next_step(cell.unit_id, period_of_cell(cell), duty.with_, kinds)
    return link if link and _is_for(actor, link) else None


def record_kinds(district_id: UUID) -> Mapping[str, Any]:
    """The record kinds of the published pack by code, as measures read them."""
    version = published_pack(district_id)
    found: Any = section_of_version(version, "kinds") if version else None
    return {kind.code: kind for kind in found.root} if found else {}


def period_of_cell(cell: Cell) -> Period:
    """The period of a cell; its duty must be at hand."""
    return Period(cell.period, PeriodKind(cell.duty.every), cell.first, cell.last)


def _is_for(actor: Actor, link: Link) -> bool:
    """Whether it is a step of the actor's: their act, and one of their posts."""
    granted = not link.act or holds_anywhere(actor, link.act)
    return granted and (not link.posts or any(posting.post in link.posts for posting in actor.postings))


def _step(cell: Cell, link: Link) -> Todo:
    """A cell as something to do. Late and open are told by the day."""
    status: str = cell.status  # type: ignore[attr-defined]
    return Todo(
        title=cell.duty.title,
        url=link.url,
        button=link.label,
        due=cell.due,
        meta=period_name(period_of_cell(cell)),
        state=STATUS_SIGNS[status] if status == "untold" else "",
    )


def _decisions(actor: Actor) -> list[Todo]:
    """Versions to publish and values to confirm, for those who may."""
    decides = {
        PackState.LOADED: holds_anywhere(actor, "plans.publish_pack"),
        PackState.PUBLISHED: holds_anywhere(actor, "plans.confirm_parameter"),
    }
    states = [state for state, may in decides.items() if may]
    if not states:
        return []
    unconfirmed = Count("duties", filter=Q(duties__must_be_confirmed=True, duties__confirmed_at=None))
    packs = PackVersion.objects.visible_to(actor).filter(state__in=states).annotate(unconfirmed=unconfirmed)
    return [
        _publishing(pack) if pack.state == PackState.LOADED else _confirming(pack, pack.unconfirmed)
        for pack in packs.order_by("state", "-created_at")
        if pack.state == PackState.LOADED or pack.unconfirmed
    ]


def _publishing(pack: PackVersion) -> Todo:
    """A loaded version as something to decide."""
    return Todo(
        title=_("规则库待发布：%(pack)s") % {"pack": pack},
        url=reverse("plans:pack", args=[pack.pk]),
        button=_("查看并发布"),
        meta=_("发布以后，任务和时段按新版本生成。"),
    )


def _confirming(pack: PackVersion, number: int) -> Todo:
    """Unconfirmed values as something to decide."""
    return Todo(
        title=_("由局设定的数值待确认：%(number)d 项") % {"number": number},
        url=reverse("plans:confirm", args=[pack.pk]),
        button=_("去确认"),
        meta=_("确认以后，这些任务才计入完成情况。"),
    )

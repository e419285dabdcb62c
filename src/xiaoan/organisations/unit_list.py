"""The list of units, declared."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.organisations.models import Stage, Unit, UnitKind
from xiaoan.organisations.queries import in_force, with_stage

STATES = {"open": _("现有"), "closed": _("已停用或未启用")}


def _in_state(rows: QuerySet[Unit], state: str) -> QuerySet[Unit]:
    """Units that exist today, or those that do not."""
    today = in_force(clock.today())
    return rows.filter(today) if state == "open" else rows.exclude(today)


def _stage_name(row: Any) -> Any:
    """The stage in words; empty for units that have none."""
    return Stage(row.stage_then).label if row.stage_then else ""


def _parent_name(row: Unit) -> str:
    """The unit above, where it is not the district itself: 校办公室 says little without its school."""
    return row.parent.name if row.parent and row.parent_id != row.district_id else ""


UNIT_LIST = Listing(
    name="units",
    title=pgettext_lazy("plural", "单位"),
    columns=(
        Column(
            "name",
            _("名称"),
            lambda row: row.name,
            link=lambda row: reverse("organisations:unit", args=[row.id]),
            width=30,
        ),
        Column("parent", _("上级"), _parent_name, width=30),
        Column("code", _("编码"), lambda row: row.code, width=14),
        Column("kind", _("类别"), lambda row: row.get_kind_display()),
        Column("stage", _("学段"), _stage_name),
    ),
    order=(Order("code"), Order("id")),
    filters=(
        Filter("kind", _("类别"), lambda _actor: UnitKind.choices, lambda rows, kind: rows.filter(kind=kind)),
        Filter(
            "stage",
            _("学段"),
            lambda _actor: Stage.choices,
            lambda rows, stage: rows.filter(stage_then=stage),
        ),
        Filter("state", _("状态"), lambda _actor: list(STATES.items()), _in_state),
    ),
)


def shown_units(actor: Actor) -> QuerySet[Unit]:
    """The units an actor may see, with their stage of today."""
    return with_stage(Unit.objects.visible_to(actor), clock.today()).select_related("parent")

"""The checklists as a declared list: in their order, with version, number of points and where they come from."""

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.ui.signs import Sign, Signs
from xiaoan.inspections.models import Checklist, Origin

Rows = QuerySet[Checklist]
ORIGIN_SIGNS = {
    Origin.PACK: Sign(Origin.PACK.label, "book"),
    Origin.CENTRE: Sign(Origin.CENTRE.label, "pen", "accent"),
}
OFFERED = Sign(_("规则库有新版本"), "alert", "attention")


def checklist_list() -> Listing:
    """The list that everybody reads."""
    return Listing(
        name="checklists",
        title=_("检查表"),
        columns=[
            Column("name", _("检查表"), lambda each: each.name, Checklist.get_absolute_url, width=30),
            Column("kind", _("部位类别"), lambda each: each.place_kind, width=16),
            Column("points", _("检查点"), lambda each: each.in_force.point_count, width=10),
            Column("version", _("版次"), lambda each: str(each.in_force), width=10),
            Column("origin", _("来源"), origin_signs, width=20),
            Column("since", _("发布日期"), _since, on_phone=False),
        ],
        order=[Order("position"), Order("id")],
        filters=[Filter("origin", _("来源"), lambda _actor: Origin.choices, _from)],
    )


def origin_signs(checklist: Checklist) -> Signs:
    """Where the version in force comes from, and whether the pack offers another."""
    version = checklist.in_force
    origin = ORIGIN_SIGNS[Origin(version.origin)] if version else ORIGIN_SIGNS[Origin.PACK]
    return Signs([origin, OFFERED] if checklist.offered_id else [origin])


def _since(checklist: Checklist) -> date | None:
    """The day on which the version in force was published."""
    return clock.local_date(checklist.in_force.created_at) if checklist.in_force else None


def _from(rows: Rows, origin: str) -> Rows:
    return rows.filter(in_force__origin=origin)

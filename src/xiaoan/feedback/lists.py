"""Remarks as a declared list: what waits comes first, then the latest."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import Kind, Remark, RemarkState
from xiaoan.foundation.listing import Column, Filter, Listing, Order
from xiaoan.foundation.ui.signs import Sign

STATE_SIGNS = {
    RemarkState.ASKED: Sign(RemarkState.ASKED.label, "clock", "attention"),
    RemarkState.REPLIED: Sign(RemarkState.REPLIED.label, "check-circle", "done"),
    RemarkState.WITHDRAWN: Sign(RemarkState.WITHDRAWN.label, "minus"),
}


def remark_list(*, with_writers: bool) -> Listing:
    """The list; who answers sees who wrote."""
    return Listing(
        name="feedback",
        title=_("投诉建议"),
        columns=[
            Column("text", _("内容"), str, Remark.get_absolute_url, width=60),
            Column("kind", _("类别"), lambda remark: remark.get_kind_display(), width=10),
            *([_WRITER] if with_writers else []),
            Column("written", _("提交时间"), lambda remark: remark.created_at, width=14, on_phone=False),
            Column("state", _("状态"), lambda remark: STATE_SIGNS[RemarkState(remark.state)], width=10),
        ],
        order=[Order("state"), Order("id", descending=True)],
        filters=[
            Filter("kind", _("类别"), lambda _actor: Kind.choices, _of_kind),
            Filter("state", _("状态"), lambda _actor: RemarkState.choices, _in_state),
        ],
    )


def writer_of(remark: Remark) -> str:
    """Who wrote, and from where."""
    writer = remark.created_by
    return f"{writer.name} · {writer.unit.name}" if writer else ""


_WRITER = Column("writer", _("提交人"), writer_of, width=24)


def _of_kind(rows: "QuerySet[Remark]", value: str) -> "QuerySet[Remark]":
    """Only one kind."""
    return rows.filter(kind=value)


def _in_state(rows: "QuerySet[Remark]", value: str) -> "QuerySet[Remark]":
    """Only at one step."""
    return rows.filter(state=value)

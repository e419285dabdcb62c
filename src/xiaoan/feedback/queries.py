"""Reads of feedback: one's own remarks, and those to be answered."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import Remark, RemarkState
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.clock import local_date
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Held, Pile, Share, Todo

if TYPE_CHECKING:
    from django.db.models import QuerySet

COUNTED_TO = 100
"""So many waiting remarks are read; more would be told as these."""


def remarks(actor: Actor) -> "QuerySet[Remark]":
    """One's own remarks and those that one answers; what was withdrawn stays with its writer."""
    rows: QuerySet[Remark] = Remark.objects.visible_to(actor)
    shown = rows.filter(~Q(state=RemarkState.WITHDRAWN) | Q(created_by_id=actor.person_id))
    return shown.select_related("unit", "created_by__unit", "answered_by__unit")


def answers(actor: Actor) -> bool:
    """Whether anybody's remarks are the actor's to answer."""
    return holds_anywhere(actor, "feedback.answer_remark")


def share(actor: Actor) -> Share:
    """Remarks that wait for an answer of the actor, as a pile; one's own that wait for others. One statement."""
    rows: QuerySet[Remark] = Remark.objects.visible_to(actor).filter(state=RemarkState.ASKED)
    if not answers(actor):
        rows = rows.filter(created_by_id=actor.person_id)
    waiting = list(rows.order_by("id")[:COUNTED_TO])
    asked = [remark for remark in waiting if remark.created_by_id != actor.person_id]
    own = [remark for remark in waiting if remark.created_by_id == actor.person_id]
    return Share(piles=[_pile(asked)] if asked else [], held=[_held(remark) for remark in own])


def _pile(asked: "list[Remark]") -> Pile:
    """Remarks to answer, the oldest on top."""
    oldest = asked[0]
    first = Todo(
        title=str(oldest),
        url=oldest.get_absolute_url(),
        button=_("去答复"),
        meta=oldest.get_kind_display(),
        since=local_date(oldest.created_at),
    )
    return Pile(_("投诉建议待答复"), len(asked), reverse("feedback:remarks"), first)


def _held(remark: Remark) -> Held:
    """One's own remark, which the bureau has; of a wrong page the administrator of the platform too."""
    holder = _("平台管理员") if remark.platform_id else _("局里")
    since = local_date(remark.created_at)
    return Held(str(remark), remark.get_absolute_url(), _("投诉建议"), holder, since)

"""Reads of feedback: one's own remarks, and those to be answered."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import Remark, RemarkState
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.foundation.todo import Todo

if TYPE_CHECKING:
    from django.db.models import QuerySet


def remarks(actor: Actor) -> "QuerySet[Remark]":
    """One's own remarks and those that one answers; what was withdrawn stays with its writer."""
    rows: QuerySet[Remark] = Remark.objects.visible_to(actor)
    shown = rows.filter(~Q(state=RemarkState.WITHDRAWN) | Q(created_by_id=actor.person_id))
    return shown.select_related("unit", "created_by__unit", "answered_by__unit")


def answers(actor: Actor) -> bool:
    """Whether anybody's remarks are the actor's to answer."""
    return holds_anywhere(actor, "feedback.answer_remark")


def todo(actor: Actor) -> list[Todo]:
    """How many remarks wait for an answer of the actor; one statement, of who answers only."""
    if not answers(actor):
        return []
    rows: QuerySet[Remark] = Remark.objects.visible_to(actor)
    waiting = rows.filter(state=RemarkState.ASKED).exclude(created_by_id=actor.person_id).count()
    if not waiting:
        return []
    title = _("投诉建议待答复 %(number)d 条") % {"number": waiting}
    return [Todo(title=title, url=reverse("feedback:remarks"), button=_("去答复"))]

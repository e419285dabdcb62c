"""What somebody uploaded lately, as the import page lists it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.imports import DraftState, ImportDraft, known_imports

SHOWN = 10


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft with its kind and its standing in words."""

    draft: ImportDraft
    title: Words
    words: Words
    icon: str
    tone: Literal["neutral", "accent", "attention", "done"]


def own_drafts(actor: Actor, kinds: Collection[str]) -> list[DraftLine]:
    """The actor's last uploads of these kinds, the newest first, without what the files hold."""
    rows: QuerySet[ImportDraft] = ImportDraft.objects.visible_to(actor)
    own = rows.filter(person_id=actor.person_id, kind__in=kinds).defer("rows", "errors", "notes")
    return [_line(draft) for draft in own.order_by("-created_at", "-id")[:SHOWN]]


def _line(draft: ImportDraft) -> DraftLine:
    """One line."""
    return DraftLine(draft, known_imports()[draft.kind][0].title, *_standing(draft))


def _standing(draft: ImportDraft) -> tuple[Words, str, Literal["neutral", "accent", "attention", "done"]]:
    """Words, icon and tone of how a draft stands."""
    if draft.applied_at:
        return _("已导入"), "check-circle", "done"
    if draft.state == DraftState.CHECKING:
        return draft.get_state_display(), "clock", "accent"
    if draft.state == DraftState.CHECKED and not draft.wrong:
        return (
            (_("可以导入"), "check", "accent")
            if draft.is_applicable
            else (_("没有要改的"), "equal", "neutral")
        )
    if draft.state == DraftState.CHECKED:
        return _("有错误"), "alert", "attention"
    return draft.get_state_display(), "minus", "neutral"

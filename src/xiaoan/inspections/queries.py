"""Reads of checklists: the lists, a version with its points, the centre's draft."""

from uuid import UUID

from django.db.models import QuerySet

from xiaoan.foundation.actor import Actor
from xiaoan.inspections.contents import Content, content_of_json, content_of_rows
from xiaoan.inspections.models import Checklist, ChecklistDraft, ChecklistPoint, ChecklistVersion
from xiaoan.inspections.vocabulary import Vocabulary, vocabulary_in_force

__all__ = ["Vocabulary", "vocabulary_in_force"]


def checklists(actor: Actor) -> "QuerySet[Checklist]":
    """The checklists that the actor may see, with the version in force; retired ones are left out."""
    rows: QuerySet[Checklist] = Checklist.objects.visible_to(actor)
    return rows.filter(retired=False).select_related("in_force", "offered", "unit")


def versions_of(actor: Actor, checklist: Checklist) -> "QuerySet[ChecklistVersion]":
    """All published versions of a checklist, the latest first."""
    rows: QuerySet[ChecklistVersion] = ChecklistVersion.objects.visible_to(actor)
    return rows.filter(checklist=checklist).select_related("created_by").order_by("-number")


def points_of(actor: Actor, version_id: UUID | None) -> list[ChecklistPoint]:
    """The points of a version, in their order."""
    rows: QuerySet[ChecklistPoint] = ChecklistPoint.objects.visible_to(actor)
    return list(rows.filter(checklist_version=version_id).order_by("number"))


def content_of(actor: Actor, version: ChecklistVersion) -> Content:
    """A version as a value: what a draft begins with."""
    return content_of_rows(points_of(actor, version.pk), scored=version.scored)


def drafts(actor: Actor) -> "QuerySet[ChecklistDraft]":
    """The drafts that the actor may see: the centre's own."""
    rows: QuerySet[ChecklistDraft] = ChecklistDraft.objects.visible_to(actor)
    return rows.select_related("based_on", "checklist__in_force", "unit", "created_by")


def draft_content(draft: ChecklistDraft) -> Content:
    """What a draft says."""
    return content_of_json(draft.content)

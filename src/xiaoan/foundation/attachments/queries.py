"""Reads: the files of records that the actor already sees, and one file by its id, if its owner is in sight."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.models import Attachment
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.records import Record
from xiaoan.foundation.scope import ScopedManager


def attached_to(owner: Record) -> "QuerySet[Attachment]":
    """The files of a record that was fetched through its own door, oldest first."""
    rows = _all().filter(owner_type=ContentType.objects.get_for_model(owner), owner_id=owner.pk)
    return rows.order_by("created_at", "id")


def attached_to_each(owners: Iterable[Record]) -> dict[UUID, list[Attachment]]:
    """The files of each record of one page of a list, by the record's id: one statement for all."""
    listed = list(owners)
    if not listed:
        return {}
    found: dict[UUID, list[Attachment]] = {owner.pk: [] for owner in listed}
    rows = _all().filter(owner_type=ContentType.objects.get_for_model(listed[0]), owner_id__in=list(found))
    for row in rows.order_by("created_at", "id"):
        found[row.owner_id].append(row)
    return found


def opened(actor: Actor, attachment_id: UUID) -> Attachment:
    """One file, if the actor sees the record it belongs to; `NotFound` otherwise, whatever the cause."""
    row = _all().filter(pk=attachment_id).first()
    if row is None or not _owner_in_sight(actor, row.owner_type_id, [row.owner_id]):
        raise NotFound
    return row


def may_open_original(actor: Actor, row: Attachment) -> bool:
    """Originals of photos tell where and by whom they were taken: the matrix says who may open them.

    A document has no other form; whoever sees its record may open it.
    """
    return not row.is_image or Attachment.objects.visible_to(actor).filter(pk=row.pk).exists()


def with_same_original(actor: Actor, row: Attachment) -> list[Attachment]:
    """Other attachments of the same bytes (同一原件) whose records the actor sees too; at most 20."""
    twins = list(_all().filter(district_id=row.district_id, sha256=row.sha256).exclude(pk=row.pk)[:20])
    kinds = {twin.owner_type_id for twin in twins}
    seen = {
        kind: _owner_in_sight(actor, kind, [twin.owner_id for twin in twins if twin.owner_type_id == kind])
        for kind in kinds
    }
    return [twin for twin in twins if twin.owner_id in seen[twin.owner_type_id]]


def _owner_in_sight(actor: Actor, type_id: int, owner_ids: list[UUID]) -> set[UUID]:
    """Which of these owners the actor sees; a kind without a door, or gone from the product, is never seen."""
    model = ContentType.objects.get_for_id(type_id).model_class()
    door = getattr(model, "objects", None)
    if not isinstance(door, ScopedManager):
        return set()
    return set(door.visible_to(actor).filter(pk__in=owner_ids).values_list("pk", flat=True))


def _all() -> "QuerySet[Attachment]":
    """All rows: sight is asked of the owners."""
    return Attachment.objects.everything("an attachment is seen by whoever sees its owner")

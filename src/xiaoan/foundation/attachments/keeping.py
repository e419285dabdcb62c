"""Taking files in: look at them, put them on the disk, then write their rows inside the owner's act."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, cast
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import UploadedFile

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments.headers import Taken, pixels_of, taken_of
from xiaoan.foundation.attachments.jobs import make_copies
from xiaoan.foundation.attachments.kinds import Kind, kind_of
from xiaoan.foundation.attachments.models import Attachment, Preview
from xiaoan.foundation.attachments.names import shown_name
from xiaoan.foundation.attachments.storage import store_original
from xiaoan.foundation.job_queue import enqueue
from xiaoan.foundation.records import Record


@dataclass(frozen=True, slots=True)
class Examined:
    """What a look at an upload found, without keeping anything."""

    kind: Kind
    name: str
    size: int
    pixels: tuple[int, int] | None
    taken: Taken


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is on the disk but belongs to nothing yet. Without a row it is swept after 24 hours."""

    district_id: UUID
    sha256: str
    size: int
    media_type: str
    name: str
    width: int | None
    height: int | None
    taken_at: datetime | None
    taken_doubtful: bool


def examine(upload: UploadedFile) -> Examined:
    """Look at an upload by its bytes. Refuses in words: empty 400, too large 413, not accepted 415."""
    file = cast("BinaryIO", upload)
    size, name = upload.size or 0, shown_name(upload.name)
    upload.seek(0)
    kind = kind_of(file, size, name)
    pixels = pixels_of(kind, file) if kind.is_image else None
    return Examined(kind, name, size, pixels, taken_of(kind, file))


def keep_file(upload: UploadedFile, district_id: UUID) -> StoredFile:
    """Examine an upload and put it durably on the disk. Raises what `examine` does, and `CannotStore` (503)."""
    found = examine(upload)
    width, height = found.pixels or (None, None)
    return StoredFile(
        district_id=district_id,
        sha256=store_original(cast("BinaryIO", upload), district_id),
        size=found.size,
        media_type=found.kind.media_type,
        name=found.name,
        width=width,
        height=height,
        taken_at=found.taken.at,
        taken_doubtful=found.taken.doubtful,
    )


def attach(
    *,
    actor: Actor,
    owner: Record,
    uploads: Iterable[UploadedFile | StoredFile],
    purpose: str = "",
    watermark: str = "",
) -> list[Attachment]:
    """Attach files to a record, inside the act that changes it; the rows, in the order of the files.

    The same file twice for one purpose is one attachment. Copies for the screen are made after commit.
    """
    rows = []
    for upload in uploads:
        kept = upload if isinstance(upload, StoredFile) else keep_file(upload, owner.district_id)
        if kept.district_id != owner.district_id:
            raise ValueError("a file kept for one district cannot be attached in another")
        rows.append(_row(actor, owner, kept, purpose, watermark))
    return rows


def _row(actor: Actor, owner: Record, kept: StoredFile, purpose: str, watermark: str) -> Attachment:
    """The row of one file, with the job that makes its copies when it is new."""
    is_image = kept.width is not None
    row, new = Attachment.objects.get_or_create(
        owner_type=ContentType.objects.get_for_model(owner),
        owner_id=owner.pk,
        purpose=purpose,
        sha256=kept.sha256,
        defaults={
            "district_id": owner.district_id,
            "unit_id": owner.unit_id,
            "created_by_id": actor.person_id,
            "size": kept.size,
            "media_type": kept.media_type,
            "name": kept.name,
            "width": kept.width,
            "height": kept.height,
            "taken_at": kept.taken_at,
            "taken_doubtful": kept.taken_doubtful,
            "watermark": watermark[:120],
            "preview": Preview.WAITING if is_image else Preview.NONE,
        },
    )
    if new and is_image:
        enqueue(make_copies, attachment_id=row.pk)
    found: Attachment = row
    return found

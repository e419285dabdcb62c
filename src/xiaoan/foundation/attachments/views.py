"""Files over HTTP: copies inline and revalidated each time, originals as downloads that can run nothing."""

from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from xiaoan.foundation import journal
from xiaoan.foundation.actor import Actor
from xiaoan.foundation.attachments import queries, storage
from xiaoan.foundation.attachments.jobs import make_again
from xiaoan.foundation.attachments.kinds import KINDS
from xiaoan.foundation.attachments.models import Attachment, Preview
from xiaoan.foundation.attachments.names import download_header
from xiaoan.foundation.errors import CannotStore, NotFound, NotPermitted

SANDBOX = "sandbox; default-src 'none'; style-src 'none'; frame-ancestors 'none'"
GONE = _("原件暂时打不开，请联系系统管理员。")
NOT_YOURS = _("照片原件含拍摄位置和设备信息，不向您的岗位开放；可以查看预览图。")


@require_safe
def copy(request: HttpRequest, pk: UUID, size: str) -> HttpResponseBase:
    """A copy for the screen. The browser may keep it, but asks each time whether it is still allowed."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.opened(actor, pk)
    if row.preview != Preview.READY:
        raise NotFound
    etag = f'"{row.pk.hex}-{size}-{actor.person_id}"'
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(_copy_file(row, size), content_type="image/jpeg")
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Disposition"] = "inline"
    return _harmless(response)


@require_safe
def original(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The original, byte for byte, as a download. Opening a photo's original is on the journal."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = queries.opened(actor, pk)
    if not queries.may_open_original(actor, row):
        raise NotPermitted(NOT_YOURS)
    file = _original_file(row)
    if row.is_image and request.method == "GET":
        _trace(actor, row)
    kind = KINDS[row.media_type]
    response = FileResponse(file, content_type=row.media_type)
    response.headers["Content-Disposition"] = download_header(row.name, kind)
    return _harmless(response)


def _harmless(response: HttpResponseBase) -> HttpResponseBase:
    """Whatever the bytes are, the browser takes them for what we say and runs nothing."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    return response


def _copy_file(row: Attachment, size: str) -> BinaryIO:
    """The file of a copy; one that is gone is made again."""
    try:
        return _file(storage.copy_path(row.district_id, row.pk, size))
    except FileNotFoundError as gone:
        make_again(row)
        raise NotFound from gone


def _original_file(row: Attachment) -> BinaryIO:
    """The file of an original; that it cannot be opened is said in words and stands in the log."""
    try:
        return _file(storage.original_path(row.district_id, row.sha256))
    except OSError as gone:
        raise CannotStore(GONE) from gone


def _file(path: Path) -> BinaryIO:
    """An open file; the response closes it."""
    return path.open("rb")


def _trace(actor: Actor, row: Attachment) -> None:
    """Write into the unit's journal that an original was opened (8-reliability E4, G8)."""
    note = journal.Note(
        unit_id=row.unit_id,
        actor=actor,
        posting=next(iter(actor.narrowest_first), None),
        act="foundation.open_original",
        object_type=Attachment._meta.label,  # noqa: SLF001 - Django's public name of a model
        object_id=str(row.pk),
        content={"sha256": row.sha256},
    )
    with transaction.atomic():
        journal.write([note])

"""What happens to files after commit: copies for the screen, and sweeping what belongs to nothing."""

import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction

from xiaoan.foundation.attachments import storage
from xiaoan.foundation.attachments.models import Attachment, Preview
from xiaoan.foundation.clock import machine_now
from xiaoan.foundation.job_queue import enqueue, job
from xiaoan.foundation.schedule import Daily, Slot, scheduled

DARKROOM = Path(__file__).with_name("darkroom.py")
HANGING = 30
"""Seconds of waiting for a child; its own limit of 10 seconds of work ends it before, unless it sleeps."""
CUT_SHORT, CANNOT_WRITE = 3, 5
KEPT_HOURS = 24
PIECE = 500
FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)

log = logging.getLogger(__name__)


@job("foundation.make_copies")
def make_copies(attachment_id: str) -> None:
    """Make the copies of an image for the screen; an image that harms its child is marked, nothing else happens."""
    row = Attachment.objects.everything("a job").filter(pk=attachment_id, preview=Preview.WAITING).first()
    if row is not None:
        _settle(row, _developed(row))


def make_again(row: Attachment) -> None:
    """Ask anew for copies that are gone from the disk."""
    with transaction.atomic():
        if _settle(row, Preview.WAITING):
            enqueue(make_copies, attachment_id=row.pk)


@scheduled("foundation.sweep_files", Daily(hour=4))
def sweep_files(slot: Slot) -> None:
    """Delete files older than 24 hours that no row names: what a killed request or an undone act left."""
    counts = (_sweep_originals(), _sweep_copies(), _sweep_unfinished())
    log.info("%s: swept %s originals, %s copies, %s unfinished files", slot.key, *counts)


def watermark_font() -> str:
    """A font that can write Chinese, or nothing: then only plain Latin watermarks are drawn."""
    wanted = (getattr(settings, "WATERMARK_FONT", ""), *FONTS)
    return next((path for path in wanted if path and Path(path).is_file()), "")


def _settle(row: Attachment, preview: Preview) -> bool:
    """Write how far the copies are, unless another run was first."""
    same = Attachment.objects.everything("a job").filter(pk=row.pk, preview=row.preview)
    return bool(same.update(preview=preview))


def _developed(row: Attachment) -> Preview:
    """Run the darkroom on one original and move its copies into place."""
    original = storage.original_path(row.district_id, row.sha256)
    if not original.is_file():
        raise FileNotFoundError(f"original {row.sha256} of attachment {row.pk} is not on the disk")
    with tempfile.TemporaryDirectory(dir=storage.workshop()) as folder:
        code = _child(original, folder, row.watermark)
        if code == CANNOT_WRITE:
            raise OSError(f"copies of attachment {row.pk} cannot be written")
        if code:
            log.warning("attachment %s has no copies: the darkroom ended with %s", row.pk, code)
            return Preview.INCOMPLETE if code == CUT_SHORT else Preview.UNREADABLE
        for copy in Path(folder).iterdir():
            place = storage.copy_path(row.district_id, row.pk, copy.stem)
            storage.made(place.parent)
            copy.replace(place)
    return Preview.READY


def _child(original: Path, folder: str, watermark: str) -> int:
    """Run the darkroom; its exit code, negative when it was killed."""
    font = watermark_font()
    words = watermark if font or watermark.isascii() else ""
    command = [sys.executable, "-I", str(DARKROOM), str(original), folder, font, words]
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the arguments are paths of ours and one text
            command,
            check=False,
            timeout=HANGING,
            env={"LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return -9
    return done.returncode


def _sweep_originals() -> int:
    """Originals that no attachment of their district names."""
    count = 0
    for district_id, folder in _districts("originals"):
        for files in _old_files(folder):
            named = Attachment.objects.everything("a job").filter(
                district_id=district_id, sha256__in=[file.name for file in files]
            )
            kept = set(named.values_list("sha256", flat=True))
            for file in files:
                if file.name not in kept:
                    with storage.nobody_stores(district_id):
                        count += _delete_if_old(file)
    return count


def _sweep_copies() -> int:
    """Copies whose attachment is gone."""
    count = 0
    for _district_id, folder in _districts("copies"):
        for files in _old_files(folder):
            ids = {file.name[:32] for file in files}
            rows = Attachment.objects.everything("a job").filter(pk__in=ids)
            kept = {key.hex for key in rows.values_list("pk", flat=True)}
            count += sum(_delete_if_old(file) for file in files if file.name[:32] not in kept)
    return count


def _sweep_unfinished() -> int:
    """What was being written when a process was killed."""
    return sum(_delete_if_old(file) for file in storage.workshop().rglob("*") if file.is_file())


def _districts(kind: str) -> Iterator[tuple[UUID, Path]]:
    """The folders of the districts."""
    root = Path(settings.MEDIA_ROOT) / kind
    for folder in root.iterdir() if root.is_dir() else ():
        yield UUID(folder.name), folder


def _old_files(folder: Path) -> Iterator[list[Path]]:
    """Files old enough to be swept, in pieces."""
    for part in sorted(folder.iterdir()):
        old = [file for file in part.iterdir() if _is_old(file)]
        for start in range(0, len(old), PIECE):
            yield old[start : start + PIECE]


def _is_old(file: Path) -> bool:
    """Whether a file has lain for longer than a request, a retry or an upload may take."""
    return file.stat().st_mtime < (machine_now() - timedelta(hours=KEPT_HOURS)).timestamp()


def _delete_if_old(file: Path) -> bool:
    """Look again, then delete: meanwhile the file may have been wanted anew."""
    if not _is_old(file):
        return False
    file.unlink()
    return True

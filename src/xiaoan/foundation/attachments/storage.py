"""Where files lie: by district and hash, de-duplicated inside a district only, on the disk before the row.

`originals/<district>/<2 hex>/<sha256>` and `copies/<district>/<2 hex>/<attachment>-<size>.jpg` under `MEDIA_ROOT`.
"""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from xiaoan.foundation.errors import CannotStore

PIECE = 256 * 1024


def originals(district_id: UUID) -> Path:
    """The folder of a district's originals."""
    return Path(settings.MEDIA_ROOT) / "originals" / district_id.hex


def original_path(district_id: UUID, digest: str) -> Path:
    """Where an original lies."""
    return originals(district_id) / digest[:2] / digest


def copies(district_id: UUID) -> Path:
    """The folder of a district's copies for the screen."""
    return Path(settings.MEDIA_ROOT) / "copies" / district_id.hex


def copy_path(district_id: UUID, attachment_id: UUID, size: str) -> Path:
    """Where a copy for the screen lies."""
    return copies(district_id) / attachment_id.hex[-2:] / f"{attachment_id.hex}-{size}.jpg"


def workshop() -> Path:
    """The folder of unfinished files, on the same disk as the finished ones."""
    return made(Path(settings.MEDIA_ROOT) / "unfinished")


def made(folder: Path) -> Path:
    """A folder that exists durably, it and those above it."""
    if not folder.is_dir():
        made(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
    return folder


def sync_folder(folder: Path) -> None:
    """Make entries of a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of a file's bytes in hex; it is left at its beginning."""
    found = sha256()
    while piece := file.read(PIECE):
        found.update(piece)
    file.seek(0)
    return found.hexdigest()


def store_original(file: BinaryIO, district_id: UUID) -> str:
    """Put an original on the disk, unless the district has it already; its digest. Durable on return.

    Raises `CannotStore` when the disk is full, read-only or fails; then nothing half-written stays in place.
    """
    digest = digest_of(file)
    try:
        place = original_path(district_id, digest)
        made(place.parent)
        with nobody_sweeps(district_id):
            if place.exists():
                os.utime(place)  # young again: the sweeper leaves it to the row that follows
            else:
                _write(file, place)
            sync_folder(place.parent)  # also of a twin that another request has just put there
    except OSError as failure:
        raise CannotStore from failure
    file.seek(0)
    return digest


def _write(file: BinaryIO, place: Path) -> None:
    """Write beside, flush to the disk, then move into place."""
    unfinished = workshop() / secrets.token_hex(16)
    try:
        with unfinished.open("xb") as target:
            while piece := file.read(PIECE):
                target.write(piece)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def nobody_sweeps(district_id: UUID) -> Iterator[None]:
    """Hold a district's originals against the sweeper; several may hold at once."""
    with _locked(district_id, fcntl.LOCK_SH):
        yield


@contextmanager
def nobody_stores(district_id: UUID) -> Iterator[None]:
    """Hold a district's originals against everybody, for the moment of a deletion."""
    with _locked(district_id, fcntl.LOCK_EX):
        yield


@contextmanager
def _locked(district_id: UUID, kind: int) -> Iterator[None]:
    """A lock on the district's folder; the system lets go of it when a process dies."""
    handle = os.open(made(originals(district_id)), os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)

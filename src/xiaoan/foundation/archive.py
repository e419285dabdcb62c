"""A zip from outside, opened with distrust: the one guard before a workbook or a Word file (8-reliability E2).

Nothing declared is believed: parts are counted by their signatures and inflated here, in small pieces, so that
a bomb is refused while it is still small in memory. What the parts hold is the caller's question, and so are the words.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from enum import Enum, auto
from io import BytesIO

MEGABYTE = 1024 * 1024
MAX_INFLATED = 200 * MEGABYTE
MAX_RATIO = 100
ALWAYS_ALLOWED = 10 * MEGABYTE
"""Below this inflated size the ratio says nothing: a small table of equal rows compresses well."""
MAX_PARTS = 2_000
PIECE = 64 * 1024
SEEN_AGAIN = 16
"""Bytes of a piece that stand before the next one too, so that a word is found across the edge."""

LOCAL_MARK = b"PK\x03\x04"
"""The first bytes of an archive."""
_CENTRAL_MARK = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    OverflowError,
    EOFError,
    OSError,
)


class Fault(Enum):
    """Why an archive is not opened further."""

    DAMAGED = auto()
    """Cut short, not what its headers say, a name twice or one that leads outside."""
    LOCKED = auto()
    """A part is encrypted."""
    TOO_MANY = auto()
    """More parts than any document has."""
    TOO_LARGE = auto()
    """It inflates to more than min(200 MB, max(10 MB, 100 x its own size))."""


class ArchiveRefused(Exception):  # noqa: N818 - the caller makes a refusal of it, in its own words
    """The archive is not opened further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.name)
        self.fault = fault


class Archive:
    """An archive in memory. Nothing of it is to be trusted before `windows` has come to its end."""

    def __init__(self, data: bytes) -> None:
        if data.count(_CENTRAL_MARK) > MAX_PARTS:
            raise ArchiveRefused(Fault.TOO_MANY)
        self._data = data
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
        except _BROKEN as broken:
            raise ArchiveRefused(Fault.DAMAGED) from broken
        _refuse_wrong_names([info.filename.lower() for info in infos])
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise ArchiveRefused(Fault.LOCKED)
        self._parts = {info.filename: info for info in infos}

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._parts)

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def size(self, name: str) -> int:
        """A part's length in bytes, as `windows` has counted it."""
        return self._parts[name].file_size

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's content in small pieces."""
        try:
            yield from _inflated(self._data, self._parts[name])
        except _BROKEN as broken:
            raise ArchiveRefused(Fault.DAMAGED) from broken

    def windows(self) -> Iterator[tuple[str, bytes]]:
        """Every part inflated once and counted: its name and a piece, with the end of the piece before."""
        limit = min(MAX_INFLATED, max(ALWAYS_ALLOWED, MAX_RATIO * len(self._data)))
        total = 0
        for name in self._parts:
            tail = b""
            for piece in self.pieces(name):
                total += len(piece)
                if total > limit:
                    raise ArchiveRefused(Fault.TOO_LARGE)
                window = tail + piece
                yield name, window
                tail = window[-SEEN_AGAIN:]


def _refuse_wrong_names(names: list[str]) -> None:
    """No part twice, no path that leads outside."""
    outside = any(
        name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") for name in names
    )
    if outside or len(set(names)) != len(names):
        raise ArchiveRefused(Fault.DAMAGED)


def _inflated(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of an entry in pieces; `BadZipFile` when it is not what its header says."""
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    raw = memoryview(data)[start : start + info.compress_size]
    if signature != LOCAL_MARK or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile(info.filename)
    stored = info.compress_type == zipfile.ZIP_STORED
    size = 0
    for piece in _slices(raw) if stored else _deflated(raw):
        size += len(piece)
        yield piece
    if size != info.file_size:
        raise zipfile.BadZipFile(info.filename)


def _slices(raw: memoryview) -> Iterator[bytes]:
    """Stored bytes, piece by piece."""
    for start in range(0, len(raw), PIECE):
        yield bytes(raw[start : start + PIECE])


def _deflated(raw: memoryview) -> Iterator[bytes]:
    """Inflated bytes, never more than a piece at a time."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in _slices(raw):
        waiting = chunk
        while waiting and not stream.eof:
            yield stream.decompress(waiting, PIECE)
            waiting = stream.unconsumed_tail
    while not stream.eof:
        piece = stream.decompress(b"", PIECE)
        if not piece:
            raise zlib.error("cut short")
        yield piece

"""Width and height of an image, and the camera's time, read from the header alone. Nothing is decoded.

Written here in a few lines each, so that a request never runs a decoder on what a stranger sent
(8-reliability E3, bad input 25, 35, 36). Every loop has a bound.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from os import SEEK_CUR
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.attachments.kinds import HEIC, JPEG, PNG, WEBP, Kind
from xiaoan.foundation.errors import TooLarge, WrongType

MAX_PIXELS = 60_000_000
UNREADABLE = _("无法识别的图片，请重新拍摄或另存为 JPEG 再上传。")
MOST_SEGMENTS = 500
MOST_ENTRIES = 200
MOST_META = 1024 * 1024
FIRST_YEAR = 2000
CLOCKS_DIFFER = timedelta(minutes=5)

_FRAME_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_EXIF_IFD, _TAKEN, _TAKEN_ZONE = 0x8769, 0x9003, 0x9011
_APP1, _EXIF = 0xE1, b"Exif\x00\x00"
_BOX_HEAD = 8


@dataclass(frozen=True, slots=True)
class Taken:
    """When a photo says it was taken, and whether that cannot be believed."""

    at: datetime | None = None
    doubtful: bool = False


def pixels_of(kind: Kind, file: BinaryIO) -> tuple[int, int]:
    """Width and height; a refusal when the header makes no sense or names too many pixels."""
    readers = {JPEG: _jpeg, PNG: _png, WEBP: _webp, HEIC: _heic}
    try:
        width, height = readers[kind](file)
    except (struct.error, IndexError, StopIteration) as broken:
        raise WrongType(UNREADABLE) from broken
    finally:
        file.seek(0)
    if not width or not height:
        raise WrongType(UNREADABLE)
    if width * height > MAX_PIXELS:
        raise TooLarge(_("图片像素过大（最多 6000 万像素），请缩小后再上传。"))
    return width, height


def taken_of(kind: Kind, file: BinaryIO) -> Taken:
    """The camera's time of a JPEG; doubtful when it is unreadable, before 2000 or in the future."""
    if kind != JPEG:
        return Taken()
    try:
        block = next((data for marker, data in _segments(file) if _is_exif(marker, data)), b"")
        values = _exif_texts(block[len(_EXIF) :])
    except (struct.error, IndexError):
        return Taken(None, doubtful=True)
    finally:
        file.seek(0)
    if _TAKEN not in values:
        return Taken()
    return _instant(values[_TAKEN], values.get(_TAKEN_ZONE, ""))


def _is_exif(marker: int, data: bytes) -> bool:
    """Whether a segment is the camera's note."""
    return marker == _APP1 and data.startswith(_EXIF)


def _png(file: BinaryIO) -> tuple[int, int]:
    name, width, height = struct.unpack(">12x4sLL", file.read(24))
    return (width, height) if name == b"IHDR" else (0, 0)


def _segments(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Markers of a JPEG up to the picture's data, each with its content; a file that is cut just ends."""
    file.seek(2)
    for _count in range(MOST_SEGMENTS):
        pair = file.read(2)
        if pair == b"\xff\xff":  # a fill byte: the marker follows one byte later
            file.seek(-1, SEEK_CUR)
            continue
        if not pair.startswith(b"\xff") or pair == b"\xff":
            return
        (length,) = struct.unpack(">H", file.read(2))
        yield pair[1], file.read(max(length - 2, 0))
        if pair == b"\xff\xda":
            return


def _jpeg(file: BinaryIO) -> tuple[int, int]:
    frame = next(data for marker, data in _segments(file) if marker in _FRAME_MARKERS)
    height, width = struct.unpack_from(">HH", frame, 1)
    return width, height


def _webp(file: BinaryIO) -> tuple[int, int]:
    head = file.read(30)
    match head[12:16]:
        case b"VP8 " if head[23:26] == b"\x9d\x01\x2a":
            width, height = struct.unpack_from("<HH", head, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L" if head[20:21] == b"/":
            bits = int.from_bytes(head[21:25], "little")
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return 0, 0


def _heic(file: BinaryIO) -> tuple[int, int]:
    """The largest extent that the item properties name: tiles are smaller than their picture."""
    for name, start, length in _boxes(file.read(MOST_META), 0):
        if name == b"meta":
            file.seek(start + 4)
            properties = _inside(file.read(min(length, MOST_META)), (b"iprp", b"ipco"))
            sizes = [
                struct.unpack_from(">LL", properties, at + 4)
                for kind, at, _length in _boxes(properties, 0)
                if kind == b"ispe"
            ]
            return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
    return 0, 0


def _boxes(data: bytes, at: int) -> Iterator[tuple[bytes, int, int]]:
    """Names of boxes with the place and the length of their content."""
    for _count in range(MOST_ENTRIES):
        if at + _BOX_HEAD > len(data):
            return
        length, name = struct.unpack_from(">L4s", data, at)
        if length < _BOX_HEAD:
            return
        yield name, at + _BOX_HEAD, length - _BOX_HEAD
        at += length


def _inside(data: bytes, names: tuple[bytes, ...]) -> bytes:
    """The content of a box within boxes; empty where there is none."""
    for wanted in names:
        found = next(((at, length) for name, at, length in _boxes(data, 0) if name == wanted), (0, 0))
        data = data[found[0] : sum(found)]
    return data


def _exif_texts(tiff: bytes) -> dict[int, str]:
    """The two times of an EXIF block, by tag. Only two directories are looked at, so no loop can trap it."""
    if tiff[:2] not in {b"II", b"MM"}:
        return {}
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(order + "L", tiff, 4)
    main = dict(_entries(tiff, first, order))
    if _EXIF_IFD not in main:
        return {}
    place = main[_EXIF_IFD][1]
    return {
        tag: tiff[at : at + count].split(b"\x00")[0].decode("ascii", "replace").strip()
        for tag, (count, at) in _entries(tiff, place, order)
        if tag in {_TAKEN, _TAKEN_ZONE}
    }


def _entries(tiff: bytes, at: int, order: str) -> Iterator[tuple[int, tuple[int, int]]]:
    """Tags of one directory with their count and value (or its place)."""
    (count,) = struct.unpack_from(order + "H", tiff, at)
    for number in range(min(count, MOST_ENTRIES)):
        tag, _type, length, value = struct.unpack_from(order + "HHLL", tiff, at + 2 + 12 * number)
        yield tag, (min(length, 32), value)


def _instant(text: str, zone: str) -> Taken:
    """An EXIF time; without a zone it is the district's."""
    try:
        when = datetime.strptime(text + (zone or "+08:00"), "%Y:%m:%d %H:%M:%S%z")
    except ValueError:
        return Taken(None, doubtful=True)
    impossible = when.year < FIRST_YEAR or when > clock.now() + CLOCKS_DIFFER
    return Taken(when, doubtful=impossible)

"""What a file is, told by its bytes and never by its name; what is not accepted is refused in words.

Accepted: JPEG, PNG, WebP, HEIC (with the `heif` extra), PDF, .docx, .xlsx (8-reliability E2, E3, bad input
24, 27-31). Nothing here decodes or inflates more than one small part of a package.
"""

import struct
import zipfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import PurePath
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Malformed, TooLarge, Words, WrongType

MEGABYTE = 1024 * 1024
MAX_IMAGE = 25 * MEGABYTE
MAX_DOCUMENT = 20 * MEGABYTE
HEAD = 1024
MAX_PARTS = 2_000
MAX_LISTING = MEGABYTE
MAX_CONTENT_TYPES = MEGABYTE


@dataclass(frozen=True, slots=True)
class Kind:
    """An accepted kind of file: its media type and the suffixes that fit it, the usual one first."""

    media_type: str
    suffixes: tuple[str, ...]
    is_image: bool = False


JPEG = Kind("image/jpeg", (".jpg", ".jpeg"), is_image=True)
PNG = Kind("image/png", (".png",), is_image=True)
WEBP = Kind("image/webp", (".webp",), is_image=True)
HEIC = Kind("image/heic", (".heic", ".heif"), is_image=True)
PDF = Kind("application/pdf", (".pdf",))
DOCX = Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
XLSX = Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",))
IMAGES = (JPEG, PNG, WEBP, HEIC)
KINDS = {kind.media_type: kind for kind in (*IMAGES, PDF, DOCX, XLSX)}

EMPTY = _("文件是空的，请重新选择。")
NOT_AN_IMAGE = _("这不是图片，请重新选择照片。")
NOT_ACCEPTED = _("不支持这种文件。可以上传 JPEG、PNG、WebP 照片，或 PDF、Word（.docx）、Excel（.xlsx）文件。")
MACROS = _("文件含宏，请另存为不含宏的 .docx 或 .xlsx 再上传。")
OLD_OFFICE = _("文件格式过旧或受密码保护，请另存为 .docx、.xlsx 或 PDF 再上传。")
BROKEN_PACKAGE = _("文件已损坏，请重新保存后再上传。")
NO_HEIC = _("本系统没有启用 HEIC 照片（需要安装 xiaoan[heif]），请在手机上存为 JPEG 再上传。")

_SIMPLE = ((b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG), (b"%PDF-", PDF))
_REFUSED: tuple[tuple[bytes, Words], ...] = (
    (b"GIF8", _("不支持 GIF 图片，请改用 JPEG 或 PNG 照片。")),
    (b"II*\x00", _("不支持 TIFF 图片，请改用 JPEG 或 PNG 照片。")),
    (b"MM\x00*", _("不支持 TIFF 图片，请改用 JPEG 或 PNG 照片。")),
    (b"8BPS", _("不支持 PSD 图片，请改用 JPEG 或 PNG 照片。")),
    (b"%!PS", _("不支持 EPS 图片，请改用 JPEG 或 PNG 照片。")),
    (b"\xc5\xd0\xd3\xc6", _("不支持 EPS 图片，请改用 JPEG 或 PNG 照片。")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
)
_NO_SVG = _("不支持 SVG 图片，请改用 JPEG 或 PNG 照片。")
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})
_VIDEO_BRANDS = (b"isom", b"iso", b"mp4", b"qt", b"M4V", b"3gp", b"avc1")
_IMAGE_SUFFIXES = frozenset(suffix for kind in IMAGES for suffix in kind.suffixes) | {".gif", ".bmp", ".tif"}
_END_OF_ZIP = struct.Struct("<4s4xHHLLH")


def kind_of(file: BinaryIO, size: int, name: str) -> Kind:
    """The kind of a file, or the refusal in words. The file is left at its beginning."""
    if not size:
        raise Malformed(EMPTY)
    head = file.read(HEAD)
    file.seek(0)
    kind = _by_head(head) or (_office_kind(file) if head.startswith(b"PK\x03\x04") else None)
    file.seek(0)
    if kind is None:
        raise WrongType(_reason(head, name))
    if kind == HEIC and find_spec("pillow_heif") is None:
        raise WrongType(NO_HEIC)
    if kind.is_image and size > MAX_IMAGE:
        raise TooLarge(_("照片超过 25 MB，请缩小后再上传。"))
    if not kind.is_image and size > MAX_DOCUMENT:
        raise TooLarge(_("文件超过 20 MB，请压缩或分成几个文件再上传。"))
    return kind


def _by_head(head: bytes) -> Kind | None:
    """The kind that the first bytes tell, if they tell one."""
    for magic, kind in _SIMPLE:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    brands = {head[8:12], *(head[at : at + 4] for at in range(16, min(_box_length(head), HEAD), 4))}
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS and b"avif" not in brands:
        return HEIC
    return None


def _box_length(head: bytes) -> int:
    """The length that the first box of an ISO media file gives itself."""
    return int.from_bytes(head[:4], "big")


def _reason(head: bytes, name: str) -> Words:
    """Why a file is not accepted, as exactly as its first bytes tell."""
    for magic, words in _REFUSED:
        if head.startswith(magic):
            return words
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<svg") or (text.startswith((b"<?xml", b"<!")) and b"<svg" in text):
        return _NO_SVG
    if head[4:8] == b"ftyp" and head[8:12].startswith(_VIDEO_BRANDS):
        return _("这里不能上传视频，请改传照片。")
    return NOT_AN_IMAGE if PurePath(name).suffix.lower() in _IMAGE_SUFFIXES else NOT_ACCEPTED


def _office_kind(file: BinaryIO) -> Kind | None:
    """Word or Excel, from the listing of the package; None when it is some other archive."""
    _refuse_long_listing(file)
    try:
        with zipfile.ZipFile(file) as package:
            names = {info.filename for info in package.infolist()}
            if len(names) > MAX_PARTS:
                raise TooLarge(_("文件内部条目过多，请重新保存后再上传。"))
            if "[Content_Types].xml" not in names:
                return None
            with package.open("[Content_Types].xml") as part:
                content_types = part.read(MAX_CONTENT_TYPES)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, EOFError, OSError) as broken:
        raise Malformed(BROKEN_PACKAGE) from broken
    if b"macroEnabled" in content_types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise WrongType(MACROS)
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _refuse_long_listing(file: BinaryIO) -> None:
    """Look at the end of the archive before anything lists it: its listing must be short."""
    length = file.seek(0, 2)
    file.seek(max(0, length - 0xFFFF - _END_OF_ZIP.size))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END_OF_ZIP.size:
        raise Malformed(BROKEN_PACKAGE)
    _magic, _here, parts, listing, _offset, _comment = _END_OF_ZIP.unpack_from(tail, at)
    if parts > MAX_PARTS or listing > MAX_LISTING:
        raise TooLarge(_("文件内部条目过多，请重新保存后再上传。"))

"""The zip around an .xlsx, opened with distrust (8-reliability E2, bad input 1-6, 10, 11, 22).

Nothing declared is believed: parts are counted by their signatures and inflated here, in small pieces, so
that a bomb is refused while it is still small in memory. Only parts that passed are read further.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.sheets.refusals import SheetMalformed, SheetTooLarge, SheetWrongType, file_too_large

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_INFLATED = 200 * MEGABYTE
MAX_RATIO = 100
ALWAYS_ALLOWED = 10 * MEGABYTE
"""Below this inflated size the ratio says nothing: a small table of equal rows compresses well."""
MAX_PARTS = 2_000
PIECE = 64 * 1024

WORKBOOK_PART = "xl/workbook.xml"
DAMAGED = _("文件已损坏，请用表格软件打开后另存为 .xlsx 再上传。")
FORBIDDEN = _("文件含不允许的 XML 定义，请用表格软件另存为 .xlsx 再上传。")
ACTIVE = _("文件含宏或外部链接，请另存为不含宏的 .xlsx 再上传。")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CENTRAL_ENTRY = b"PK\x01\x02"
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_FORBIDDEN_XML = (b"<!DOCTYPE", b"<!ENTITY")
_ACTIVE_PARTS = (
    "vbaproject",
    "xl/macrosheets/",
    "xl/externallinks/",
    "xl/connections.xml",
    "xl/dialogsheets/",
)
_OTHER_FORMATS = frozenset({"xl/workbook.bin", "content.xml"})
_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    NotImplementedError,
    OverflowError,
    OSError,
)


class Package:
    """An .xlsx whose every part has been inflated once and found within the limits."""

    def __init__(self, data: bytes) -> None:
        _refuse_wrong_kind(data)
        self._data = data
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                infos = archive.infolist()
            self._parts = {info.filename: info for info in infos}
            _refuse_wrong_names(infos)
            self._inflate_all()
        except _BROKEN_ZIP as broken:
            raise SheetMalformed(DAMAGED) from broken

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """A part's content in small pieces."""
        return _inflate(self._data, self._parts[name])

    def size(self, name: str) -> int:
        """A part's length in bytes, as counted."""
        return self._parts[name].file_size

    def _inflate_all(self) -> None:
        """Count what the parts really hold, and look for definitions in their XML."""
        limit = min(MAX_INFLATED, max(ALWAYS_ALLOWED, MAX_RATIO * len(self._data)))
        total = 0
        for name, info in self._parts.items():
            tail = b""
            for piece in _inflate(self._data, info):
                total += len(piece)
                if total > limit:
                    raise SheetTooLarge(_("文件解压后过大，已拒绝。请只留下要上传的一张表，另存后再试。"))
                window = tail + piece
                if name.lower().endswith((".xml", ".rels")) and any(w in window for w in _FORBIDDEN_XML):
                    raise SheetMalformed(FORBIDDEN)
                if b"macroEnabled" in window and name == "[Content_Types].xml":
                    raise SheetWrongType(ACTIVE)
                tail = window[-16:]


def _refuse_wrong_kind(data: bytes) -> None:
    """Tell by the first bytes, never by the name; and count entries before anything lists them."""
    if len(data) > MAX_FILE:
        raise file_too_large()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise SheetWrongType(_("文件受密码保护，请取消密码后另存为 .xlsx 再上传。"))
        raise SheetWrongType(_("文件格式过旧（.xls），请另存为 .xlsx 再上传。"))
    if not data.startswith(b"PK\x03\x04"):
        raise SheetWrongType(_("这不是 Excel 文件，请另存为 .xlsx 或 CSV 再上传。"))
    if data.count(_CENTRAL_ENTRY) > MAX_PARTS:
        raise SheetTooLarge(_("文件内部条目过多，请把数据复制到一个新工作簿再上传。"))


def _refuse_wrong_names(infos: list[zipfile.ZipInfo]) -> None:
    """A plain workbook: no part twice, no path that leads outside, no active content, nothing encrypted."""
    names = [info.filename.lower() for info in infos]
    workbook = any(info.filename == WORKBOOK_PART for info in infos)
    outside = any(
        name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") for name in names
    )
    if outside or len(set(names)) != len(names):
        raise SheetMalformed(DAMAGED)
    if any(info.flag_bits & 1 for info in infos):
        raise SheetWrongType(_("文件受密码保护，请取消密码后另存为 .xlsx 再上传。"))
    if any(mark in name for name in names for mark in _ACTIVE_PARTS):
        raise SheetWrongType(ACTIVE)
    if not workbook or _OTHER_FORMATS.intersection(names):
        raise SheetWrongType(_("这不是 .xlsx 文件，请用表格软件另存为 .xlsx 再上传。"))


def _inflate(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of an entry in pieces; `BadZipFile` when it is not what its header says."""
    signature, name_length, extra_length = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    start = info.header_offset + _LOCAL_HEADER.size + name_length + extra_length
    raw = memoryview(data)[start : start + info.compress_size]
    if signature != b"PK\x03\x04" or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
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

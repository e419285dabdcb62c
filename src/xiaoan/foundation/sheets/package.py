"""The zip around an .xlsx: an archive within its limits that is a plain workbook (8-reliability E2, bad input 1-6, 10, 11, 22)."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.archive import LOCAL_MARK, MEGABYTE, Archive, ArchiveRefused, Fault
from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets.refusals import (
    SheetMalformed,
    SheetRefused,
    SheetTooLarge,
    SheetWrongType,
    file_too_large,
)

MAX_FILE = 20 * MEGABYTE

WORKBOOK_PART = "xl/workbook.xml"
DAMAGED = _("文件已损坏，请用表格软件打开后另存为 .xlsx 再上传。")
FORBIDDEN = _("文件含不允许的 XML 定义，请用表格软件另存为 .xlsx 再上传。")
ACTIVE = _("文件含宏或外部链接，请另存为不含宏的 .xlsx 再上传。")
LOCKED = _("文件受密码保护，请取消密码后另存为 .xlsx 再上传。")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_FORBIDDEN_XML = (b"<!DOCTYPE", b"<!ENTITY")
_ACTIVE_PARTS = (
    "vbaproject",
    "xl/macrosheets/",
    "xl/externallinks/",
    "xl/connections.xml",
    "xl/dialogsheets/",
)
_OTHER_FORMATS = frozenset({"xl/workbook.bin", "content.xml"})
_REFUSALS: dict[Fault, tuple[type[SheetRefused], Words]] = {
    Fault.DAMAGED: (SheetMalformed, DAMAGED),
    Fault.LOCKED: (SheetWrongType, LOCKED),
    Fault.TOO_MANY: (SheetTooLarge, _("文件内部条目过多，请把数据复制到一个新工作簿再上传。")),
    Fault.TOO_LARGE: (SheetTooLarge, _("文件解压后过大，已拒绝。请只留下要上传的一张表，另存后再试。")),
}


def checked_package(data: bytes) -> Archive:
    """An .xlsx whose every part has been inflated once and found within the limits; raises `SheetRefused`."""
    _refuse_wrong_kind(data)
    try:
        package = Archive(data)
        _refuse_wrong_parts(package)
        for name, window in package.windows():
            _refuse_wrong_content(name, window)
    except ArchiveRefused as refused:
        kind, words = _REFUSALS[refused.fault]
        raise kind(words) from refused
    return package


def _refuse_wrong_kind(data: bytes) -> None:
    """Tell by the first bytes, never by the name."""
    if len(data) > MAX_FILE:
        raise file_too_large()
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise SheetWrongType(LOCKED)
        raise SheetWrongType(_("文件格式过旧（.xls），请另存为 .xlsx 再上传。"))
    if not data.startswith(LOCAL_MARK):
        raise SheetWrongType(_("这不是 Excel 文件，请另存为 .xlsx 或 CSV 再上传。"))


def _refuse_wrong_parts(package: Archive) -> None:
    """A plain workbook by its parts: no active content, no other format."""
    names = [name.lower() for name in package.names]
    if any(mark in name for name in names for mark in _ACTIVE_PARTS):
        raise SheetWrongType(ACTIVE)
    if WORKBOOK_PART not in package or _OTHER_FORMATS.intersection(names):
        raise SheetWrongType(_("这不是 .xlsx 文件，请用表格软件另存为 .xlsx 再上传。"))


def _refuse_wrong_content(name: str, window: bytes) -> None:
    """No definitions in XML, and no workbook that says that it has macros."""
    if name.lower().endswith((".xml", ".rels")) and any(word in window for word in _FORBIDDEN_XML):
        raise SheetMalformed(FORBIDDEN)
    if name == "[Content_Types].xml" and b"macroEnabled" in window:
        raise SheetWrongType(ACTIVE)

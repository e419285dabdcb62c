"""Text out of a file: what the file is, is told by its content and never by its name."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.plans.reading.charsets import decoded
from xiaoan.plans.reading.errors import OversizedDocument, UnreadableDocument
from xiaoan.plans.reading.package import check_package
from xiaoan.plans.reading.word import read_word

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes."""
LONGEST_TEXT = 1_000_000
"""Code points; a plan of 500 pages has less than half of it."""

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_LONGEST_MARK = 16

_NO_WORDS = _("无法识别文字，请提供可复制文本（.docx、.txt 或 .md），不要用 PDF、扫描件或图片。")
_SAVE_AS = _("不能读取这种格式，请在 Word 或 WPS 中打开，另存为 .docx 或 .txt 后重新读取。")
_OLD_WORD = _("这是旧版 Office 文件（.doc），请在 Word 或 WPS 中打开，另存为 .docx 后重新读取。")
_LOCKED = _("文件有密码，无法打开。请先取消密码保护，再重新读取。")
_KNOWN_BY_HEAD = {
    b"%PDF-": _NO_WORDS,
    b"\x89PNG": _NO_WORDS,
    b"GIF8": _NO_WORDS,
    b"\xff\xd8\xff": _NO_WORDS,
    b"II*\x00": _NO_WORDS,
    b"MM\x00*": _NO_WORDS,
    b"{\\rtf": _SAVE_AS,
    b"<!DOCTYPE": _SAVE_AS,
    b"<html": _SAVE_AS,
    b"<?xml": _SAVE_AS,
}


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a file as it came, and what of the file is not text."""

    text: str
    skipped: tuple[Words, ...] = ()


def source_of(path: Path) -> Source:
    """The text of the file at `path`; its size is looked at before its content."""
    if path.stat().st_size > LARGEST_FILE:
        raise _too_large(path.name)
    return source_of_bytes(path.read_bytes(), name=path.name)


def source_of_bytes(data: bytes, *, name: str) -> Source:
    """The text of a file in memory. Refuses with `UnreadableDocument`, naming the file."""
    if len(data) > LARGEST_FILE:
        raise _too_large(name)
    source = _word_source(data, name) if data.startswith(_ZIP) else _text_source(data, name)
    if len(source.text) > LONGEST_TEXT:
        raise OversizedDocument(name, _("文字超过一百万字，不像一份方案。请只保留方案正文后重新读取。"))
    if not source.text.strip():
        raise UnreadableDocument(name, _("文件里没有文字。请确认选对了文件，并提供可复制文本。"))
    return source


def _word_source(data: bytes, name: str) -> Source:
    check_package(data, name=name)
    text, skipped = read_word(data, name=name)
    return Source(text, skipped)


def _text_source(data: bytes, name: str) -> Source:
    if data.startswith(_OLE):
        raise UnreadableDocument(name, _LOCKED if _ENCRYPTED_STREAM in data else _OLD_WORD)
    head = data.lstrip()[:_LONGEST_MARK]
    for mark, reason in _KNOWN_BY_HEAD.items():
        if head.startswith(mark):
            raise UnreadableDocument(name, reason)
    return Source(decoded(data, name=name))


def _too_large(name: str) -> OversizedDocument:
    return OversizedDocument(name, _("文件超过 20 MB。请删去图片和附件，只保留方案正文后重新读取。"))

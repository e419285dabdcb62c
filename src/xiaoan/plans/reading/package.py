"""The zip package of a Word file, looked through before anything parses it."""

import io
import zipfile
import zlib

from django.utils.translation import gettext_lazy as _

from xiaoan.plans.reading.errors import OversizedDocument, UnreadableDocument

MOST_PARTS = 2_000
MOST_INFLATED = 200 * 1024 * 1024
"""Bytes, all parts together."""
MOST_RATIO = 100
"""Inflated to packed bytes of one part."""
_SMALL_PART = 1024 * 1024
"""Bytes under which a part may be packed as tightly as it likes: empty tables and the like."""
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_CONTENT_TYPES = "[Content_Types].xml"


def check_package(data: bytes, *, name: str) -> None:
    """Refuses what is no Word document, has a password or macros, or unpacks to more than any plan."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_parts(package, name)
            _check_inflated(package, name)
            _check_kind(package, name)
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise UnreadableDocument(
            name, _("文件已损坏，无法打开。请重新复制或另存一份，再重新读取。")
        ) from error


def _check_parts(package: zipfile.ZipFile, name: str) -> None:
    parts = package.infolist()
    if len(parts) > MOST_PARTS:
        raise _bomb(name)
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadableDocument(name, _("文件有密码，无法打开。请先取消密码保护，再重新读取。"))


def _check_inflated(package: zipfile.ZipFile, name: str) -> None:
    """Counts what really comes out; what the package says of itself is not believed."""
    total = 0
    for part in package.infolist():
        size = 0
        allowed = max(_SMALL_PART, part.compress_size * MOST_RATIO)
        with package.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                if size > allowed or total + size > MOST_INFLATED:
                    raise _bomb(name)
        total += size


def _check_kind(package: zipfile.ZipFile, name: str) -> None:
    parts = package.namelist()
    types = package.read(_CONTENT_TYPES) if _CONTENT_TYPES in parts else b""
    if b"wordprocessingml" not in types and b"ms-word" not in types:
        raise UnreadableDocument(name, _("这不是 Word 文档。请提供 .docx、.txt 或 .md 格式的方案。"))
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in parts):
        raise UnreadableDocument(
            name, _("文件含有宏，为安全起见不予读取。请另存为不含宏的 .docx 后重新读取。")
        )


def _bomb(name: str) -> OversizedDocument:
    return OversizedDocument(name, _("文件解压后过大，不予读取。请把方案正文复制到新文档，另存后重新读取。"))

"""The zip package of a Word file, looked through before anything parses it."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.archive import Archive, ArchiveRefused, Fault
from xiaoan.foundation.errors import Words
from xiaoan.plans.reading.errors import OversizedDocument, UnreadableDocument

_CONTENT_TYPES = "[Content_Types].xml"
_TOO_LARGE = _("文件解压后过大，不予读取。请把方案正文复制到新文档，另存后重新读取。")
_REFUSALS: dict[Fault, tuple[type[UnreadableDocument], Words]] = {
    Fault.DAMAGED: (UnreadableDocument, _("文件已损坏，无法打开。请重新复制或另存一份，再重新读取。")),
    Fault.LOCKED: (UnreadableDocument, _("文件有密码，无法打开。请先取消密码保护，再重新读取。")),
    Fault.TOO_MANY: (OversizedDocument, _TOO_LARGE),
    Fault.TOO_LARGE: (OversizedDocument, _TOO_LARGE),
}


def check_package(data: bytes, *, name: str) -> None:
    """Refuses what is no Word document, has a password or macros, or unpacks to more than any plan."""
    try:
        package = Archive(data)
        for _part, _window in package.windows():
            pass  # counted by being read
        types = b"".join(package.pieces(_CONTENT_TYPES)) if _CONTENT_TYPES in package else b""
    except ArchiveRefused as refused:
        kind, words = _REFUSALS[refused.fault]
        raise kind(name, words) from refused
    if b"wordprocessingml" not in types and b"ms-word" not in types:
        raise UnreadableDocument(name, _("这不是 Word 文档。请提供 .docx、.txt 或 .md 格式的方案。"))
    if b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in package.names):
        raise UnreadableDocument(
            name, _("文件含有宏，为安全起见不予读取。请另存为不含宏的 .docx 后重新读取。")
        )

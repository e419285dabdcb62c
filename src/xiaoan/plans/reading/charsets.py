"""The characters of a text file: UTF-8, UTF-16 or GB18030, told apart by the bytes."""

import codecs
import unicodedata

from django.utils.translation import gettext_lazy as _

from xiaoan.plans.reading.errors import UnreadableDocument

_ALLOWED_CONTROLS = "\t\n\v\f\r"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_NOT_TEXT = {"Cc", "Cn", "Co", "Cs"}


def decoded(data: bytes, *, name: str) -> str:
    """The text of the bytes. A byte order mark decides; without one the first charset that fits.

    Refuses with `UnreadableDocument` where no charset gives a text, as for a binary file.
    """
    for charset in _candidates(data):
        try:
            text = data.decode(charset)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise UnreadableDocument(
        name,
        _("不是文本文件，或文字编码无法识别。请用记事本打开，以 UTF-8 编码另存为 .txt 后重新读取。"),
    )


def _candidates(data: bytes) -> list[str]:
    for mark, charset in _MARKS.items():
        if data.startswith(mark):
            return [charset]
    if b"\x00" in data:
        return sorted(("utf-16-le", "utf-16-be"), key=lambda charset: -_line_ends(data, charset))
    return ["utf-8", "gb18030"]


def _line_ends(data: bytes, charset: str) -> int:
    """How often a line feed stands in the byte order of the charset: the right one has more."""
    return data.count("\n".encode(charset))


def _is_text(text: str) -> bool:
    """Whether no character is a control, unassigned or private one."""
    return all(
        character in _ALLOWED_CONTROLS or unicodedata.category(character) not in _NOT_TEXT
        for character in set(text)
    )

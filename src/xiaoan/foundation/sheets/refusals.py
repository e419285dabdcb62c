"""Why a whole file is not read. A single wrong cell is a `CellError` and refuses nothing."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Malformed, Refused, TooLarge, Words, WrongType


class SheetRefused(Refused):
    """A file that is not read, in words that say what to do."""


class SheetTooLarge(TooLarge, SheetRefused):
    """Over a limit of size, parts, rows or columns (413)."""


class SheetWrongType(WrongType, SheetRefused):
    """Not a plain .xlsx or CSV: old, protected, with macros or links (415)."""


class SheetMalformed(Malformed, SheetRefused):
    """Damaged, hostile, or with headings that do not fit (400)."""


def file_too_large() -> SheetTooLarge:
    """The refusal of a file over 20 MB."""
    return SheetTooLarge(_("文件超过 20 MB，请分成几个文件上传。"))


def too_many_rows(limit: int) -> SheetTooLarge:
    """The refusal of one row too many."""
    return SheetTooLarge(format_lazy(_("一次最多 {limit} 行，请分批上传。"), limit=f"{limit:,}"))


def too_many_columns(limit: int, place: Words) -> SheetTooLarge:
    """The refusal of a cell beyond the last column that is read."""
    return SheetTooLarge(
        format_lazy(_("{place}：表格超过 {limit} 列，请删去多余的列再上传。"), place=place, limit=limit)
    )

"""Workbooks for tests: plain ones, and ones changed by hand into something hostile."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

SHEET_PART = "xl/worksheets/sheet1.xml"


def workbook(rows: Iterable[Sequence[Any]], name: str = "表", **options: Any) -> bytes:
    """An .xlsx as an ordinary table program writes it."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        sheet = book.add_worksheet(name)
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if hasattr(value, "year"):
                    sheet.write_datetime(number, column, value, day)
                else:
                    sheet.write(number, column, value)
    return stream.getvalue()


def rebuilt(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same workbook with parts changed, or dropped where the change is None."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return stream.getvalue()


def with_parts(data: bytes, **parts: bytes) -> bytes:
    """The same workbook with parts added."""
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def with_sheet(data: bytes, content: bytes | Callable[[bytes], bytes]) -> bytes:
    """The same workbook with the first worksheet's XML replaced or changed."""

    def change(name: str, old: bytes) -> bytes:
        if name != SHEET_PART:
            return old
        return content(old) if callable(content) else content

    return rebuilt(data, change)


def sheet_xml(rows: str) -> bytes:
    """A worksheet of hand-written rows."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def zeros(megabytes: int) -> bytes:
    """A deflated stream of so many megabytes, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = b"0" * (1024 * 1024)
    return b"".join(packer.compress(piece) for _ in range(megabytes)) + packer.flush()

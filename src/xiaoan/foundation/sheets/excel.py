"""The first visible worksheet of an .xlsx as a grid of raw cells.

The reader of cells (calamine) never meets the uploaded file: it gets a plain package made here, of a
worksheet, strings and styles that were checked and written anew.
"""

import zipfile
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from xiaoan.foundation.archive import MEGABYTE, Archive
from xiaoan.foundation.sheets.grid import Grid, RawCell, is_blank, sheet_name, stopped_reading
from xiaoan.foundation.sheets.package import DAMAGED, WORKBOOK_PART, checked_package
from xiaoan.foundation.sheets.refusals import SheetMalformed, SheetWrongType
from xiaoan.foundation.sheets.shared_parts import MAIN, shared_strings, strings_part, styles_part
from xiaoan.foundation.sheets.worksheet import Worksheet
from xiaoan.foundation.sheets.xml_events import Attributes, local_name, parse_all, strict_parser

MAX_INDEX = 4 * MEGABYTE
"""Of the parts that only list other parts."""
_NO_STYLES = b"<styleSheet/>"
_RELATIONS_PART = "xl/_rels/workbook.xml.rels"

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_CONTENT_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>'
)
_ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{{date1904}}"/>'
    f'<sheets><sheet name="data" sheetId="1" r:id="r1"/></sheets></workbook>'
)


@dataclass(frozen=True, slots=True)
class _Contents:
    """Which parts matter."""

    title: str
    sheet: str
    strings: str
    styles: str
    date1904: bool


def read_excel(data: bytes, *, max_rows: int) -> Grid:
    """The first visible worksheet's rows that are not empty; raises `SheetRefused`."""
    package = checked_package(data)
    contents = _contents(package)
    strings = shared_strings(package.pieces(contents.strings)) if contents.strings in package else []
    worksheet = Worksheet(package.pieces(contents.sheet), strings, max_rows)
    styles = package.pieces(contents.styles) if contents.styles in package else [_NO_STYLES]
    rows = _cells(_plain_package(worksheet.part(), strings_part(strings), styles_part(styles), contents))
    numbered = [(number, cells) for number, cells in enumerate(rows, start=1)]
    spoiled = {row for row, _column in worksheet.broken}
    filled = [(number, cells) for number, cells in numbered if number in spoiled or not is_blank(cells)]
    notes = (stopped_reading(worksheet.stopped_at),) if worksheet.stopped_at else ()
    return Grid(sheet_name(contents.title), filled, worksheet.broken, notes)


def _cells(package: bytes) -> list[list[RawCell]]:
    """All cells from A1 on, typed by the cell formats."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(package)) as workbook:
            return workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except CalamineError as broken:
        raise SheetMalformed(DAMAGED) from broken
    except BaseException as panic:  # a panic of the Rust reader is no Exception, and no reason to fall
        raise SheetMalformed(DAMAGED) from panic


def _plain_package(worksheet: bytes, strings: bytes, styles: bytes, contents: _Contents) -> bytes:
    """A package of parts that were written anew, under fixed names."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _ROOT)
        archive.writestr(_RELATIONS_PART, _RELATIONS)
        archive.writestr(WORKBOOK_PART, _WORKBOOK.format(date1904=int(contents.date1904)))
        archive.writestr("xl/styles.xml", styles)
        archive.writestr("xl/sharedStrings.xml", strings)
        archive.writestr("xl/worksheets/sheet1.xml", worksheet)
    return out.getvalue()


def _contents(package: Archive) -> _Contents:
    """Follow the workbook's own index to its first visible worksheet, its strings and its styles."""
    relations = [tag for name, tag in _tags(package, _RELATIONS_PART) if name == "Relationship"]
    targets = {tag.get("Id", ""): _path(tag.get("Target", "")) for tag in relations}
    by_type = {tag.get("Type", "").rpartition("/")[2]: _path(tag.get("Target", "")) for tag in relations}
    worksheets = {tag.get("Id", "") for tag in relations if tag.get("Type", "").endswith("/worksheet")}
    date1904 = False
    for name, tag in _tags(package, WORKBOOK_PART):
        if name == "workbookPr":
            date1904 = tag.get("date1904") in {"1", "true"}
        if name != "sheet" or tag.get("state", "visible") != "visible":
            continue
        relation = next((value for key, value in tag.items() if local_name(key) == "id"), "")
        if relation in worksheets and targets[relation] in package:
            strings, styles = by_type.get("sharedStrings", ""), by_type.get("styles", "")
            return _Contents(tag.get("name", ""), targets[relation], strings, styles, date1904)
    raise SheetWrongType(_("文件中没有可见的工作表，请把数据放在第一张工作表上再上传。"))


def _path(target: str) -> str:
    """A relation's target as a part's name; written from the root or from the workbook's folder."""
    target = target.removeprefix("./")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target.removeprefix('xl/')}"


def _tags(package: Archive, name: str) -> list[tuple[str, Attributes]]:
    """The opening tags of a small part, in order."""
    if name not in package or package.size(name) > MAX_INDEX:
        raise SheetMalformed(DAMAGED)
    found: list[tuple[str, Attributes]] = []
    parser = strict_parser(lambda tag, attributes: found.append((local_name(tag), attributes)))
    parse_all(parser, package.pieces(name))
    return found

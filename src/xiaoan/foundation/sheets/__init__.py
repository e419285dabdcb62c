"""Tables in and out: Excel and CSV, guarded on the way in and harmless on the way out.

In: `read_table` with declared `Column`s gives typed rows and errors that name their cells; a file that is not
read raises `SheetRefused`. Out: `write_workbook`, `write_csv`, `csv_pieces`, `template_workbook`.
"""

from xiaoan.foundation.sheets.columns import Column, Kind, Value
from xiaoan.foundation.sheets.refusals import SheetMalformed, SheetRefused, SheetTooLarge, SheetWrongType
from xiaoan.foundation.sheets.table import CellError, Row, Table, read_table
from xiaoan.foundation.sheets.writing import Sheet, csv_pieces, template_workbook, write_csv, write_workbook

__all__ = [
    "CellError",
    "Column",
    "Kind",
    "Row",
    "Sheet",
    "SheetMalformed",
    "SheetRefused",
    "SheetTooLarge",
    "SheetWrongType",
    "Table",
    "Value",
    "csv_pieces",
    "read_table",
    "template_workbook",
    "write_csv",
    "write_workbook",
]

"""The words of a Word file: tracked changes as accepted, one paragraph a block, objects left out and named."""

import io
from collections import Counter
from collections.abc import Iterator

import docx
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from docx.document import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from xiaoan.foundation.errors import Words
from xiaoan.plans.reading.errors import UnreadableDocument
from xiaoan.plans.reading.layout import PAGE
from xiaoan.plans.reading.word_numbers import AutomaticNumbers

_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _BREAK, _BREAK_KIND = qn("w:t"), qn("w:br"), qn("w:type")
_SIGNS = {qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_DROPPED = {
    *(qn(tag) for tag in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sectPr", "w:tblPr", "w:sdtPr")),
    *(qn(tag) for tag in ("w:instrText", "w:fldData")),
}
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_FORMULA = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_OBJECTS: dict[str, Promise] = {
    _ALTERNATIVES: _("图形"),
    qn("w:drawing"): _("图片"),
    qn("w:pict"): _("图形"),
    qn("w:object"): _("嵌入对象"),
    qn("w:altChunk"): _("嵌入文档"),
    qn("w:footnoteReference"): _("脚注"),
    qn("w:endnoteReference"): _("尾注"),
    _FORMULA: _("公式"),
}
_TEXT_BOX_WORDS = qn("w:txbxContent")
_TEXT_BOX = _("文本框")
_REMOVED_MARKS = "./w:pPr/w:rPr/w:del | ./w:pPr/w:rPr/w:moveFrom"


def read_word(data: bytes, *, name: str) -> tuple[str, tuple[Words, ...]]:
    """The text, paragraphs apart by a blank line, and what was left out, by kind and count."""
    try:
        reading = _Reading(docx.Document(io.BytesIO(data)))
        return "\n\n".join(reading.paragraphs()), reading.skipped()
    except (OpcError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableDocument(
            name, _("Word 文档已损坏，无法打开。请在 Word 或 WPS 中另存一份，再重新读取。")
        ) from error


class _Reading:
    """One pass over a document; counts the objects it leaves out."""

    def __init__(self, document: Document) -> None:
        self._body = document.element.body
        self._numbers = AutomaticNumbers(document)
        self._left_out: Counter[Words] = Counter()

    def paragraphs(self) -> Iterator[str]:
        """Paragraphs that hold something, a table's row by row; a removed paragraph mark joins two."""
        carried = ""
        for block in self._blocks(self._body):
            if block.tag == _TABLE:
                words = "\n".join(self._rows(block))
            else:
                words = carried + self._numbers.before(block) + self._words(block)
                carried = words if block.xpath(_REMOVED_MARKS) else ""
            if not carried and (words.strip() or PAGE in words):
                yield words
        if carried.strip():
            yield carried

    def skipped(self) -> tuple[Words, ...]:
        """What was left out: 文本框 2 处."""
        return tuple(
            format_lazy(_("{kind} {count} 处"), kind=kind, count=count)
            for kind, count in self._left_out.items()
        )

    def _blocks(self, element: etree._Element) -> Iterator[etree._Element]:
        """Paragraphs and tables in order, also inside content controls and insertions."""
        for child in element.iterchildren(etree.Element):
            if child.tag in {_PARAGRAPH, _TABLE}:
                yield child
            elif child.tag in _OBJECTS:
                self._leave_out(child)
            elif child.tag not in _DROPPED:
                yield from self._blocks(child)

    def _rows(self, table: etree._Element) -> Iterator[str]:
        for row in table.iterchildren(_ROW):
            yield "\t".join(" ".join(self._cell(cell)) for cell in row.iterchildren(_CELL))

    def _cell(self, cell: etree._Element) -> Iterator[str]:
        for block in self._blocks(cell):
            yield from self._rows(block) if block.tag == _TABLE else [self._words(block)]

    def _words(self, element: etree._Element) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: etree._Element) -> Iterator[str]:
        for child in element.iterchildren(etree.Element):
            if child.tag == _TEXT:
                yield child.text or ""
            elif child.tag == _BREAK:
                yield PAGE if child.get(_BREAK_KIND) == "page" else "\n"
            elif child.tag in _SIGNS:
                yield _SIGNS[child.tag]
            elif child.tag in _OBJECTS:
                self._leave_out(child)
            elif child.tag not in _DROPPED:
                yield from self._pieces(child)

    def _leave_out(self, element: etree._Element) -> None:
        holds_words = next(element.iter(_TEXT_BOX_WORDS), None) is not None
        self._left_out[_TEXT_BOX if holds_words else _OBJECTS[element.tag]] += 1

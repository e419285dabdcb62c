"""Numbers that Word prints but does not write into the text (自动编号), worked out as Word does."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from lxml import etree

from xiaoan.plans.reading.numerals import circled, han_number

_VALUE = qn("w:val")
_LEVEL_PLACE = re.compile(r"%([1-9])")
_WRITTEN: dict[str, Callable[[int], str]] = {
    "decimal": str,
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), circled),
    **dict.fromkeys(
        (
            "chineseCounting",
            "chineseCountingThousand",
            "japaneseCounting",
            "taiwaneseCounting",
            "taiwaneseCountingThousand",
        ),
        han_number,
    ),
}
"""How Word's formats write a number. Bullets and letters number no clause and are left out."""


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    written: str
    pattern: str
    gap: str


@dataclass(slots=True)
class _List:
    """A list of the document: the levels it shares with its kin, and where it starts afresh."""

    kin: str
    levels: dict[int, _Level]
    restarts: dict[int, int] = field(default_factory=dict)


class AutomaticNumbers:
    """The running counts of a document's lists; ask once for each paragraph, in order."""

    def __init__(self, document: Document) -> None:
        self._lists = _lists(document)
        self._styles = {
            style.get(qn("w:styleId")): style for style in document.styles.element.iterchildren(qn("w:style"))
        }
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def before(self, paragraph: etree._Element) -> str:
        """The number printed before the paragraph, with a space where Word leaves a gap; else nothing."""
        list_id, level = self._place(paragraph)
        found = self._lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        self._count(found, level)
        return self._printed(found, level)

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """List and level of the paragraph, its own or its style's; no list is an empty name."""
        for holder in (paragraph, *self._style_chain(paragraph)):
            if list_id := _value(holder, "w:pPr/w:numPr/w:numId"):
                return list_id, _number(holder, "w:pPr/w:numPr/w:ilvl", 0)
        return "", 0

    def _style_chain(self, paragraph: etree._Element) -> Iterator[etree._Element]:
        style_id, passed = _value(paragraph, "w:pPr/w:pStyle"), set()
        while style_id in self._styles and style_id not in passed:
            yield self._styles[style_id]
            passed.add(style_id)
            style_id = _value(self._styles[style_id], "w:basedOn")

    def _count(self, found: _List, level: int) -> None:
        counts = self._counts[found.kin]
        before = counts.get(level, found.levels[level].start - 1)
        counts[level] = found.restarts.pop(level, before + 1)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]

    def _printed(self, found: _List, level: int) -> str:
        def written(place: re.Match[str]) -> str:
            other = int(place[1]) - 1
            count = self._counts[found.kin].get(other, 1)
            known = found.levels.get(other)
            return _WRITTEN[known.written](count) if known and known.written in _WRITTEN else ""

        if found.levels[level].written not in _WRITTEN:
            return ""
        return _LEVEL_PLACE.sub(written, found.levels[level].pattern) + found.levels[level].gap


def _lists(document: Document) -> dict[str, _List]:
    """The lists of the numbering part by their number; a document without one has none."""
    try:
        part = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return {}
    numbering = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    kinds = {
        kind.get(qn("w:abstractNumId"), ""): dict(_levels(kind))
        for kind in numbering.iterchildren(qn("w:abstractNum"))
    }
    return {
        num.get(qn("w:numId"), ""): _list(num, kinds.get(_value(num, "w:abstractNumId"), {}))
        for num in numbering.iterchildren(qn("w:num"))
    }


def _list(num: etree._Element, levels: dict[int, _Level]) -> _List:
    restarts = {
        int(override.get(qn("w:ilvl"), "0")): _number(override, "w:startOverride", 1)
        for override in num.iterchildren(qn("w:lvlOverride"))
        if _value(override, "w:startOverride")
    }
    return _List(_value(num, "w:abstractNumId"), levels, restarts)


def _levels(kind: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in kind.iterchildren(qn("w:lvl")):
        gap = "" if _value(level, "w:suff") == "nothing" else " "
        yield (
            int(level.get(qn("w:ilvl"), "0")),
            _Level(_number(level, "w:start", 1), _value(level, "w:numFmt"), _value(level, "w:lvlText"), gap),
        )


def _value(element: etree._Element, path: str) -> str:
    """The `w:val` at the path (`w:pPr/w:numPr`); empty where there is none."""
    found = element.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else found.get(_VALUE, "")


def _number(element: etree._Element, path: str, absent: int) -> int:
    value = _value(element, path)
    return int(value) if value.isdecimal() else absent

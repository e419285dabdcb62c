"""YAML as a pack writes it: plain values with their line numbers, and nothing that could run or explode.

Anchors, aliases, merge keys, tags, tabs, doubled keys and several documents are refused, so a file means
what a clerk reads in it (`docs/pack-format.md`). Dates stay text; the schema of the file reads them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

Place = tuple[str | int, ...]
DEEPEST = 20
LONGEST_NUMBER = 15

_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?[0-9]+\.[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class BadYamlError(Exception):
    """The text is not the YAML of a pack: the line, and what to do."""

    def __init__(self, line: int, words: str) -> None:
        self.line, self.words = line, words
        super().__init__(f"{line}: {words}")


@dataclass(frozen=True, slots=True)
class YamlText:
    """The content of a file, and on which line each part of it begins."""

    content: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line_of(self, place: Place) -> int:
        """The line of a part, or of the nearest part around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def read_yaml(text: str) -> YamlText:
    """Read one file. Raises `BadYamlError` naming the line."""
    for number, line in enumerate(text.splitlines(), start=1):
        if "\t" in line:
            raise BadYamlError(number, _("这一行用了制表符，请改用两个空格缩进。"))
    lines: dict[Place, int] = {}
    try:
        events = _checked(YAML(typ="rt", pure=True).parse(text))
        content = _document(events, lines)
    except MarkedYAMLError as broken:
        raise BadYamlError(_line(broken.problem_mark), _broken_words(broken)) from broken
    except YAMLError as broken:
        raise BadYamlError(1, _("这不是 YAML 文本，请另存为 UTF-8 后重试。")) from broken
    return YamlText(content, lines)


def _broken_words(broken: MarkedYAMLError) -> str:
    """What to do about a line that YAML cannot read."""
    return _("这一行的写法读不懂（%(problem)s），请检查缩进、冒号后的空格和引号。") % {
        "problem": broken.problem or broken.context or ""
    }


def _line(mark: Any) -> int:
    """A mark's line, counted from 1."""
    return mark.line + 1 if mark else 1


def _checked(events: Iterator[Event]) -> Iterator[Event]:
    """Events of the one document, after refusing what a pack may not hold."""
    depth = documents = 0
    for event in events:
        line = _line(event.start_mark)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise BadYamlError(line, _("规则库文件不用锚点和引用（& 与 *），请把内容写全。"))
        if getattr(event, "tag", None):
            raise BadYamlError(line, _("规则库文件不用类型标记（!），请删去。"))
        documents += isinstance(event, DocumentStartEvent)
        if documents > 1:
            raise BadYamlError(line, _("一个文件只能有一份内容，请删去中间的 ---。"))
        depth += isinstance(event, (MappingStartEvent, SequenceStartEvent))
        depth -= isinstance(event, (MappingEndEvent, SequenceEndEvent))
        if depth > DEEPEST:
            raise BadYamlError(line, _("层级太深，请对照格式说明改写。"))
        if isinstance(
            event, (ScalarEvent, MappingStartEvent, MappingEndEvent, SequenceStartEvent, SequenceEndEvent)
        ):
            yield event
        elif isinstance(event, DocumentEndEvent):
            continue


def _document(events: Iterator[Event], lines: dict[Place, int]) -> Any:
    """The value of the only document; None for an empty file."""
    first = next(events, None)
    value = None if first is None else _value(first, events, (), lines)
    for _event in events:  # what follows the document is checked as well
        pass
    return value


def _value(event: Event, events: Iterator[Event], place: Place, lines: dict[Place, int]) -> Any:
    """The value that begins with an event; `_checked` has bounded the depth."""
    lines.setdefault(place, _line(event.start_mark))
    if isinstance(event, ScalarEvent):
        return _scalar(event)
    if isinstance(event, SequenceStartEvent):
        return _sequence(events, place, lines)
    return _mapping(events, place, lines)


def _sequence(events: Iterator[Event], place: Place, lines: dict[Place, int]) -> list[Any]:
    """The values up to the end of a list."""
    values: list[Any] = []
    for event in events:
        if isinstance(event, SequenceEndEvent):
            break
        values.append(_value(event, events, (*place, len(values)), lines))
    return values


def _mapping(events: Iterator[Event], place: Place, lines: dict[Place, int]) -> dict[str, Any]:
    """The pairs up to the end of a map; every key is a text and stands once."""
    values: dict[str, Any] = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            break
        line = _line(event.start_mark)
        if not isinstance(event, ScalarEvent) or event.value == "<<":
            raise BadYamlError(line, _("名称应是一个词，后面跟冒号和空格。"))
        if event.value in values:
            raise BadYamlError(line, _("“%(key)s”写了两次，请删去一处。") % {"key": event.value})
        lines[(*place, event.value)] = line
        values[event.value] = _value(next(events), events, (*place, event.value), lines)
    return values


def _scalar(event: ScalarEvent) -> Any:
    """A word, a number, a switch or nothing; what stands in quotes is always a word."""
    text = event.value
    if event.style is not None:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INT.fullmatch(text):
        return int(text) if len(text) <= LONGEST_NUMBER else text
    return float(text) if _FLOAT.fullmatch(text) else text

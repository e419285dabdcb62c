"""What is wrong with a pack, said as `file:line: words`."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from pydantic import BaseModel, ValidationError

from xiaoan.foundation.errors import Refused
from xiaoan.plans.pack.yaml_text import YamlText


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault; a warning lets the pack pass."""

    file: str
    line: int
    words: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.words}"


class FaultyPack(Refused):
    """A pack that cannot be loaded; `faults` says everything that is wrong with it."""

    status, code = 422, "faulty-pack"

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


def validated(schema: type[BaseModel], file: str, read: YamlText) -> tuple[BaseModel | None, list[Fault]]:
    """The content as its schema, or the faults by line."""
    try:
        return schema.model_validate(read.content), []
    except ValidationError as wrong:
        return None, list(_faults(wrong, file, read))


def _faults(wrong: ValidationError, file: str, read: YamlText) -> Iterator[Fault]:
    """One fault for each thing that pydantic found."""
    for error in wrong.errors():
        place = tuple(error["loc"])
        yield Fault(file, read.line_of(_known(place, read)), _words(error, place))


def _known(place: tuple[int | str, ...], read: YamlText) -> tuple[int | str, ...]:
    """The part of a place that stands in the file."""
    while place and place not in read.lines:
        place = place[:-1]
    return place


def _words(error: Any, place: tuple[int | str, ...]) -> str:
    """What to do about one thing."""
    names = [part for part in place if isinstance(part, str) and part != "[key]"]
    name = str(names[-1]) if names else ""
    pattern = _PATTERNS().get(error["type"], _("“%(name)s”的写法不对，请对照格式说明改正。"))
    if error["type"] == "value_error":
        return str(error["ctx"]["error"])
    return pattern % {"name": name, **{key: str(value) for key, value in error.get("ctx", {}).items()}}


def _PATTERNS() -> dict[str, str]:  # noqa: N802 - a table in the language of the moment
    """Words by kind of error."""
    return {
        "missing": _("缺少“%(name)s”，请补上。"),
        "extra_forbidden": _("没有“%(name)s”这一项，请删去或改正写法。"),
        "literal_error": _("“%(name)s”只能写 %(expected)s。"),
        "enum": _("“%(name)s”只能写 %(expected)s。"),
        "string_type": _("“%(name)s”应是文字；数字和日期作文字用时请加引号。"),
        "string_too_short": _("“%(name)s”不能为空。"),
        "string_too_long": _("“%(name)s”太长，最多 %(max_length)s 字。"),
        "string_pattern_mismatch": _("“%(name)s”只能用规定的字符（%(pattern)s）。"),
        "list_type": _("“%(name)s”应是列表，每行以 - 开头。"),
        "dict_type": _("“%(name)s”应是“名称: 值”的形式。"),
        "model_type": _("“%(name)s”应是“名称: 值”的形式。"),
        "model_attributes_type": _("“%(name)s”应是“名称: 值”的形式。"),
        "too_short": _("“%(name)s”至少要有一项。"),
        "date_from_datetime_parsing": _("“%(name)s”应是 2025-03-20 这样的日期。"),
        "date_parsing": _("“%(name)s”应是 2025-03-20 这样的日期。"),
        "date_type": _("“%(name)s”应是 2025-03-20 这样的日期。"),
        "bool_type": _("“%(name)s”只能写 true 或 false。"),
        "bool_parsing": _("“%(name)s”只能写 true 或 false。"),
        "int_parsing": _("“%(name)s”应是整数。"),
        "int_type": _("“%(name)s”应是整数。"),
    }

"""What one version of a pack changes against another: duties added, changed by field, ended; other files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from xiaoan.plans.pack.schema import DutyRow

MEASURE = ("who", "every", "counts", "indicator", "with", "target", "due")
"""What decides a cell: where one of these changes, past periods keep the rule they were counted by."""


@dataclass(frozen=True, slots=True)
class PackChanges:
    """Differences between two versions."""

    added: tuple[str, ...] = ()
    changed: Mapping[str, Mapping[str, list[Any]]] = field(default_factory=dict)
    """Duty code → field → old and new."""
    ended: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Other files that differ."""
    left: tuple[str, ...] = ()
    """Words on what publishing leaves to somebody's decision."""

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.ended or self.files)

    def lines(self) -> Iterator[str]:
        """The differences in words, one a line."""
        for code in self.added:
            yield _("新增任务 %(code)s") % {"code": code}
        for code, fields in self.changed.items():
            for name, (old, new) in fields.items():
                yield _("变更任务 %(code)s 的 %(field)s：%(old)s → %(new)s") % {
                    "code": code,
                    "field": name,
                    "old": in_words(old),
                    "new": in_words(new),
                }
        for code in self.ended:
            yield _("终止任务 %(code)s") % {"code": code}
        for path in self.files:
            yield _("变更文件 %(path)s") % {"path": path}
        yield from self.left


def in_words(value: Any) -> str:
    """A value of a row as a person reads it."""
    match value:
        case None:
            return _("无")
        case {"zh": words, "en": _en}:
            return str(words)
        case Mapping():
            return "，".join(f"{key}: {in_words(inner)}" for key, inner in value.items())
        case list():
            return "、".join(in_words(inner) for inner in value)
    return str(value)


def duty_changes(old: list[DutyRow], new: list[DutyRow]) -> PackChanges:
    """Differences of the duties, by code and field."""
    before, after = _by_code(old), _by_code(new)
    changed = {
        code: fields for code in after if code in before and (fields := _fields(before[code], after[code]))
    }
    return PackChanges(
        added=tuple(code for code in after if code not in before),
        changed=changed,
        ended=tuple(code for code in before if code not in after),
    )


def changed_files(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[str, ...]:
    """Files other than the duties' whose digests differ."""
    paths = sorted({*old, *new} - {"duties.yaml"})
    return tuple(path for path in paths if old.get(path) != new.get(path))


def _by_code(rows: list[DutyRow]) -> dict[str, dict[str, Any]]:
    """Rows as plain values."""
    return {row.code: row.model_dump(mode="json", by_alias=True, exclude_none=True) for row in rows}


def _fields(old: dict[str, Any], new: dict[str, Any]) -> dict[str, list[Any]]:
    """Fields that differ."""
    names = [*old, *(name for name in new if name not in old)]
    return {name: [old.get(name), new.get(name)] for name in names if old.get(name) != new.get(name)}

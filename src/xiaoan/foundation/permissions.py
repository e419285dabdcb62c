"""Who may do what, and where: one table, read at start, asked by pages, acts and lists alike.

`matrix.csv` has one row per act or reading and one column per group of roles. A cell holds scope codes
(`13-contracts.md` section 5): `D` district, `U` own subtree, `I` own institution, `P` own person, and so on; a code
may name the roles it is for (`D:centre_head,centre_staff`). What no row names is refused for everybody.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.errors import NotPermitted, Words

CODES = frozenset("DUIAVRPKX")


NOT_YOURS = _("这件事不由您的岗位办理。")


@dataclass(frozen=True, slots=True)
class Allowed:
    """Yes, by this appointment (None: by the machine's own list)."""

    posting: Posting | None = None

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Denied:
    """No, with the words that the button and the refusal show."""

    reason: Words = NOT_YOURS

    def __bool__(self) -> bool:
        return False


Verdict = Allowed | Denied


class UnknownRuleError(LookupError):
    """A name without a row in the matrix: refused loudly, never let through."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a scope code looks at in a record: its district, its unit's place in the tree, its persons, its handler."""

    district_id: UUID
    path: str
    person_ids: frozenset[UUID] = frozenset()
    handler_id: UUID | None = None
    """The unit that it was referred to."""


class Reachable(Protocol):
    """A record (or a unit) that can say where it stands."""

    def reach_target(self) -> Target:
        """Where this stands, for the scope codes."""


Grants = Mapping[str, frozenset[str]]


class Matrix:
    """The table of grants: name of an act or reading -> role -> scope codes."""

    def __init__(self, rows: Mapping[str, Grants], roles: frozenset[str]) -> None:
        self.rows = rows
        self.roles = roles

    def codes(self, name: str, role: str) -> frozenset[str]:
        """The scope codes that a role has for an act or a reading; empty means never."""
        if name not in self.rows:
            raise UnknownRuleError(f"matrix.csv has no row {name!r}")
        return self.rows[name].get(role, frozenset())


def read_matrix(path: Path) -> Matrix:
    """Read the file; a wrong code, role or width stops the start with the line's number."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(line for line in file if not line.startswith("#")))
    groups = [frozenset(cell.split()) for cell in lines[1][1:]]
    rows: dict[str, Grants] = {}
    for number, line in enumerate(lines[2:], start=3):
        if len(line) != len(groups) + 1 or line[0] in rows:
            raise ValueError(
                f"matrix.csv row {number}: {len(groups)} cells wanted, name only once: {line[:1]}"
            )
        rows[line[0]] = dict(_grants(line[1:], groups, f"matrix.csv row {number} ({line[0]})"))
    return Matrix(rows, frozenset().union(*groups))


def _grants(
    cells: list[str], groups: list[frozenset[str]], place: str
) -> Iterator[tuple[str, frozenset[str]]]:
    """Role and codes of one row."""
    for cell, group in zip(cells, groups, strict=True):
        codes: dict[str, set[str]] = {}
        for word in cell.split():
            code, _colon, names = word.partition(":")
            if code == "·":
                continue
            roles = set(names.split(",")) if names else set(group)
            if code not in CODES or not roles <= group:
                raise ValueError(f"{place}: {word!r} is no scope code with roles of its column")
            for role in roles:
                codes.setdefault(role, set()).add(code)
        for role, found in codes.items():
            yield role, frozenset(found)


@cache
def matrix() -> Matrix:
    """The installation's table."""
    return read_matrix(Path(settings.MATRIX))


def covers(code: str, posting: Posting, actor: Actor, target: Target) -> bool:
    """Whether one code of one appointment reaches a target. A district grant needs an overseeing unit."""
    if target.district_id != actor.district_id:
        return False
    if code == "D" and posting.oversees:
        return True
    if code in {"D", "U"}:
        return target.path.startswith(posting.path)
    if code == "I":
        return target.path.startswith(posting.whole_path)
    if code == "R":
        return target.handler_id is not None and target.handler_id == posting.unit_id
    return code == "P" and actor.person_id in target.person_ids


def granted(actor: Actor, name: str, reachable: Reachable) -> Verdict:
    """Whether any appointment grants the act on this record; the narrowest that does is named.

    An appointment in the record's unit or above it is narrower than oversight of the whole district.
    """
    target = reachable.reach_target()
    table = matrix()
    table.codes(name, "")  # an unknown name is refused loudly even for an actor without appointments
    granting = [
        posting
        for posting in actor.narrowest_first
        if any(covers(code, posting, actor, target) for code in table.codes(name, posting.role))
    ]
    if not granting:
        return Denied()
    return Allowed(min(granting, key=lambda posting: not target.path.startswith(posting.path)))


def demand(verdict: Verdict | None) -> None:
    """Refuse a page to whom its act is not granted. None (nothing was asked) is let through: the act will refuse."""
    if isinstance(verdict, Denied):
        raise NotPermitted(verdict.reason)


def holds_anywhere(actor: Actor, name: str) -> bool:
    """Whether any appointment grants the act or reading on anything at all (menus, buttons)."""
    table = matrix()
    return any(table.codes(name, posting.role) for posting in actor.postings)

"""The record kinds in force, and the one by which an entry was made."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from xiaoan.foundation.errors import NotFound
from xiaoan.ledgers.declarations import Kinds, RecordKind
from xiaoan.ledgers.models import Entry
from xiaoan.plans.models import PackVersion
from xiaoan.plans.queries import published_pack, section_of_version

SECTION = "kinds"


@dataclass(frozen=True, slots=True)
class KindInForce:
    """A kind with the published version that declares it."""

    version: PackVersion
    declared: RecordKind


def kinds_of(version: PackVersion | None) -> Kinds:
    """The kinds that a version declares; none without a version, or where it has no such file."""
    found = section_of_version(version, SECTION) if version else None
    return cast("Kinds", found) if found else Kinds(root=[])


def kinds_in_force(district_id: UUID) -> Kinds:
    """All kinds of the district's published pack."""
    return kinds_of(published_pack(district_id))


def kind_in_force(district_id: UUID, code: str) -> KindInForce:
    """The kind of a code in the published pack; `NotFound` for a code that it does not declare."""
    version = published_pack(district_id)
    declared = kinds_of(version).named(code)
    if version is None or declared is None:
        raise NotFound
    return KindInForce(version, declared)


def declared_for(entry: Entry) -> RecordKind:
    """The kind by which an entry was made: that of its own version, whatever was published since."""
    declared = kinds_of(entry.pack_version).named(entry.kind)
    if declared is None:
        raise LookupError(f"{entry.pack_version} declares no kind {entry.kind}")
    return declared

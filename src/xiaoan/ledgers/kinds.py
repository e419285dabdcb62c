"""The record kinds of a district: those in force, and that of any version of the pack."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast
from uuid import UUID

from xiaoan.foundation.errors import NotFound
from xiaoan.ledgers.declarations import Kinds, RecordKind
from xiaoan.plans.models import PackVersion
from xiaoan.plans.queries import published_pack, section_of_version

SECTION = "kinds"


@dataclass(frozen=True)
class KindOfVersion:
    """A kind by its code, and the version of the pack that declares it. Acts take it as a noun."""

    version: PackVersion
    code: str

    @cached_property
    def declared(self) -> RecordKind:
        """What the version says of it; `NotFound` for a code that it does not declare."""
        found = kinds_of(self.version).named(self.code)
        if found is None:
            raise NotFound
        return found


def kinds_of(version: PackVersion | None) -> Kinds:
    """The kinds that a version declares; none without a version, or where it has no such file."""
    found = section_of_version(version, SECTION) if version else None
    return cast("Kinds", found) if found else Kinds(root=[])


def kinds_in_force(district_id: UUID) -> Kinds:
    """All kinds of the district's published pack."""
    return kinds_of(published_pack(district_id))


def kind_in_force(district_id: UUID, code: str) -> KindOfVersion:
    """The kind of a code in the published pack; `NotFound` where nothing is published or declared."""
    version = published_pack(district_id)
    if version is None:
        raise NotFound
    kind = KindOfVersion(version, code)
    _declared = kind.declared
    return kind

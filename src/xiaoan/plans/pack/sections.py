"""The published rules, read again as their owner's schema. A version's file never changes, so it is read once."""

import json
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from typing import cast
from uuid import UUID

from pydantic import BaseModel

from xiaoan.foundation.packs import known_sections
from xiaoan.plans.models import PackFile, PackState, PackVersion
from xiaoan.plans.pack.changes import PackChanges, changed_files, duty_changes
from xiaoan.plans.pack.files import PackText
from xiaoan.plans.pack.schema import Duties, DutyRow

REASON = "the district's published rules"


def published_pack(district_id: object) -> PackVersion | None:
    """The version in force, if any."""
    rows = PackVersion.objects.everything(REASON)
    return rows.filter(district_id=district_id, state=PackState.PUBLISHED).first()


def section_of_version(version: PackVersion, name: str) -> BaseModel | None:
    """A section of a version as its owner's schema; None where the version has no such file."""
    rows = PackFile.objects.everything(REASON).filter(pack=version, path=f"{name}.yaml")
    found = rows.values_list("pk", "digest").first()
    return _validated(found[0], name, found[1]) if found else None


@lru_cache(maxsize=64)
def _validated(file_id: UUID, name: str, _digest: str) -> BaseModel:
    """The validated content of a stored file. The key holds the digest: a file's row never changes."""
    file = PackFile.objects.everything(REASON).only("content").get(pk=file_id)
    return known_sections()[name].schema.model_validate(json.loads(file.content))


def duty_rows(version: PackVersion) -> list[DutyRow]:
    """Rows of a version's duties.yaml."""
    return cast("Duties", section_of_version(version, "duties")).root


def version_changes(previous: PackVersion | None, version: PackVersion) -> PackChanges:
    """What a version changes against another; everything is new where there is none."""
    duties = duty_changes(duty_rows(previous) if previous else [], duty_rows(version))
    return replace(duties, files=changed_files(_digests(previous) if previous else {}, _digests(version)))


def changes_against(previous: PackVersion | None, pack: PackText) -> PackChanges:
    """What a pack that is not stored yet would change."""
    duties = duty_changes(duty_rows(previous) if previous else [], pack.duties)
    digests = {path: sha256(text.encode()).hexdigest() for path, text in pack.files.items()}
    return replace(duties, files=changed_files(_digests(previous) if previous else {}, digests))


def _digests(version: PackVersion) -> dict[str, str]:
    """Digests of a version's files by path."""
    return dict(PackFile.objects.everything(REASON).filter(pack=version).values_list("path", "digest"))

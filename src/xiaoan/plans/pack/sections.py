"""The published rules, read again as their owner's schema. A version's file never changes, so it is read once."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, cast
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
    """A section of a version as its owner's schema; None where the version has no such file or folder."""
    if known_sections()[name].part:
        return _folder_of_version(version, name)
    rows = PackFile.objects.everything(REASON).filter(pack=version, path=f"{name}.yaml")
    found = rows.values_list("pk", "digest").first()
    return _validated(found[0], name, found[1]) if found else None


@lru_cache(maxsize=64)
def _validated(file_id: UUID, name: str, _digest: str) -> BaseModel:
    """The validated content of a stored file. The key holds the digest: a file's row never changes."""
    file = PackFile.objects.everything(REASON).only("content").get(pk=file_id)
    return known_sections()[name].schema.model_validate(json.loads(file.content))


def _folder_of_version(version: PackVersion, name: str) -> BaseModel | None:
    """A section that is a folder, read whole: only publishing asks for it."""
    rows = PackFile.objects.everything(REASON).filter(pack=version, path__startswith=f"{name}/")
    stored = dict(rows.order_by("path").values_list("path", "content"))
    parts = {PurePosixPath(path).stem: json.loads(content) for path, content in stored.items()}
    return known_sections()[name].schema.model_validate(parts) if parts else None


def duty_rows(version: PackVersion) -> list[DutyRow]:
    """Rows of a version's duties.yaml."""
    return cast("Duties", section_of_version(version, "duties")).root


def version_changes(previous: PackVersion | None, version: PackVersion) -> PackChanges:
    """What a version changes against another; everything is new where there is none."""
    duties = duty_changes(duty_rows(previous) if previous else [], duty_rows(version))
    sections = {name: section_of_version(version, name) for name in _leaving()}
    return replace(
        duties,
        files=changed_files(_digests(previous) if previous else {}, _digests(version)),
        left=_left(version.district_id, sections),
    )


def changes_against(previous: PackVersion | None, pack: PackText) -> PackChanges:
    """What a pack that is not stored yet would change."""
    duties = duty_changes(duty_rows(previous) if previous else [], pack.duties)
    digests = {path: sha256(text.encode()).hexdigest() for path, text in pack.files.items()}
    return replace(
        duties,
        files=changed_files(_digests(previous) if previous else {}, digests),
        left=_left(previous.district_id, pack.sections) if previous else (),
    )


def _leaving() -> dict[str, Callable[[UUID, Any], list[str]]]:
    """The sections that may leave something to a decision."""
    return {name: section.leaves for name, section in known_sections().items() if section.leaves}


def _left(district_id: UUID, sections: Mapping[str, BaseModel | None]) -> tuple[str, ...]:
    """What publishing these sections would leave to somebody's decision."""
    return tuple(
        words
        for name, leaves in _leaving().items()
        if sections.get(name) is not None
        for words in leaves(district_id, sections[name])
    )


def _digests(version: PackVersion) -> dict[str, str]:
    """Digests of a version's files by path."""
    return dict(PackFile.objects.everything(REASON).filter(pack=version).values_list("path", "digest"))

"""What the codes of a point mean by the pack in force: norms, accidents, kinds of hazards, conditions of 重大."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from xiaoan.inspections.declarations import Norm
from xiaoan.plans.queries import published_pack, section_of_version

SECTIONS = ("norms", "risks", "hazards")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names by code, in the order of the pack; nothing where the pack says nothing."""

    norms: Mapping[str, Norm] = field(default_factory=dict)
    """By their Chinese short title."""
    accidents: Mapping[str, Any] = field(default_factory=dict)
    hazards: Mapping[str, Any] = field(default_factory=dict)
    criteria: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, sections: Mapping[str, Any]) -> Self:
        """From the sections of a pack."""
        norms, risks, hazards = (sections.get(name) for name in SECTIONS)
        return cls(
            {norm.title.zh: norm for norm in getattr(norms, "root", ())},
            _by_code(risks, "accidents"),
            _by_code(hazards, "kinds"),
            _by_code(hazards, "criteria"),
        )

    def norm(self, citation: str) -> Norm | None:
        """The norm that a citation names; None where the pack has none of that title."""
        return self.norms.get(citation.partition(" ")[0])


def vocabulary_in_force(district_id: UUID) -> Vocabulary:
    """Of the published pack: one statement for it and one for each section."""
    version = published_pack(district_id)
    return Vocabulary.of({name: section_of_version(version, name) for name in SECTIONS} if version else {})


def _by_code(section: Any, name: str) -> dict[str, Any]:
    """Rows of a list of a section by their code."""
    return {row.code: row for row in getattr(section, name, ())}

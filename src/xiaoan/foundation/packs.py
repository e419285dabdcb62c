"""Pack sections: a module registers the file, or the folder of files, of the policy pack that it understands.

`plans` stores all sections and imports none; publishing hands each section to its owner.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from xiaoan.foundation.errors import Words
from xiaoan.foundation.languages import in_language


class PackPart(BaseModel):
    """A piece of a pack file: an unknown key is an error, and what was read stays as it was."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class InTwoLanguages(PackPart):
    """Words that a person reads in the interface, `{zh, en}`; as text, those of the page's language."""

    zh: Annotated[str, Field(min_length=1, max_length=400)]
    en: Annotated[str, Field(min_length=1, max_length=600)]

    def __str__(self) -> str:
        return in_language(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Misfit:
    """What does not fit between the files of a pack: what to do about it, and where it stands."""

    words: str
    place: tuple[str | int, ...] = ()
    """The way to it inside the file: keys, and numbers of rows from 0."""
    file: str = ""
    """Which file of a section that is a folder, without ending."""


@dataclass(frozen=True, slots=True)
class Section:
    """One file of a pack: its name without ending, its schema, and what publishing does with it."""

    name: str
    schema: type[BaseModel]
    title: Words
    part: type[BaseModel] | None = None
    """The schema of each file where the section is a folder; `schema` then takes `{file without ending: content}`."""
    publish: Callable[..., None] | None = None
    """Called inside the act of publishing as `publish(actor=…, ask=…, district=…, content=…)`."""
    check: Callable[[Mapping[str, Any]], list[Misfit]] | None = None
    """What does not fit between sections (`{section name: validated model}`), if anything."""
    leaves: Callable[[UUID, Any], list[str]] | None = None
    """Words on what publishing this content would leave to somebody's decision in a district, if anything."""


_sections: dict[str, Section] = {}


def register_section(section: Section) -> None:
    """Announce that a module owns a file of the pack."""
    if section.name in _sections:
        raise ValueError(f"two modules own the pack file {section.name}")
    _sections[section.name] = section


def known_sections() -> dict[str, Section]:
    """All registered sections by file name."""
    return dict(_sections)

"""帮助: a two-page guide for each role, read from `guides/*.yaml`, which a clerk can correct."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from django.templatetags.static import static
from PIL import Image
from pydantic import Field, model_validator
from ruamel.yaml import YAML

from xiaoan.foundation.actor import Actor, Posting
from xiaoan.foundation.errors import NotFound
from xiaoan.foundation.languages import in_language
from xiaoan.foundation.packs import InTwoLanguages, PackPart

GUIDES = Path(__file__).with_name("guides")
PICTURES = Path(__file__).with_name("static") / "help"
SHARED = "shared"
"""The file of what several guides say: situations, terms, and the order of the guides."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]


class Picture(PackPart):
    """A cut of the real page in the page's language, and what it shows in words."""

    name: Name
    alt: InTwoLanguages

    @property
    def file(self) -> Path:
        """Where it lies, in the language of the page."""
        return PICTURES / f"{self.name}-{in_language('zh', 'en')}.webp"

    @property
    def url(self) -> str:
        """Its address."""
        return static(f"help/{self.file.name}")

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, so that nothing moves while it loads."""
        return _size(self.file)


class Step(PackPart):
    """Something that one does in the system."""

    title: InTwoLanguages
    words: InTwoLanguages
    picture: Picture


class Situation(PackPart):
    """Something unusual, and what to do."""

    title: InTwoLanguages
    words: InTwoLanguages


class Term(PackPart):
    """A word of the screen in both languages, and what it means."""

    zh: Annotated[str, Field(min_length=1, max_length=20)]
    en: Annotated[str, Field(min_length=1, max_length=40)]
    means: InTwoLanguages

    @property
    def word(self) -> str:
        """The word in the language of the page."""
        return in_language(self.zh, self.en)

    @property
    def in_chinese(self) -> str:
        """What stands beside it on a page in English: the word that colleagues say."""
        return in_language("", self.zh)


class Guide(PackPart):
    """The guide of a role, or of some of its posts."""

    title: InTwoLanguages
    lead: InTwoLanguages
    roles: list[Name] = []
    posts: list[Name] = []
    """Posts whose holders read this guide and not the one of their role."""
    day: Annotated[list[Step], Field(min_length=3, max_length=5)]
    unusual: Annotated[list[Name], Field(min_length=3, max_length=8)]
    ask: InTwoLanguages
    terms: Annotated[list[Name], Field(min_length=3, max_length=10)]


class Guides(PackPart):
    """All guides, and what they share."""

    order: list[Name]
    situations: dict[Name, Situation]
    terms: dict[Name, Term]
    guides: dict[Name, Guide]

    @model_validator(mode="after")
    def _names_what_is_there(self) -> Self:
        """Every situation and term that a guide names is in the shared file, and every guide in the order."""
        named = {name for guide in self.guides.values() for name in (*guide.unusual, *guide.terms)}
        unknown = named - set(self.situations) - set(self.terms)
        unordered = set(self.order) ^ set(self.guides)
        if unknown or unordered:
            raise ValueError(f"guides name what is not there: {sorted(unknown | unordered)}")
        return self

    def of(self, posting: Posting) -> str | None:
        """The guide of an appointment: by its post, or else by its role."""
        by_post = [name for name in self.order if posting.post in self.guides[name].posts]
        by_role = [name for name in self.order if posting.role in self.guides[name].roles]
        return next(iter(by_post + by_role), None)


@cache
def guides() -> Guides:
    """All guides. Raises a validation error with its place when a file does not fit."""
    read = YAML(typ="safe", pure=True)
    files = {path.stem: read.load(path.read_text(encoding="utf-8")) for path in sorted(GUIDES.glob("*.yaml"))}
    return Guides.model_validate(files.pop(SHARED) | {"guides": files})


def guide_named(name: str) -> Guide:
    """One guide. Raises `NotFound`."""
    found = guides().guides.get(name)
    if found is None:
        raise NotFound
    return found


def own_guides(actor: Actor) -> list[str]:
    """Names of the guides for what somebody holds today, the narrowest appointment first."""
    found = [guides().of(posting) for posting in actor.narrowest_first]
    return list(dict.fromkeys(name for name in found if name))


@cache
def _size(file: Path) -> tuple[int, int]:
    """Width and height of a picture."""
    with Image.open(file) as picture:
        return picture.size

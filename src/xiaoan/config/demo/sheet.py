"""`demo.yaml` of the demo's pack, read into types: invented names, and nothing that a rule would need."""

import re
from collections import Counter
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from ruamel.yaml import YAML

PACKS = ("_packs", "../../packs")
"""Where packs lie, seen from the package: inside an installed wheel, or beside `src` in a checkout."""

Side = Literal["school", "bureau", "outside", "platform"]


class Line(BaseModel):
    """A map of the file: an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Line):
    """Words in both languages."""

    zh: str
    en: str


class Named(Line):
    """A unit of which the code and the name are enough."""

    code: str
    name: str


class Group(Named):
    """A 协作组 and the town in which its members lie."""

    town: str


class InstitutionKind(Line):
    """A sort of institution and how many of it follow."""

    code: str
    kind: Literal["school", "affiliated"]
    stage: str = ""
    private: bool
    count: int


class Institution(Named):
    """学校单位: a school or a directly affiliated unit."""

    of: str
    group: str
    pupils: int
    boarders: int = 0
    sponsor: str = ""


class CastLine(Line):
    """Somebody on the log-in page, and what to look at as them."""

    login: str
    name: str
    unit: str
    post: str = ""
    role: str = ""
    side: Side
    look_at: Words


class Decision(Line):
    """A 议定事项 as schools put it, and the post that carries it out."""

    text: str
    post: str


class Season(Line):
    """What is on the table in some months of the year."""

    code: str
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...]
    agenda: tuple[str, ...]
    decisions: tuple[Decision, ...]


class HazardSaying(Line):
    """How a safety officer puts a hazard: its kind, the kind or name of its place, the post for it, and what was done."""

    kind: str
    months: tuple[Annotated[int, Field(ge=1, le=12)], ...] = ()
    """When it is said; always, where none is named."""
    at: str
    post: str
    text: str
    done: str


class SetAside(Line):
    """A report that was no hazard: what was seen where, and the words with which it was dismissed or taken back."""

    ended: Literal["dismissed", "void"]
    kind: str
    place: str
    text: str
    words: str


class Sheet(Line):
    """The whole file."""

    banner: Words
    surnames: tuple[str, ...]
    given_names: tuple[str, ...]
    bureau: Named
    centre: Named
    sections: tuple[Named, ...]
    partners: tuple[Named, ...]
    third_parties: tuple[Named, ...]
    guard_companies: tuple[Named, ...]
    sponsors: tuple[Named, ...]
    towns: tuple[Named, ...]
    groups: tuple[Group, ...]
    institution_kinds: tuple[InstitutionKind, ...]
    institutions: tuple[Institution, ...]
    departments: tuple[str, ...]
    cast: tuple[CastLine, ...]
    seasons: tuple[Season, ...]
    hazards: tuple[HazardSaying, ...]
    set_aside: tuple[SetAside, ...]

    @cached_property
    def kinds(self) -> dict[str, InstitutionKind]:
        """Institution kinds by code."""
        return {kind.code: kind for kind in self.institution_kinds}

    @cached_property
    def groups_by_code(self) -> dict[str, Group]:
        """Groups by code."""
        return {group.code: group for group in self.groups}

    @cached_property
    def town_names(self) -> dict[str, str]:
        """Names of towns by code."""
        return {town.code: town.name for town in self.towns}

    def season_of(self, day: date) -> Season:
        """What is on the table on a day."""
        return next(season for season in self.seasons if day.month in season.months)

    def kind_of(self, institution: Institution) -> InstitutionKind:
        """The sort of an institution."""
        return self.kinds[institution.of]

    def resized(self, institutions: int) -> "Sheet":
        """The same district with fewer institutions: where the cast works, one group whole, some of each sort."""
        at_work = [line.unit for line in self.cast]
        home = next(each.group for code in at_work for each in self.institutions if each.code == code)
        seen: Counter[str] = Counter()
        rank = {}
        for each in self.institutions:
            seen[each.of] += 1
            rank[each.code] = (each.code not in at_work, each.group != home, seen[each.of])
        kept = set(sorted(rank, key=lambda code: rank[code])[:institutions])
        return self.model_copy(
            update={"institutions": tuple(each for each in self.institutions if each.code in kept)}
        )


def pack_folder() -> Path:
    """The pack that the demo district runs by: the first, by name, that brings names for one."""
    package = Path(__file__).resolve().parents[2]
    found = [file.parent for place in PACKS for file in sorted((package / place).glob("*/demo.yaml"))]
    if not found:
        raise FileNotFoundError("no pack with a demo.yaml was found beside this program")
    return found[0]


def read_sheet(folder: Path) -> Sheet:
    """The names of a pack's demo district. A pydantic error names what is wrong in the file."""
    lines = YAML(typ="safe", pure=True).load(folder / "demo.yaml")
    return Sheet.model_validate(lines)


def post_titles(folder: Path) -> dict[str, str]:
    """The Chinese title of every post of the pack: what the import column 岗位 holds."""
    posts = YAML(typ="safe", pure=True).load(folder / "posts.yaml")
    return {post["code"]: post["title"]["zh"] for post in posts}


def digits_of(code: str) -> str:
    """`XX-14` as it stands in a 工号: `XX14`."""
    return re.sub(r"[^A-Z0-9]", "", code)

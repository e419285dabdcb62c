"""The pack's file `posts.yaml`: the catalogue of posts (`docs/pack-format.md`)."""

from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field, RootModel, field_validator, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart
from xiaoan.foundation.permissions import matrix
from xiaoan.organisations.models import UnitKind
from xiaoan.people.permissions import PLATFORM_POSTS


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as published."""

    code: str
    name_zh: str
    name_en: str
    role: str
    is_head: bool
    is_lead: bool
    kinds: str
    aliases: str


Name = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S+$")]


class Words(InTwoLanguages):
    """The title in both languages; the Chinese one is what the Excel column 岗位 holds."""

    zh: Name
    en: Annotated[str, Field(min_length=1, max_length=60)]


class PostLine(PackPart):
    """A post of the catalogue."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
    title: Words
    role: str
    kinds: Annotated[list[UnitKind], Field(min_length=1)]
    aliases: list[Name] = []
    head: bool = False
    lead: bool = False
    """分管负责同志; who stands in for somebody (代理) is a matter of the appointment."""

    @field_validator("code", "role")
    @classmethod
    def _is_no_platform_post(cls, value: str) -> str:
        if value in PLATFORM_POSTS:
            raise ValueError(_("平台管理员、安全管理员、审计员（三员）不能由规则库授予。"))
        return value

    @field_validator("role")
    @classmethod
    def _role_exists(cls, value: str) -> str:
        if value not in matrix().roles:
            raise ValueError(_("没有“%(role)s”这个角色。") % {"role": value})
        return value

    def row(self) -> PostRow:
        """The line as the act takes it."""
        return PostRow(
            code=self.code,
            name_zh=self.title.zh,
            name_en=self.title.en,
            role=self.role,
            is_head=self.head,
            is_lead=self.lead,
            kinds=" ".join(self.kinds),
            aliases=" ".join(self.aliases),
        )


class PostsFile(RootModel[list[PostLine]]):
    """`posts.yaml`."""

    @model_validator(mode="after")
    def _names_stand_once(self) -> "PostsFile":
        for names in (
            [line.code for line in self.root],
            [name for line in self.root for name in (line.title.zh, *line.aliases)],
        ):
            repeated = sorted({name for name in names if names.count(name) > 1})
            if repeated:
                raise ValueError(_("%(names)s 出现了不止一次。") % {"names": "、".join(repeated)})
        return self

"""What `pack.yaml`, `duties.yaml` and `demo.yaml` may hold (`docs/pack-format.md`); other files belong to other modules."""

import calendar
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pydantic import BaseModel, ConfigDict, Field, RootModel, field_validator, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart, Section, register_section
from xiaoan.organisations.models import Stage, UnitKind

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-]{1,16}$")]
PostCode = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
Text = Annotated[str, Field(min_length=1, max_length=400)]
Grade = Literal["A", "A-", "B", "C"]
FORMAT = (1, 0)
"""The format of packs that this release reads (`docs/pack-format.md`)."""
LEAP_YEAR = 2024
MARKS = "原据参推"


class Span(PackPart):
    """From a day to a day, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError(_("结束日期早于开始日期，请改正。"))
        return self


class DocumentRow(PackPart):
    """A plan that the pack makes duties of."""

    code: Code
    number: Annotated[str, Field(min_length=1, max_length=60)]
    title: InTwoLanguages
    issuer: Annotated[str, Field(min_length=1, max_length=60)]
    date: date
    file: Annotated[str, Field(pattern=r"^documents/[A-Za-z0-9._\-]+\.md$")]
    aliases: dict[Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9]{0,15}$")], str]


class SourceRow(PackPart):
    """A norm that a duty rests on beside the plan."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9\-]{1,40}$")]
    title: InTwoLanguages
    number: Text | None = None
    article: Text | None = None
    grade: Grade
    first: date | None = Field(default=None, alias="from")
    last: date | None = Field(default=None, alias="to")
    duties: list[Code]
    note: InTwoLanguages | None = None


class PackSheet(PackPart):
    """pack.yaml."""

    written_for: Annotated[str, Field(alias="format", pattern=r"^[0-9]{1,4}\.[0-9]{1,4}$")] = "1.0"
    """The format that the files follow; `files.read_pack` has refused a newer one than `FORMAT`."""
    name: Annotated[str, Field(pattern=r"^[a-z0-9\-]{1,60}$")]
    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9.\-]{1,40}$")]
    title: InTwoLanguages
    period: Span
    documents: Annotated[list[DocumentRow], Field(min_length=1)]
    sources: list[SourceRow]


class Owner(PackPart):
    """Whose duty it is: units of these kinds (and stages), or the one unit named."""

    kind: Annotated[list[UnitKind], Field(min_length=1)] | None = None
    stage: Annotated[list[Stage], Field(min_length=1)] | None = None
    unit: Annotated[str, Field(min_length=1, max_length=32)] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if (self.kind is None) == (self.unit is None) or (self.unit and self.stage):
            raise ValueError(_("who 里写 kind（可加 stage），或者只写 unit，二者择一。"))
        return self


class DutyRow(PackPart):
    """A row of duties.yaml (`13-contracts.md` section 6)."""

    code: Code
    cites: Annotated[dict[str, Annotated[str, Field(min_length=1, max_length=60)]], Field(min_length=1)]
    title: InTwoLanguages
    rule: InTwoLanguages
    who: Owner
    post: Annotated[list[PostCode], Field(min_length=1)]
    every: Literal["year", "half-year", "quarter", "month", "school-year", "term"]
    counts: Literal["flow", "stock", "trend"]
    indicator: Annotated[str, Field(pattern=r"^[a-z_]+\.[a-z_]+$", max_length=60)] | None = None
    parameters: dict[str, Any] | None = Field(default=None, alias="with")
    awaits: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")] | None = None
    target: str
    source: str
    due: str | None = None
    note: InTwoLanguages | None = None

    @field_validator("target")
    @classmethod
    def _percent_or_goal(cls, value: str) -> str:
        number = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,2})?)%", value)
        if value != "goal" and not (number and Decimal(number[1]) <= 100):  # noqa: PLR2004 - per cent
            raise ValueError(_("target 写作 100%、95% 这样的百分数，或者 goal。"))
        return value

    @field_validator("source")
    @classmethod
    def _marks(cls, value: str) -> str:
        marks = value.split("/")
        if len(marks) > 2 or any(mark not in tuple(MARKS) for mark in marks):  # noqa: PLR2004 - period and target
            raise ValueError(_("source 写作 原/参 这样的两个标记，或者一个：原、据、参、推。"))
        return value

    @field_validator("due")
    @classmethod
    def _a_day_of_a_year(cls, value: str | None) -> str | None:
        found = re.fullmatch(r"([0-9]{2})-([0-9]{2})", value or "01-01")
        month, day = (int(found[1]), int(found[2])) if found else (0, 0)
        if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(LEAP_YEAR, month)[1]):  # noqa: PLR2004 - months
            raise ValueError(_('due 写作 "06-30" 这样的月和日。'))
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if (self.indicator is None) == (self.awaits is None):
            raise ValueError(_("indicator 和 awaits 写一个，且只写一个。"))
        if self.parameters is not None and self.indicator is None:
            raise ValueError(_("with 只与 indicator 同用。"))
        if (self.counts == "trend") != self.is_goal:
            raise ValueError(_("counts: trend 与 target: goal 总是一起写。"))
        if self.due and self.every not in {"year", "school-year"}:
            raise ValueError(_("due 只用于 year 和 school-year。"))
        return self

    @property
    def is_goal(self) -> bool:
        """A direction against last year, never met or failed."""
        return self.target == "goal"

    @property
    def percent(self) -> Decimal | None:
        """The target as a number of per cent."""
        return None if self.is_goal else Decimal(self.target.rstrip("%"))

    @property
    def marks(self) -> tuple[str, str]:
        """Source marks of period and target."""
        first, _stroke, second = self.source.partition("/")
        return first, second or first

    @property
    def must_be_confirmed(self) -> bool:
        """Whether the bureau has to confirm a parameter or an inference once."""
        return bool({"参", "推"} & set(self.marks))


class Duties(RootModel[Annotated[list[DutyRow], Field(min_length=1)]]):
    """duties.yaml."""


class DemoSheet(BaseModel):
    """demo.yaml: names for the demo data. No rule reads it, so its inside is checked by the demo itself."""

    model_config = ConfigDict(extra="allow")

    banner: InTwoLanguages


for _section in (
    Section("pack", PackSheet, gettext_lazy("规则库")),
    Section("duties", Duties, gettext_lazy("任务")),
    Section("demo", DemoSheet, gettext_lazy("演示数据的名称")),
):
    register_section(_section)

"""What the pack says of checklists (`checklists/*.yaml`) and of what they rest on (`norms.yaml`)."""

from collections import Counter
from decimal import Decimal
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, RootModel, StrictBool, StrictInt, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart
from xiaoan.inspections.contents import LONGEST_BASIS, LONGEST_TEXT, MOST_POINTS

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Citation = Annotated[str, Field(pattern=r"^\S+( [0-9]+(、[0-9]+)*)?$", max_length=LONGEST_BASIS // 3)]
"""The short title of a norm, and articles: 消防法 28, 校车条例 14、16."""
Figure = Annotated[Decimal, Field(ge=0, lt=100_000_000, decimal_places=2)]


class Text(InTwoLanguages):
    """A point in words."""

    zh: Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
    en: Annotated[str, Field(min_length=1, max_length=300)]


class Title(InTwoLanguages):
    """The name of a checklist: that of its kind of place."""

    zh: Annotated[str, Field(min_length=1, max_length=40)]
    en: Annotated[str, Field(min_length=1, max_length=80)]


class Measure(InTwoLanguages):
    """What a number counts."""

    zh: Annotated[str, Field(min_length=1, max_length=10)]
    en: Annotated[str, Field(min_length=1, max_length=20)]


class AnswerSpec(PackPart):
    """How a point is answered where 合格 or 不合格 does not say enough."""

    type: Literal["judged", "number", "text"]
    unit: Measure | None = None
    least: Figure | None = None
    most: Figure | None = None

    @model_validator(mode="after")
    def _bounds_belong_to_numbers(self) -> Self:
        if (self.type == "number") != (self.unit is not None):
            raise ValueError(_("type: number 要写 unit（单位），其他类型不写。"))
        if self.type != "number" and (self.least is not None or self.most is not None):
            raise ValueError(_("least、most 只用于 type: number。"))
        if self.least is not None and self.most is not None and self.most < self.least:
            raise ValueError(_("most 小于 least，请改正。"))
        return self


class PointRow(PackPart):
    """A point of a checklist."""

    number: StrictInt
    text: Text
    answer: AnswerSpec = AnswerSpec(type="judged")
    photo: StrictBool = False
    basis: Annotated[list[Citation], Field(max_length=3)] = []
    accident: Code | None = None
    hazard: Code
    major: Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,11}$")] | None = None
    weight: Annotated[StrictInt, Field(ge=1, le=100)] = 1


class ChecklistSheet(PackPart):
    """A file of the folder; its name is the checklist's code."""

    order: Annotated[StrictInt, Field(ge=1, le=999)]
    place_kind: Annotated[str, Field(min_length=1, max_length=32)]
    title: Title
    scored: StrictBool = False
    points: Annotated[list[PointRow], Field(min_length=1, max_length=MOST_POINTS)]


class Checklists(RootModel[dict[str, ChecklistSheet]]):
    """The folder, by code."""


class NormTitle(InTwoLanguages):
    """The short title by which points cite it: one word in Chinese."""

    zh: Annotated[str, Field(pattern=r"^\S+$", max_length=30)]
    en: Annotated[str, Field(min_length=1, max_length=120)]


class Norm(PackPart):
    """依据: a text that points rest on."""

    title: NormTitle
    number: Annotated[str, Field(min_length=1, max_length=60)] | None = None
    grade: Literal["A", "A-", "B"]
    """A found and read, A- second-hand, B background: a default of the bureau, never shown as law."""


class Norms(RootModel[list[Norm]]):
    """`norms.yaml`."""

    @model_validator(mode="after")
    def _titles_stand_once(self) -> Self:
        counted = Counter(norm.title.zh for norm in self.root)
        if repeated := [title for title, times in counted.items() if times > 1]:
            raise ValueError(_("%(names)s 出现了不止一次。") % {"names": "、".join(repeated)})
        return self

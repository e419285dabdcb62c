"""What the pack says about risks (`risks.yaml`, docs/pack-format.md): accidents by name, and the starter list."""

from collections import Counter
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart
from xiaoan.foundation.ui.signs import Sign
from xiaoan.risks.models import LEVEL_SIGNS, Level

LONGEST_POINT = 80
LONGEST_MEASURES = 400

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
Grade = Literal["A", "A-", "B", "C"]
Colour = Literal["red", "orange", "yellow", "blue"]


class Title(InTwoLanguages):
    """The name of an accident."""

    zh: Annotated[str, Field(min_length=1, max_length=20)]
    en: Annotated[str, Field(min_length=1, max_length=40)]


class Point(InTwoLanguages):
    """What can go wrong: no longer than the list's own column."""

    zh: Annotated[str, Field(min_length=1, max_length=LONGEST_POINT)]
    en: Annotated[str, Field(min_length=1, max_length=160)]


class Measures(InTwoLanguages):
    """What keeps it in check."""

    zh: Annotated[str, Field(min_length=1, max_length=LONGEST_MEASURES)]
    en: Annotated[str, Field(min_length=1, max_length=800)]


class Accident(PackPart):
    """事故类型: what a risk or a hazard can lead to."""

    code: Code
    title: Title


class StarterPoint(PackPart):
    """A risk point that most places of a kind have."""

    code: Code
    place_kind: Annotated[str, Field(min_length=1, max_length=32)]
    """类别 of the register of places, as imports write it."""
    unless_named: list[Annotated[str, Field(min_length=1, max_length=20)]] = []
    """Words in the name of a place of the kind that has no such point: a canteen's storeroom has no stove."""
    point: Point
    level: Colour
    measures: Measures
    post: Code
    accident: Code
    grade: Grade
    """How well its facts are grounded (`pack.yaml`, sources)."""

    def suits(self, place_name: str) -> bool:
        """Whether a place of the kind can have this point, by its name."""
        return not any(word in place_name for word in self.unless_named)

    @property
    def sign(self) -> Sign:
        """Its level, drawn."""
        return LEVEL_SIGNS[self.level_value]

    @property
    def level_value(self) -> Level:
        """Its level as risk points store it."""
        return Level[self.level.upper()]


class RiskRules(PackPart):
    """`risks.yaml`."""

    accidents: list[Accident] = []
    starters: list[StarterPoint] = []

    @model_validator(mode="after")
    def _codes_stand_once(self) -> Self:
        for rows in (self.accidents, self.starters):
            if repeated := [code for code, times in Counter(row.code for row in rows).items() if times > 1]:
                raise ValueError(_("%(names)s 出现了不止一次。") % {"names": "、".join(repeated)})
        return self

    @model_validator(mode="after")
    def _accidents_are_named(self) -> Self:
        known = {accident.code for accident in self.accidents}
        if unknown := sorted({row.accident for row in self.starters} - known):
            raise ValueError(_("accidents 里没有 %(names)s，请补上或改正。") % {"names": "、".join(unknown)})
        return self

    def accident(self, code: str) -> Accident | None:
        """The accident of a code; None where the pack no longer has it."""
        return next((accident for accident in self.accidents if accident.code == code), None)

    def starters_for(self, place_kind: str, place_name: str) -> list[StarterPoint]:
        """The starter points of a place, in the order of the file."""
        return [row for row in self.starters if row.place_kind == place_kind and row.suits(place_name)]

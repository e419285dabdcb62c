"""What the pack says of hazards (`hazards.yaml`): kinds, criteria of 重大, dates, reminder steps, looks back.

Every figure here is a choice of the bureau (grade B of the facts): no law gives these days.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Literal, Self

from django.utils.translation import gettext as _
from pydantic import Field, StrictBool, StrictInt, model_validator

from xiaoan.foundation.packs import InTwoLanguages, PackPart

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
CriterionCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{1,11}$")]
Days = Annotated[StrictInt, Field(ge=0, le=366)]
Phrase = Annotated[str, Field(min_length=1, max_length=200)]


class Bilingual(InTwoLanguages):
    """Titles: no longer than a line of a form."""

    zh: Phrase
    en: Phrase


class HazardKind(PackPart):
    """A kind of hazard, as a safety officer names it."""

    code: Code
    title: Bilingual
    campaign: StrictBool = False
    """Whether the special campaigns count it (消防、燃气、坍塌、踩踏、物体打击)."""


class Criterion(PackPart):
    """A condition that proposes 重大. A person decides; the source's grade is shown beside it."""

    code: CriterionCode
    kinds: Annotated[list[Code], Field(min_length=1)]
    title: Bilingual
    grade: Literal["A", "B"]
    """A: restated from a published text. B: a working set, to be replaced by the bureau; never shown as law."""


class Deadlines(PackPart):
    """Proposed days from handing out to putting right."""

    general: Days
    major: Days
    most: Days
    """The longest that a person may choose for a general hazard."""


class Extensions(PackPart):
    """More time: once by the level that handed it out, then one level up."""

    most_days: Days


class Reminders(PackPart):
    """催办: days before the date, 0 the day itself."""

    general: Annotated[list[Days], Field(min_length=1)]
    major: Annotated[list[Days], Field(min_length=1)]


class LooksBack(PackPart):
    """回头看 after closing."""

    share: Annotated[StrictInt, Field(ge=0, le=100)]
    """Of general hazards, in per cent."""
    general: Days
    major: Annotated[list[Days], Field(min_length=1)]
    ahead: Days
    """How many days before its date a look back is called for."""


class HazardRules(PackPart):
    """The whole file."""

    kinds: Annotated[list[HazardKind], Field(min_length=1)]
    criteria: list[Criterion]
    deadlines: Deadlines
    extensions: Extensions
    reminders: Reminders
    looks_back: LooksBack
    archive_after: Days
    """Days after closing when what is not looked at again archives itself."""
    repeats_within: Days
    """How long after its finding the same kind at the same place counts as a recurrence."""
    protects_self_reports: StrictBool
    """自查自报保护: what a unit found, controlled and put right in time never counts against it."""

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _refuse_doubles(kind.code for kind in self.kinds)
        _refuse_doubles(kind.title.zh for kind in self.kinds)
        _refuse_doubles(criterion.code for criterion in self.criteria)
        known = {kind.code for kind in self.kinds}
        if unknown := sorted({kind for each in self.criteria for kind in each.kinds} - known):
            raise ValueError(
                _("criteria 用了 kinds 里没有的种类：%(codes)s。") % {"codes": "、".join(unknown)}
            )
        return self

    def kind(self, code: str) -> HazardKind | None:
        """The kind of a code."""
        return next((kind for kind in self.kinds if kind.code == code), None)

    def criterion(self, code: str) -> Criterion | None:
        """The criterion of a code."""
        return next((each for each in self.criteria if each.code == code), None)

    def criteria_for(self, kind: str) -> list[Criterion]:
        """What may make a hazard of this kind major."""
        return [each for each in self.criteria if kind in each.kinds]


def _refuse_doubles(codes: Iterable[str]) -> None:
    """A code stands once."""
    if doubled := [code for code, times in Counter(codes).items() if times > 1]:
        raise ValueError(_("“%(codes)s”写了不止一次，请改正。") % {"codes": "、".join(doubled)})

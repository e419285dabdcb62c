"""The pack's file `calendar.yaml`: terms, breaks, holidays and key dates (`docs/pack-format.md`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any, Self

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from xiaoan.foundation.errors import Refused
from xiaoan.foundation.packs import InTwoLanguages, PackPart
from xiaoan.foundation.periods import TermDates


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as published."""

    code: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class BreakRow:
    """A stretch without school, as published."""

    code: str
    name_zh: str
    name_en: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class DayRow:
    """A day that is not what its weekday says, as published."""

    day: date
    working: bool
    name: str


Code = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,32}$")]
Text = Annotated[str, Field(min_length=1, max_length=40)]
Grade = Annotated[str, Field(pattern="^(A|A-|B|C)$")]


class Words(InTwoLanguages):
    """Words that a person reads in the interface, in both languages."""

    zh: Text
    en: Annotated[str, Field(min_length=1, max_length=60)]


class Span(PackPart):
    """Days from one to another, both included."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        if self.last < self.first:
            raise ValueError(_("to 不能早于 from。"))
        return self


class TermLine(Span):
    """A term."""

    code: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{4}T[1-4]$")]
    grade: Grade


class BreakLine(Span):
    """Days inside a term without school."""

    code: Code
    title: Words
    grade: Grade


class HolidayLine(BreakLine):
    """A public holiday, with the weekend days that are worked instead."""

    work: list[date]

    def days(self) -> Iterator[DayRow]:
        """Every day that this makes different from its weekday."""
        for offset in range((self.last - self.first).days + 1):
            yield DayRow(self.first + timedelta(days=offset), working=False, name=self.title.zh)
        for day in self.work:
            yield DayRow(day, working=True, name=self.title.zh)


class KeyDateLine(PackPart):
    """A date of the plan around which activities are expected."""

    code: Code
    title: Words
    windows: list[Span]


class CalendarFile(PackPart):
    """`calendar.yaml`."""

    terms: list[TermLine]
    breaks: list[BreakLine]
    holidays: list[HolidayLine]
    key_dates: list[KeyDateLine]

    @model_validator(mode="after")
    def _terms_tile(self) -> Self:
        try:
            TermDates.of((term.code, term.first, term.last) for term in self.terms)
        except Refused as refusal:
            raise ValueError(str(refusal)) from refusal
        return self

    def term_rows(self) -> list[TermRow]:
        """The terms as the act takes them."""
        return [TermRow(line.code, line.first, line.last) for line in self.terms]

    def break_rows(self) -> list[BreakRow]:
        """The breaks as the act takes them."""
        return [
            BreakRow(line.code, line.title.zh, line.title.en, line.first, line.last) for line in self.breaks
        ]

    def day_rows(self) -> list[DayRow]:
        """The days that are not what their weekday says, as the act takes them."""
        return [row for line in self.holidays for row in line.days()]

    @model_validator(mode="after")
    def _codes_and_days_stand_once(self) -> Self:
        for lines in (self.terms, self.breaks, self.holidays, self.key_dates):
            _refuse_repeated([line.code for line in lines])
        _refuse_repeated([row.day for row in self.day_rows()])
        return self


def _refuse_repeated(values: list[Any]) -> None:
    """A code or a day stands once in its list."""
    repeated = sorted({str(value) for value in values if values.count(value) > 1})
    if repeated:
        raise ValueError(_("%(names)s 出现了不止一次。") % {"names": "、".join(repeated)})

"""Points as a page shows them: what they rest on by grade, what a failed one suggests, how they are answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from xiaoan.foundation.languages import in_language, is_english
from xiaoan.foundation.ui.signs import Sign
from xiaoan.inspections.contents import Content, Point
from xiaoan.inspections.models import Answer
from xiaoan.inspections.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Basis:
    """What a point rests on. Only grade A reads as law; A- is to be checked, anything else is a default."""

    words: str
    grade: str
    language: str = ""
    """`zh-CN` where a page in English has nothing but the Chinese."""

    @property
    def is_to_be_checked(self) -> bool:
        """Known at second hand only."""
        return self.grade == "A-"

    @property
    def is_default(self) -> bool:
        """No published text that anybody read: the bureau's own default."""
        return self.grade not in {"A", "A-"}


@dataclass(frozen=True)
class ShownPoint:
    """A point with its number, in words."""

    number: int
    point: Point
    vocabulary: Vocabulary

    @property
    def text(self) -> str:
        """What is looked at."""
        return in_language(self.point.text_zh, self.point.text_en or self.point.text_zh)

    @property
    def language(self) -> str:
        """`zh-CN` where a page in English has nothing but the Chinese."""
        return "zh-CN" if is_english() and not self.point.text_en else ""

    @cached_property
    def bases(self) -> Sequence[Basis]:
        """Published texts that it rests on."""
        return [basis for basis in self._cited if not basis.is_default]

    @cached_property
    def defaults(self) -> Sequence[Basis]:
        """Background that it rests on: a default of the bureau, never said to be law."""
        return [basis for basis in self._cited if basis.is_default]

    @cached_property
    def _cited(self) -> Sequence[Basis]:
        return [_basis(citation, self.vocabulary) for citation in self.point.basis]

    @property
    def hazard(self) -> str:
        """The kind of hazard that a failed point suggests."""
        kind = self.vocabulary.hazards.get(self.point.hazard_kind)
        return str(kind.title) if kind else self.point.hazard_kind

    @property
    def accident(self) -> str:
        """What it may lead to; empty where nobody said."""
        accident = self.vocabulary.accidents.get(self.point.accident)
        return str(accident.title) if accident else self.point.accident

    @property
    def criterion(self) -> Sign | None:
        """That a failed point may be major, and by which condition: a person decides."""
        if not self.point.criterion:
            return None
        words = _("可能重大 %(code)s") % {"code": self.point.criterion}
        return Sign(words, "major", "attention")

    @property
    def criterion_words(self) -> str:
        """The condition in words; said to be no law where it is a working set."""
        criterion = self.vocabulary.criteria.get(self.point.criterion)
        if criterion is None:
            return ""
        if criterion.grade == "A":
            return str(criterion.title)
        return _("%(title)s（局定参考，非法规原文）") % {"title": criterion.title}

    @property
    def is_number(self) -> bool:
        """Whether a number is filled in."""
        return self.point.answer == Answer.NUMBER

    @property
    def is_text(self) -> bool:
        """Whether words are filled in."""
        return self.point.answer == Answer.TEXT

    @property
    def unit(self) -> str:
        """What a number counts."""
        return in_language(self.point.unit_zh, self.point.unit_en or self.point.unit_zh)

    @property
    def bounds(self) -> str:
        """From where to where a number is 合格."""
        least, most = _figure(self.point.least), _figure(self.point.most)
        values = {"least": least, "most": most, "unit": self.unit}
        if least and most:
            return _("合格：%(least)s 至 %(most)s %(unit)s") % values
        if least:
            return _("合格：不少于 %(least)s %(unit)s") % values
        return _("合格：不超过 %(most)s %(unit)s") % values if most else ""


def shown_points(content: Content, vocabulary: Vocabulary) -> list[ShownPoint]:
    """The points of a content, numbered."""
    return [ShownPoint(number, point, vocabulary) for number, point in enumerate(content.points, start=1)]


def cited(vocabulary: Vocabulary) -> list[tuple[str, Iterable[str]]]:
    """The short titles that a point may cite, with their numbers, by what they are worth."""
    grades = ((_("查到出处"), "A"), (_("待核"), "A-"), (_("局定参考"), "B"))
    return [
        (
            words,
            [
                f"{title}（{norm.number}）" if norm.number else title
                for title, norm in vocabulary.norms.items()
                if norm.grade == grade
            ],
        )
        for words, grade in grades
    ]


def _basis(citation: str, vocabulary: Vocabulary) -> Basis:
    """A citation in words: 《消防法》第28条."""
    title, _blank, articles = citation.partition(" ")
    norm = vocabulary.norm(citation)
    if norm is None:
        return Basis(citation, "", "zh-CN" if is_english() else "")
    named = in_language(f"《{title}》", norm.title.en)
    if norm.grade == "B":
        named = str(norm.title)
    if articles:
        listed = in_language(articles, articles.replace("、", ", "))
        named = _("%(title)s第%(articles)s条") % {"title": named, "articles": listed}
    return Basis(named, norm.grade)


def _figure(value: Decimal | None) -> str:
    """A bound without noughts that say nothing."""
    return "" if value is None else f"{value.normalize():f}"

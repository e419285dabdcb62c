"""From the cells of a row to an `OldHazard`, or to what is wrong with the cells."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from xiaoan.foundation.sheets import CellError, Row
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.imports.columns import (
    CAUSE,
    CAUSES,
    CHAIN,
    CLOSER,
    CRITERION,
    DUE,
    FINDER,
    GRADE,
    GRADES,
    HOLDER,
    KIND,
    LIMITS,
    LISTED,
    MEASURES,
    MONEY,
    MONEY_SOURCE,
    NUMBER,
    PLACE,
    PLACE_CODE,
    POST,
    PREVENTION,
    RECHECKER,
    RECTIFIER,
    RESULT,
    RESULTS,
    SOURCE,
    SOURCES,
    TEXT,
    UNIT,
    VERIFIER,
)
from xiaoan.hazards.imports.old import OldHazard
from xiaoan.hazards.imports.register import Register
from xiaoan.hazards.models import Cause
from xiaoan.organisations.models import Place, Unit

DAYS = (*CHAIN, DUE)
NAMES = (FINDER, HOLDER, RECTIFIER, VERIFIER, RECHECKER, CLOSER)
MOST_MONEY = Decimal(10**10)
SHOWN = 40
"""Characters of a cell that its error repeats."""
T = TypeVar("T")


def read(row: Row, register: Register, wrong: list[CellError]) -> OldHazard | None:
    """One row understood; None where a cell is not, and an error in `wrong` for each such cell."""
    cells = _Cells(row, register)
    old = cells.old_hazard()
    wrong += cells.errors
    return None if cells.errors else old


class _Cells:
    """The cells of one row, and what is wrong with them."""

    def __init__(self, row: Row, register: Register) -> None:
        self.row, self.register = row, register
        self.errors: list[CellError] = []

    def old_hazard(self) -> OldHazard | None:
        """Everything that the row says; None where its unit is not known, since all else hangs on it."""
        self._lengths()
        unit = self._unit()
        kind, source, grade = self._kind(), self._one_of(SOURCE, SOURCES), self._one_of(GRADE, GRADES)
        post, cause, sound = self._post(), self._one_of(CAUSE, CAUSES), self._one_of(RESULT, RESULTS)
        place = self._place(unit) if unit else None
        if unit is None or kind is None or source is None or grade is None:
            return None
        criterion, words = _criterion(self.text(CRITERION), kind, self.register.rules)
        return OldHazard(
            number=self.text(NUMBER),
            unit=unit,
            place=place,
            place_name=self.text(PLACE),
            kind=kind,
            text=self.text(TEXT),
            source=source,
            grade=grade,
            criterion=criterion,
            criterion_words=words,
            post=post,
            measures=self.text(MEASURES),
            cause=cause or Cause.NONE,
            prevention=self.text(PREVENTION),
            money=self._money(),
            money_source=self.text(MONEY_SOURCE),
            listed=bool(self.row.values.get(LISTED)),
            days={heading: self.row.values.get(heading) for heading in DAYS},  # type: ignore[misc]
            names={heading: self.text(heading) for heading in NAMES},
            sound=sound,
        )

    def text(self, heading: str) -> str:
        """A cell as words; empty where the file has no such column."""
        return str(self.row.values.get(heading) or "").strip()

    def _wrong(self, heading: str, words: str, **parts: object) -> None:
        """An error at a cell."""
        self.errors.append(self.row.error(heading, words % parts if parts else words))

    def _lengths(self) -> None:
        """Words that their column does not hold."""
        for heading, limit in LIMITS.items():
            if len(self.text(heading)) > limit:
                self._wrong(heading, _("最多 %(limit)s 个字。"), limit=limit)

    def _unit(self) -> Unit | None:
        """A unit that the actor may import into; any other is as if it were not there."""
        code = self.text(UNIT)
        unit = self.register.units.get(code.upper())
        if unit is None:
            words = _("没有找到编码为 %(code)s 的单位，请先补上这个单位。")
            self._wrong(UNIT, words, code=code[:SHOWN])
        return unit

    def _place(self, unit: Unit) -> Place | None:
        """The place of a code, or the only one of the unit with that name; None where the register knows neither."""
        code = self.text(PLACE_CODE)
        if not code:
            return self.register.named_places.get((unit.pk, self.text(PLACE)))
        place = self.register.places.get(code.upper())
        if place is None or place.unit_id != unit.pk:
            words = _("这个单位没有编码为 %(code)s 的部位，请核对，或空着。")
            self._wrong(PLACE_CODE, words, code=code[:SHOWN])
        return place

    def _kind(self) -> str | None:
        """The code of a kind."""
        kind = self.register.kinds.get(self.text(KIND))
        if kind is None:
            titles = "、".join(each.title.zh for each in self.register.rules.kinds)
            self._wrong(KIND, _("请填写规则库中的种类：%(known)s。"), known=titles)
        return kind

    def _post(self) -> Any:
        """The post of a word, where there is one."""
        word = self.text(POST)
        post = self.register.posts.get(word)
        if word and post is None:
            words = _("岗位目录中没有“%(word)s”，请改为目录中的岗位名称。")
            self._wrong(POST, words, word=word[:SHOWN])
        return post

    def _one_of(self, heading: str, known: Mapping[str, T]) -> T | None:
        """What a word of the file means; None where it is empty, an error where it is unknown."""
        word = self.text(heading)
        if word and word not in known:
            self._wrong(heading, _("请填写其中一项：%(known)s。"), known="、".join(known))
        return known.get(word)

    def _money(self) -> Decimal | None:
        """Yuan with two places. A checked draft holds numbers as their digits."""
        cell = self.row.values.get(MONEY)
        if cell is None:
            return None
        money = Decimal(str(cell))
        if not 0 <= money < MOST_MONEY or money != round(money, 2):
            self._wrong(MONEY, _("资金以元为单位，不小于 0，最多两位小数。"))
        return money


def _criterion(words: str, kind: str, rules: HazardRules) -> tuple[str, str]:
    """The criterion of the rules that a cell names by code or title, or nothing and the words as they are."""
    for each in rules.criteria_for(kind):
        if words in {each.code, each.title.zh, each.title.en}:
            return each.code, each.title.zh
    return "", words

"""Words about units: the Chinese ones of kinds and stages in tables, and how many pupils there are."""

from functools import cache

from django.db.models import TextChoices
from django.utils import translation
from django.utils.translation import gettext as _

from xiaoan.organisations.models import Stage, UnitKind, UnitYear

OTHER_KIND_WORDS = {
    "局": UnitKind.BUREAU,
    "局机关科室": UnitKind.SECTION,
    "事务中心": UnitKind.CENTRE,
    "学校单位": UnitKind.SCHOOL,
    "直属事业单位": UnitKind.AFFILIATED,
    "校内部门": UnitKind.DEPARTMENT,
    "镇": UnitKind.TOWN,
    "街道": UnitKind.TOWN,
    "第三方": UnitKind.THIRD_PARTY,
    "保安公司": UnitKind.GUARD_COMPANY,
}
"""What tables also call the kinds."""


@cache
def kind_words() -> dict[str, str]:
    """Chinese name → kind of unit."""
    return _words(UnitKind) | OTHER_KIND_WORDS


@cache
def stage_words() -> dict[str, str]:
    """Chinese name → stage."""
    return _words(Stage)


def pupil_words(facts: UnitYear) -> str:
    """1,126 人，其中寄宿 240 人（2025-2026 学年）; empty where nobody counted."""
    if facts.pupils is None:
        return ""
    values = {"number": f"{facts.pupils:,}", "year": facts.school_year}
    if facts.boarders:
        return _("%(number)s 人，其中寄宿 %(boarders)s 人（%(year)s 学年）") % (
            values | {"boarders": f"{facts.boarders:,}"}
        )
    return _("%(number)s 人（%(year)s 学年）") % values


def _words(choices: type[TextChoices]) -> dict[str, str]:
    """The choices by their Chinese words, which are the source language of every catalogue."""
    with translation.override("zh-hans"):
        return {str(label): value for value, label in choices.choices}

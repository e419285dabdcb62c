"""The Chinese words of kinds and stages in tables, whatever the language of the page."""

from functools import cache

from django.db.models import TextChoices
from django.utils import translation

from xiaoan.organisations.models import Stage, UnitKind

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


def _words(choices: type[TextChoices]) -> dict[str, str]:
    """The choices by their Chinese words, which are the source language of every catalogue."""
    with translation.override("zh-hans"):
        return {str(label): value for value, label in choices.choices}

"""What a draft changes against the version in force, in words, one a line."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from xiaoan.foundation.languages import in_language
from xiaoan.inspections.contents import Content, Point


def differences(old: Content, new: Content) -> list[str]:
    """New, gone and changed points, the order, and whether points are scored."""
    return list(_lines(old, new))


def _lines(old: Content, new: Content) -> Iterator[str]:
    before = {point.text_zh: point for point in old.points}
    after = {point.text_zh: point for point in new.points}
    for number, point in enumerate(new.points, start=1):
        values = {"number": number, "text": _said(point)}
        if point.text_zh not in before:
            yield _("新增第%(number)d条：%(text)s") % values
        elif before[point.text_zh] != point:
            yield _("第%(number)d条改了依据、判定或答法：%(text)s") % values
    for text, point in before.items():
        if text not in after:
            yield _("删去：%(text)s") % {"text": _said(point)}
    if [text for text in before if text in after] != [text for text in after if text in before]:
        yield _("调整了顺序")
    if old.scored != new.scored:
        yield _("改为计分") if new.scored else _("改为不计分")


def _said(point: Point) -> str:
    """A point in the language of the page."""
    return in_language(point.text_zh, point.text_en or point.text_zh)

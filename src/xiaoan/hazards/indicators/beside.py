"""A trend in words: the figure of a period beside that of the same period last year."""

from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.indicators import Pair, Untold

NOTHING = _("没有")


def share_words(pair: Pair | None) -> Words:
    """2 / 3, or that there is nothing."""
    if pair is None or isinstance(pair.expected, Untold):
        return NOTHING
    return f"{_plain(pair.achieved)} / {_plain(pair.expected)}"


def day_words(days: Decimal | None) -> Words:
    """4.5天, or that there is nothing."""
    return NOTHING if days is None else format_lazy(_("{days}天"), days=_plain(days))


def _plain(figure: Decimal) -> str:
    """Without zeros that say nothing."""
    return f"{figure.normalize():f}"

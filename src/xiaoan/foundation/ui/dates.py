"""Dates in the words people use: 2025年3月5日 / 5 Mar 2025; the year is left out in the running year."""

from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from xiaoan.foundation import clock
from xiaoan.foundation.errors import Words

SOON_DAYS = 3  # mock: a deadline is marked from three days before


def full_date(day: date) -> str:
    """2025年3月5日 / 5 Mar 2025."""
    # Translators: a date with its year, as Django's date filter writes it
    return _written(_local(day), pgettext("date format", "Y年n月j日"))


def short_date(day: date) -> str:
    """3月5日 / 5 Mar, with the year only when it is not the running one."""
    local = _local(day)
    if local.year != clock.today().year:
        return full_date(local)
    # Translators: a date of this year, as Django's date filter writes it
    return _written(local, pgettext("date format", "n月j日"))


def month(day: date) -> str:
    """9月 / Sep."""
    # Translators: a month alone, as Django's date filter writes it
    return _written(day, pgettext("date format", "n月"))


def moment(instant: datetime) -> str:
    """12月16日 15:42 / 16 Dec 15:42, in Shanghai."""
    local = instant.astimezone(clock.SHANGHAI)
    return f"{short_date(local.date())} {local:%H:%M}"


def weekday(day: date) -> str:
    """周三 / Wed."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")][
        _local(day).weekday()
    ]


def day_of_week(day: date) -> str:
    """12月17日 周三 / Wed, 17 Dec."""
    return _("%(day)s %(weekday)s") % {"day": short_date(day), "weekday": weekday(day)}


def days_left(due: date) -> int:
    """Natural days until a deadline; negative when it is past."""
    return (_local(due) - clock.today()).days


def urgency(due: date) -> Literal["", "soon", "late"]:
    """Whether a deadline is near or past."""
    days = days_left(due)
    if days > SOON_DAYS:
        return ""
    return "late" if days < 0 else "soon"


def remaining(due: date) -> str:
    """还剩3天, 今天, 逾期2天: what the brackets of a deadline say."""
    days = days_left(due)
    if days < 0:
        return ngettext("逾期%(days)d天", "逾期%(days)d天", -days) % {"days": -days}
    if days == 0:
        return pgettext("deadline", "今天")
    return ngettext("还剩%(days)d天", "还剩%(days)d天", days) % {"days": days}


def by_day(due: date) -> str:
    """12月19日前 / by 19 Dec."""
    return _("%(day)s前") % {"day": short_date(due)}


def in_brackets(words: Words) -> str:
    """Brackets as the language writes them."""
    return _("（%(words)s）") % {"words": words}


@lru_cache(maxsize=2_000)
def _written(day: date, pattern: str) -> str:
    """A day in a pattern. A list shows the same few days many times; each language has its own pattern."""
    return date_format(day, pattern)


def _local(day: date) -> date:
    """The Shanghai day of an instant; a day as it is."""
    return clock.local_date(day) if isinstance(day, datetime) else day

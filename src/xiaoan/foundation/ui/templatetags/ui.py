"""The tag library `ui`, known to every template without loading: components, the bundle, dates in words."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xiaoan.foundation.ui import charts, dates, elements, form_elements, layouts  # noqa: F401 - importing declares them
from xiaoan.foundation.ui.bundle import asset_address, icon_address, script_of, styles_of
from xiaoan.foundation.ui.components import register_components

register = template.Library()
register_components(register)


@register.simple_tag
def bundle(entry: str, media: str = "all") -> SafeString:
    """Styles and script of a front-end entry. Raises ImproperlyConfigured when it is not built."""
    styles = format_html_join(
        "\n", '<link rel="stylesheet" href="{}" media="{}">', ((href, media) for href in styles_of(entry))
    )
    return format_html('{}\n<script type="module" src="{}"></script>', styles, script_of(entry))


@register.simple_tag
def brand_address() -> str:
    """Address of the mark that the browser's tab shows."""
    return asset_address("brand.svg")


@register.simple_tag
def html_language() -> str:
    """The page's language as HTML names it."""
    language = get_language() or "zh-hans"
    return "zh-CN" if language.startswith("zh") else language


@register.filter
def cn_date(day: date | None) -> str:
    """2025年3月5日 / 5 Mar 2025; nothing for no date."""
    return dates.full_date(day) if day else ""


@register.filter
def short_date(day: date | None) -> str:
    """3月5日 / 5 Mar; the year is added when it is not the running one."""
    return dates.short_date(day) if day else ""


@register.filter
def by_day(day: date | None) -> str:
    """12月19日前 / by 19 Dec; nothing for no date."""
    return dates.by_day(day) if day else ""


@register.filter
def month_name(day: date) -> str:
    """9月 / Sep."""
    return dates.month(day)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """8,600 元 / CNY 8,600; cents only where there are any; nothing where nobody has said."""
    if amount is None:
        return ""
    shown = f"{amount:,.2f}".removesuffix(".00")
    return _("%(amount)s 元") % {"amount": shown}


@register.filter
def moment(instant: datetime | None) -> str:
    """12月16日 15:42, in Shanghai."""
    return dates.moment(instant) if instant else ""


@register.filter
def weekday(day: date | None) -> str:
    """周三 / Wed."""
    return dates.weekday(day) if day else ""


@register.filter
def trend(change: Decimal | float) -> SafeString:
    """A change against the period before, with arrow and words: ↑ 比上期多3."""
    if change == 0:
        icon, words = "equal", _("与上期持平")
    elif change > 0:
        icon, words = "arrow-up", _("比上期多%(change)s") % {"change": change}
    else:
        icon, words = "arrow-down", _("比上期少%(change)s") % {"change": -change}
    return format_html(
        '<span class="trend"><svg class="icon" aria-hidden="true"><use href="{}"/></svg>{}</span>',
        icon_address(icon),
        words,
    )

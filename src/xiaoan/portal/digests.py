"""The digest of a day: what one person owes, in both languages, as far as they may see it that morning."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.todo import Pile, Todo
from xiaoan.foundation.ui import dates
from xiaoan.messages.models import Notice, Said
from xiaoan.portal.queries import Agenda, agenda_of

SHOWN = 5
"""Things that a digest names; the rest is a number, as on the home page."""
KIND = gettext_lazy("待办")


def digest_of(actor: Actor) -> Notice | None:
    """What the actor owes today, as a notice that leads home; None for who owes nothing."""
    with translation.override("zh-hans"):
        agenda = agenda_of(actor)
        if not agenda.number:
            return None
        title_zh, body_zh = _title(agenda), _body(agenda)
    with translation.override("en"):
        agenda = agenda_of(actor)
        title_en, body_en = _title(agenda), _body(agenda)
    return Notice(Said.of(KIND), Said(title_zh, title_en), Said(body_zh, body_en), reverse("today"))


def _title(agenda: Agenda) -> str:
    """待办 5 件，逾期 1 件，今天到期 2 件."""
    words = {"number": agenda.number, "late": agenda.late, "today": agenda.today}
    parts = [ngettext("您有 %(number)s 件事待办", "您有 %(number)s 件事待办", words["number"]) % words]
    if agenda.late:
        parts.append(_("逾期 %(late)s 件") % words)
    if agenda.today:
        parts.append(_("今天到期 %(today)s 件") % words)
    return _("，").join(parts)


def _body(agenda: Agenda) -> str:
    """Kinds of work with their number, then the first things, one a line, and how many more there are."""
    piles = agenda.piles[:SHOWN]
    things = agenda.things[: SHOWN - len(piles)]
    lines = [*map(_pile, piles), *map(_line, things)]
    shown = sum(pile.number for pile in piles) + len(things)
    if more := agenda.number - shown:
        lines.append(_("另有 %(more)s 件，见首页。") % {"more": more})
    return "\n".join(lines)


def _pile(pile: Pile) -> str:
    """A kind of work with how much there is of it."""
    return _("%(kind)s：%(number)s 件") % {"kind": pile.kind, "number": pile.number}


def _line(thing: Todo) -> str:
    """A thing with its due day."""
    if thing.due is None:
        return str(thing.title)
    return _("%(title)s（%(due)s）") % {"title": thing.title, "due": dates.by_day(thing.due)}

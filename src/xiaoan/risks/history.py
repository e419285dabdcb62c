"""What happened to a risk point, in words: how it came onto the list, its reviews, changes and end."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.journal import JournalEntry
from xiaoan.people.models import Person
from xiaoan.risks.models import Level, Risk, RiskReview
from xiaoan.risks.queries import reviews_of

Changes = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline: when, by whom (empty for the machine), what."""

    at: datetime
    who: str
    words: str


def history_of(risk: Risk, actor: Actor) -> list[Happening]:
    """Everything done to a risk point that the actor has seen, newest first: three statements."""
    journal = JournalEntry._default_manager.filter(object_id=str(risk.pk), act__in=_TOLD)  # noqa: SLF001 - of a record already seen
    notes = list(journal.select_related("payload"))
    reviews = reviews_of(actor, risk)
    makers = (
        {note.person_id for note in notes}
        | {review.created_by_id for review in reviews}
        | {risk.created_by_id}
    )
    persons = Person.objects.visible_to(actor).in_bulk({maker for maker in makers if maker})
    found = [
        _listed(risk, persons),
        *(_reviewed(review, persons) for review in reviews),
        *(_noted(note, persons) for note in notes),
    ]
    return sorted(found, key=lambda happening: happening.at, reverse=True)


def _name(person_id: UUID | None, persons: Mapping[Any, Person]) -> str:
    """A name where the actor may see the person."""
    if person_id is None:
        return ""
    return persons[person_id].name if person_id in persons else _("其他人员")


def _listed(risk: Risk, persons: Mapping[Any, Person]) -> Happening:
    words = _("从规则库的起始清单列入") if risk.starter else _("列入风险清单")
    return Happening(risk.created_at, _name(risk.created_by_id, persons), words)


def _reviewed(review: RiskReview, persons: Mapping[Any, Person]) -> Happening:
    words = _("学期复核：%(outcome)s") % {"outcome": review.get_outcome_display()}
    if review.words:
        words = _("%(words)s。%(said)s") % {"words": words, "said": review.words}
    return Happening(review.created_at, _name(review.created_by_id, persons), words)


def _noted(note: JournalEntry, persons: Mapping[Any, Person]) -> Happening:
    """A journal entry in words; what was redacted leaves its act."""
    payload = getattr(note, "payload", None)
    changes: Changes = json.loads(payload.body).get("changes", {}) if payload else {}
    return Happening(note.at, _name(note.person_id, persons), _TOLD[note.act](changes))


def _changed(changes: Changes) -> str:
    """Old and new of each field, then the reason."""
    titles = {
        "place": _("所在部位"),
        "point": _("风险点"),
        "kind": _("事故类型"),
        "level": _("等级"),
        "measures": _("管控措施"),
        "post": _("责任岗位"),
    }
    lines = [
        _("%(title)s由%(old)s改为%(new)s")
        % {"title": titles[name], "old": _shown(name, old), "new": _shown(name, new)}
        for name, (old, new) in changes.items()
        if name in titles
    ]
    reason = changes.get("reason", [None, ""])[1]
    return _("调整：%(lines)s。理由：%(reason)s") % {"lines": _("；").join(lines), "reason": reason}


def _shown(name: str, value: str) -> str:
    """A journal value in words."""
    if name == "level":
        return str(Level[value.upper()].label)
    return value or _("空")


def _retired(changes: Changes) -> str:
    return _("从清单中移出，理由：%(reason)s") % {"reason": changes.get("end_reason", ["", ""])[1]}


_TOLD: dict[str, Callable[[Changes], str]] = {"risks.change_risk": _changed, "risks.retire_risk": _retired}

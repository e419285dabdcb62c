"""时间线 of an institution: who did what when, from the steps of hazards, the records and the appointments.

Each source gives its latest by an index of the unit; the latest of all are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui import dates
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Hazard, Step
from xiaoan.insight.profile import Profile
from xiaoan.insight.profile_parts import RecordLine
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Happening:
    """One line: the day, the instant where it is known, who, what, and the record that it leads to."""

    on: date
    at: datetime | None
    who: str
    what: Words
    title: str
    url: str

    @property
    def when(self) -> str:
        """12月16日 15:42, or the day alone."""
        return dates.moment(self.at) if self.at else dates.short_date(self.on)

    @property
    def order(self) -> tuple[date, float]:
        """What lists sort by: on one day, instants before what has a day only."""
        return self.on, self.at.timestamp() if self.at else 0.0


def timeline(profile: Profile) -> list[Happening]:
    """The latest happenings that the actor may see, newest first."""
    found: list[Happening] = []
    if profile.hazards:
        found += _of_hazards(profile.actor, profile.unit)
    found += _of_records(profile.records or ())
    if profile.people:
        found += _of_appointments(profile.people.lately, profile.today)
    return sorted(found, key=lambda each: each.order, reverse=True)[:SHOWN]


def _of_hazards(actor: Actor, unit: Unit) -> Iterator[Happening]:
    """The latest steps of the unit's hazards."""
    seen = Hazard.objects.visible_to(actor).filter(unit=unit).values("pk")
    rows = Step._default_manager.filter(unit_id=unit.pk, hazard__in=seen)  # noqa: SLF001 - of hazards in sight
    labels = {move.verb: move.label for move in HAZARD.moves}
    for step in rows.select_related("hazard").order_by("-on", "-at", "-pk")[:SHOWN]:
        yield Happening(
            step.on,
            step.at,
            step.person_name,
            labels.get(step.verb) or _("上报"),
            step.hazard.text,
            step.hazard.get_absolute_url(),
        )


def _of_records(records: Iterable[RecordLine]) -> Iterator[Happening]:
    """What was recorded, on the day that counts."""
    for record in records:
        entry = record.entry
        who = entry.created_by.name if entry.created_by else ""
        words = _("登记%(kind)s") % {"kind": record.kind}
        yield Happening(entry.happened_on, None, who, words, entry.title, entry.get_absolute_url())


def _of_appointments(appointments: Sequence[Appointment], today: date) -> Iterator[Happening]:
    """Who took up a post, and who left it."""
    for each in appointments:
        url = reverse("people:person", args=[each.person_id])
        words = _("开始代理") if each.is_deputy else _("到任")
        yield Happening(each.starts_on, None, each.person.name, words, str(each.post), url)
        if each.ends_on and each.ends_on < today:
            yield Happening(each.ends_on, None, each.person.name, _("离任"), str(each.post), url)

"""What happened to hazards lately: in a person's own unit every step, in a district those of major hazards."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.errors import Words
from xiaoan.foundation.permissions import holds_anywhere
from xiaoan.hazards.lifecycle import HAZARD
from xiaoan.hazards.models import Grade, Hazard, Step
from xiaoan.hazards.steps import REPORTED

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Happening:
    """One step that somebody took: when, who (nobody where the system did it), what, about what."""

    at: datetime
    who: str
    what: Words
    title: Words
    url: str


def lately(actor: Actor) -> list[Happening]:
    """The last steps, newest first; one statement that reads an index from its end."""
    if not holds_anywhere(actor, "hazards.read_hazards"):
        return []
    seen = Exists(
        Hazard.objects.visible_to(actor).filter(pk=OuterRef("hazard_id"))
    )  # an index of steps goes first
    steps = Step._default_manager.filter(seen).exclude(verb="archive")  # noqa: SLF001 - of hazards in sight
    if holds_anywhere(actor, "hazards.read_tallies"):
        steps = steps.filter(district_id=actor.district_id, grade=Grade.MAJOR)
    else:
        steps = steps.filter(unit_id__in=[posting.unit_id for posting in actor.postings])
    labels = words_of_steps()
    return [
        Happening(
            step.at,
            step.person_name,
            labels.get(step.verb, step.verb),
            step.hazard.text,
            step.hazard.get_absolute_url(),
        )
        for step in steps.select_related("hazard").order_by("-on", "-at")[:SHOWN]
    ]


def words_of_steps() -> dict[str, Words]:
    """What each verb of a step is called."""
    return {move.verb: move.label for move in HAZARD.moves} | {REPORTED: _("上报")}

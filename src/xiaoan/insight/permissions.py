"""Who may open what."""

from xiaoan.foundation.actor import Actor
from xiaoan.foundation.permissions import Allowed, Denied, Verdict, holds_anywhere


def may_open_overview(actor: Actor) -> Verdict:
    """Who reads the counts of the whole district: its leaders, the centre, the sections, the auditor."""
    return Allowed() if holds_anywhere(actor, "hazards.read_tallies") else Denied()

"""What the portal above asks of insight."""

from xiaoan.insight.agenda import Agenda, agenda_of

__all__ = ["Agenda", "agenda_of"]

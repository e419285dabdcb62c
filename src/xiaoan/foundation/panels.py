"""Panels: pieces that a module above hangs into a page of a module below, by name and never by import."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xiaoan.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Panel:
    """A template with the context it needs; an empty context means that there is nothing to show."""

    slot: str
    template: str
    order: int
    context: Callable[[Actor, Any], dict[str, Any]]


_panels: dict[str, list[Panel]] = {}


def register_panel(panel: Panel) -> None:
    """Hang a panel into a slot (`module.page.place`)."""
    _panels.setdefault(panel.slot, []).append(panel)
    _panels[panel.slot].sort(key=lambda each: each.order)


def panels_for(slot: str, actor: Actor, subject: Any) -> list[tuple[Panel, dict[str, Any]]]:
    """The panels of a slot that have something to show this actor."""
    shown = ((panel, panel.context(actor, subject)) for panel in _panels.get(slot, ()))
    return [(panel, context) for panel, context in shown if context]

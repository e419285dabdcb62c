"""Lifecycles as data: a table of moves. Buttons, refusals, tests and diagrams all come from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.translation import gettext as _

from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.errors import FasterHand, NotPermitted, Words, WrongStep
from xiaoan.foundation.permissions import Allowed, Denied, Verdict
from xiaoan.foundation.records import change_guarded


class Stateful(Protocol):
    """A record with a step and a version."""

    state: str
    version: int


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move: its verb, from where, to where, who may, what it must bring, whether the machine may."""

    verb: str
    frm: frozenset[str]
    to: str
    may: Callable[[Actor, Any], Verdict]
    label: Words
    needs: tuple[str, ...] = ()
    robot: bool = False


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states of a record kind (code -> words) and the moves between them. One mover: `go`."""

    states: dict[str, Words]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        used = {state for move in self.moves for state in (*move.frm, move.to)}
        if unknown := used - set(self.states):
            raise ValueError(f"moves name states that do not exist: {sorted(unknown)}")

    def move(self, verb: str) -> Move:
        """The move of a verb."""
        return next(move for move in self.moves if move.verb == verb)

    def offers(self, record: Stateful, actor: Actor) -> list[tuple[Move, Verdict]]:
        """The moves that begin at the record's step, each with yes or the reason why not."""
        return [(move, _rule(move, record, actor)) for move in self.moves if record.state in move.frm]

    def go(self, record: Any, verb: str, *, actor: Actor, ask: Ask, **values: Any) -> dict[str, list[Any]]:
        """Make a move by one guarded update on version; the journal's old and new come back.

        Raises `WrongStep` when the move does not begin where the record stands, `FasterHand` when somebody
        changed it after the page was opened, `NotPermitted` with the reason of the move's own rule.
        """
        move = self.move(verb)
        if record.state not in move.frm:
            if ask.seen not in (None, record.version):
                raise FasterHand
            raise WrongStep(_("现在的步骤是「%(state)s」，不能%(verb)s。") % self._words(record, move))
        verdict = _rule(move, record, actor)
        if isinstance(verdict, Denied):
            raise NotPermitted(verdict.reason)
        return change_guarded(record, seen=ask.seen, state=move.to, **values)

    def _words(self, record: Stateful, move: Move) -> dict[str, str]:
        return {"state": str(self.states[record.state]), "verb": str(move.label)}


def _rule(move: Move, record: Stateful, actor: Actor) -> Verdict:
    """The verdict on one move for one actor."""
    if actor.is_robot:
        return Allowed() if move.robot else Denied()
    return move.may(actor, record)

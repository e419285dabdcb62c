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


STAYS = ""
"""The end of a move that changes something else than the step: a flag, a holder, a date."""


def always(_record: Any) -> bool:
    """The condition of a move that every record at its step has."""
    return True


@dataclass(frozen=True, slots=True)
class Move:
    """One legal move: its verb, from where, to where, who may, what it must bring, whether the machine may.

    `when` tells records of one step apart: a move that does not apply is neither offered nor legal. Two moves
    may share a verb where their conditions exclude each other.
    """

    verb: str
    frm: frozenset[str]
    to: str
    may: Callable[[Actor, Any], Verdict]
    label: Words
    needs: tuple[str, ...] = ()
    robot: bool = False
    when: Callable[[Any], bool] = always

    def applies_to(self, record: Any) -> bool:
        """Whether the record stands where this move begins."""
        return record.state in self.frm and self.when(record)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The states of a record kind (code -> words) and the moves between them. One mover: `go`."""

    states: dict[str, Words]
    moves: tuple[Move, ...]

    def __post_init__(self) -> None:
        used = {state for move in self.moves for state in (*move.frm, move.to)} - {STAYS}
        if unknown := used - set(self.states):
            raise ValueError(f"moves name states that do not exist: {sorted(unknown)}")

    def move(self, verb: str) -> Move:
        """The move of a verb: the first of them where several share it."""
        return next(move for move in self.moves if move.verb == verb)

    def move_of(self, record: Stateful, verb: str) -> Move | None:
        """The move of a verb that begins where the record stands; None where none does."""
        moves = (move for move in self.moves if move.verb == verb)
        return next((move for move in moves if move.applies_to(record)), None)

    def offers(self, record: Stateful, actor: Actor) -> list[tuple[Move, Verdict]]:
        """The moves that begin at the record's step, each with yes or the reason why not."""
        return [(move, _rule(move, record, actor)) for move in self.moves if move.applies_to(record)]

    def go(self, record: Any, verb: str, *, actor: Actor, ask: Ask, **values: Any) -> dict[str, list[Any]]:
        """Make a move by one guarded update on version; the journal's old and new come back.

        Raises `WrongStep` when the move does not begin where the record stands, `FasterHand` when somebody
        changed it after the page was opened, `NotPermitted` with the reason of the move's own rule.
        """
        move = self.move_of(record, verb)
        if move is None:
            if ask.seen not in (None, record.version):
                raise FasterHand
            words = self._words(record, self.move(verb))
            raise WrongStep(_("现在的步骤是「%(state)s」，不能%(verb)s。") % words)
        verdict = _rule(move, record, actor)
        if isinstance(verdict, Denied):
            raise NotPermitted(verdict.reason)
        return change_guarded(record, seen=ask.seen, state=move.to or record.state, **values)

    def _words(self, record: Stateful, move: Move) -> dict[str, str]:
        return {"state": str(self.states[record.state]), "verb": str(move.label)}


def _rule(move: Move, record: Stateful, actor: Actor) -> Verdict:
    """The verdict on one move for one actor."""
    if actor.is_robot:
        return Allowed() if move.robot else Denied()
    return move.may(actor, record)

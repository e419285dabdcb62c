"""A table of moves on a real record: conditions, moves that stay where they are, moves that share a verb."""

import pytest

from tests.trial.acts import may_close_note, may_move_note, write_note
from tests.trial.models import Note
from xiaoan.foundation.actor import Ask, robot
from xiaoan.foundation.errors import FasterHand, NotPermitted, WrongStep
from xiaoan.foundation.lifecycle import STAYS, Lifecycle, Move


def is_short(note):
    return len(note.text) < 5


def is_long(note):
    return not is_short(note)


OPEN = frozenset({"open"})
LIFE = Lifecycle(
    states={"open": "办理中", "closed": "已办结", "filed": "已归档"},
    moves=(
        Move("amend", OPEN, STAYS, may_move_note, "改写", when=is_short),
        Move("end", OPEN, "closed", may_close_note, "了结", when=is_short),
        Move("end", OPEN, "filed", may_close_note, "了结", when=is_long),
        Move("file", frozenset({"closed"}), "filed", may_move_note, "归档", robot=True),
    ),
)


@pytest.fixture
def note(cast):
    return write_note(actor=cast.actor("shen"), ask=Ask(), unit=cast.school, text="门坏")


def stored(note):
    found = Note.objects.everything("a test").get(pk=note.pk)
    return found.state, found.version, found.text


def test_a_move_that_stays_changes_what_it_names_and_the_version(cast, note):
    changes = LIFE.go(note, "amend", actor=cast.actor("lin"), ask=Ask(seen=1), text="东侧大门损坏")
    assert changes == {"text": ["门坏", "东侧大门损坏"]}
    assert stored(note) == ("open", 2, "东侧大门损坏")


def test_a_condition_that_does_not_hold_is_a_wrong_step_and_changes_nothing(cast, note):
    actor = cast.actor("lin")
    LIFE.go(note, "amend", actor=actor, ask=Ask(), text="东侧大门损坏")
    with pytest.raises(WrongStep, match="现在的步骤是「办理中」，不能改写"):
        LIFE.go(note, "amend", actor=actor, ask=Ask(), text="门")
    with pytest.raises(FasterHand):
        LIFE.go(note, "amend", actor=actor, ask=Ask(seen=1), text="门")
    assert stored(note) == ("open", 2, "东侧大门损坏")


@pytest.mark.parametrize(("text", "end"), [("门坏", "closed"), ("东侧大门损坏", "filed")])
def test_of_two_moves_with_one_verb_the_condition_says_which(cast, note, text, end):
    note.text = text
    LIFE.go(note, "end", actor=cast.actor("lin"), ask=Ask())
    assert stored(note)[0] == end


def test_only_moves_whose_condition_holds_are_offered(cast, note):
    offered = {move.verb: bool(verdict) for move, verdict in LIFE.offers(note, cast.actor("shen"))}
    assert offered == {"amend": False, "end": False}
    assert [(move.verb, move.to) for move, _may in LIFE.offers(note, cast.actor("lin"))] == [
        ("amend", STAYS),
        ("end", "closed"),
    ]
    note.text = "东侧大门损坏"
    assert [(move.verb, move.to) for move, _may in LIFE.offers(note, cast.actor("lin"))] == [("end", "filed")]


def test_the_machine_makes_its_own_moves_only(cast, note):
    machine = robot(district_id=cast.bureau.pk, cause="a test")
    with pytest.raises(NotPermitted):
        LIFE.go(note, "end", actor=machine, ask=Ask())
    assert stored(note) == ("open", 1, "门坏")
    LIFE.go(note, "end", actor=cast.actor("lin"), ask=Ask())
    LIFE.go(note, "file", actor=machine, ask=Ask())
    assert stored(note) == ("filed", 3, "门坏")


def test_a_table_names_known_states_only():
    with pytest.raises(ValueError, match="moves name states that do not exist: \\['gone'\\]"):
        Lifecycle(states={"open": "办理中"}, moves=(Move("lose", OPEN, "gone", may_move_note, "丢失"),))

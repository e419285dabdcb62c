"""Keys of records: ordered by time, random, and by given chance for a demo."""

from datetime import date
from random import Random

import pytest

from xiaoan.foundation import clock
from xiaoan.foundation.records import keys_by, new_id

FIRST, SECOND = (clock.at(date(2025, 12, 17), 9, minute) for minute in (0, 1))


def keys(seed: int, count: int = 3):
    """Keys of one instant by a seed."""
    with keys_by(Random(seed).randbytes), clock.held_at(FIRST):  # noqa: S311 - no secret
        return [new_id() for _number in range(count)]


def test_the_same_chance_gives_the_same_keys_and_other_chance_others():
    assert keys(1) == keys(1)
    assert set(keys(1)) & set(keys(2)) == set()
    assert len(set(keys(1))) == 3


def test_afterwards_keys_are_the_machines_own_again():
    before = keys(1, count=1)
    with clock.held_at(FIRST):
        assert new_id() not in {*before, new_id()}


def test_the_machines_chance_comes_back_after_a_fault():
    def once():
        with keys_by(bytes):
            raise LookupError

    with pytest.raises(LookupError):
        once()
    with clock.held_at(FIRST):
        assert new_id() != new_id()


@pytest.mark.parametrize("chance", [bytes, lambda count: b"\xff" * count])
def test_a_key_is_of_version_seven_and_begins_with_its_instant(chance):
    with keys_by(chance):
        with clock.held_at(FIRST):
            early = new_id()
        with clock.held_at(SECOND):
            late = new_id()
    assert (early.version, late.version) == (7, 7)
    assert early.int >> 80 == int(FIRST.timestamp() * 1000)
    assert early < late

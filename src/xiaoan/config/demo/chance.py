"""Chance that falls the same way each time: every question has dice of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from types import SimpleNamespace

from xiaoan.foundation import records

SEED = "xiaoan-demo-1"


def dice(*topic: object) -> Random:
    """The dice of a topic. Other topics, and how many of them there are, do not move them."""
    return Random(":".join([SEED, *map(str, topic)]))  # noqa: S311 - a demo's invention, no secret


@contextmanager
def keys_by_dice() -> Iterator[None]:
    """Keys of records by dice: which closed hazards are looked at again is drawn by the digits of their keys.

    Only keys: whatever else asks the machine for chance while the demo is made gets the machine's own.
    """
    real = records.os
    records.os = SimpleNamespace(urandom=dice("keys").randbytes)  # type: ignore[assignment]
    try:
        yield
    finally:
        records.os = real

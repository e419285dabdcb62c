"""Chance that falls the same way each time: every question has dice of its own."""

from contextlib import AbstractContextManager
from random import Random

from xiaoan.foundation import records

SEED = "xiaoan-demo-1"


def dice(*topic: object) -> Random:
    """The dice of a topic. Other topics, and how many of them there are, do not move them."""
    return Random(":".join([SEED, *map(str, topic)]))  # noqa: S311 - a demo's invention, no secret


def keys_by_dice() -> AbstractContextManager[None]:
    """Keys of records by dice: which closed hazards are looked at again is drawn by the digits of their keys."""
    return records.keys_by(dice("keys").randbytes)

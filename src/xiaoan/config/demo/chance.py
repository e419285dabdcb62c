"""Chance that falls the same way each time: every question has dice of its own."""

from random import Random

SEED = "xiaoan-demo-1"


def dice(*topic: object) -> Random:
    """The dice of a topic. Other topics, and how many of them there are, do not move them."""
    return Random(":".join([SEED, *map(str, topic)]))  # noqa: S311 - a demo's invention, no secret

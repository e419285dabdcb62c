"""How an act is asked for at a spot."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from tests.families.world import Spot
from xiaoan.people.models import Person


@dataclass(frozen=True)
class Deed:
    """How an act is asked for at a spot.

    `nouns` gives what it takes; `on` is the noun by which the file is asked. `posts` and `roles` narrow it to
    who holds one of them; `never_oneself` is true of acts that nobody does to themselves; `barred` names the column
    of the person who has had a hand in it already and leaves it to others.
    """

    nouns: Callable[[Spot, Person], dict[str, Any]]
    on: str = ""
    posts: Collection[str] = ()
    roles: Collection[str] = ()
    never_oneself: bool = False
    barred: str = ""

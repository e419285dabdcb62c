"""A state in words, with its drawing and colour: one shape for lists, margins, to-do lists and pages.

Colour alone says nothing to who cannot see it, a word alone is not found at a glance: a sign has all three.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

from xiaoan.foundation.errors import Words

Tone = Literal["neutral", "accent", "attention", "overdue", "done", "orange", "yellow", "blue"]
"""Red is `overdue`; with it the last three are the four colours of a grade."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A state: its words, the icon before them, the colour around them. Written out it is its words."""

    words: Words
    icon: str
    tone: Tone = "neutral"

    def __str__(self) -> str:
        return str(self.words)


@dataclass(frozen=True, slots=True)
class Signs:
    """Several states of one thing: the step first, then its flags."""

    signs: Sequence[Sign]

    def __str__(self) -> str:
        return gettext("、").join(map(str, self.signs))

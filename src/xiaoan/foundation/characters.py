"""Characters that nobody sees: one rule for what is typed into a form and for what stands in a table.

Controls, zero-width marks, marks that turn the direction of writing, and what stands for bytes that are no
text. They make two equal names different, so they are never stored; line ends and tabs are.
"""

import re

UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff\\ufffd-\\uffff]"
)


def has_unseen(text: str) -> bool:
    """Whether a text holds a character that is not stored."""
    return UNSEEN.search(text) is not None


def without_unseen(text: str) -> str:
    """The text as a person sees it."""
    return UNSEEN.sub("", text)

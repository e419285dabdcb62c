"""Words of the command line: results on stdout, refusals on stderr."""

import sys

from xiaoan.foundation.errors import Words


def say(words: Words) -> None:
    """A line of what was done."""
    print(words, flush=True)  # noqa: T201 - the command line speaks


def complain(words: Words) -> None:
    """A line of what is wrong."""
    print(words, file=sys.stderr, flush=True)  # noqa: T201 - the command line speaks

"""XML as events, with limits that the parser itself does not set."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from xiaoan.foundation.sheets.package import DAMAGED, FORBIDDEN
from xiaoan.foundation.sheets.refusals import SheetMalformed

MAX_DEPTH = 64

Attributes = dict[str, str]


def strict_parser(
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that refuses definitions, in whatever encoding they come, and deep nesting, which costs memory."""
    depth = 0

    def opened(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise SheetMalformed(DAMAGED)
        start(name, attributes)

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end:
            end(name)

    def defined(*_declaration: object) -> None:
        raise SheetMalformed(FORBIDDEN)

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = defined
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    return parser


def local_name(name: str) -> str:
    """An element's name without its prefix."""
    return name.rpartition(":")[2]


def parse_all(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    """Feed a parser; XML that is none refuses the file."""
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except (
        expat.ExpatError,
        LookupError,
        ValueError,
    ) as broken:  # the latter two: encodings without a reader
        raise SheetMalformed(DAMAGED) from broken


def plain_number(digits: str) -> int:
    """A number of the file's own bookkeeping: rows, styles, strings."""
    if not digits.isascii() or not digits.isdigit() or len(digits) > 8:  # noqa: PLR2004 - more than any sheet has
        raise SheetMalformed(DAMAGED)
    return int(digits)

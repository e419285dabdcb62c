"""What worksheets share, read and written anew: strings, and the number formats that make a number a date.

The reader of cells trusts these parts too far: a `uniqueCount` of four milliards ends the process. So it gets
them in our own words.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.sheets.refusals import SheetTooLarge
from xiaoan.foundation.sheets.xml_events import Attributes, local_name, parse_all, plain_number, strict_parser

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MAX_STRINGS = 2_000_000
MAX_FORMATS = 100_000
TOO_MANY_CELLS = _("表中单元格过多（含只有格式的空单元格），请把数据复制到一个新工作簿再上传。")


def escaped_text(text: str) -> str:
    """Text inside an element of ours; a carriage return would not survive unescaped."""
    return escape(text, {"\r": "&#13;"})


def shared_strings(pieces: Iterable[bytes]) -> list[str]:
    """The shared strings, without the reading aids (phonetic runs) that Japanese files carry."""
    strings: list[str] = []
    parts: list[str] = []
    inside: list[str] = []

    def start(name: str, _attributes: Attributes) -> None:
        inside.append(local_name(name))
        if inside[-1] == "si" and len(strings) >= MAX_STRINGS:
            raise SheetTooLarge(TOO_MANY_CELLS)

    def end(_name: str) -> None:
        if inside.pop() == "si":
            strings.append("".join(parts))
            parts.clear()

    def text(data: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:
            parts.append(data)

    parse_all(strict_parser(start, end, text), pieces)
    return strings


def strings_part(strings: Sequence[str]) -> bytes:
    """The shared strings written anew."""
    items = "".join(f'<si><t xml:space="preserve">{escaped_text(text)}</t></si>' for text in strings)
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode()


def styles_part(pieces: Iterable[bytes]) -> bytes:
    """The styles written anew: the number format of each cell style, and nothing else."""
    codes: list[tuple[int, str]] = []
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        inside.append(local_name(name))
        if inside[-1] == "numFmt":
            codes.append((plain_number(attributes.get("numFmtId", "0")), attributes.get("formatCode", "")))
        if inside[-2:] == ["cellXfs", "xf"]:
            styles.append(plain_number(attributes.get("numFmtId", "0")))
        if len(codes) + len(styles) > MAX_FORMATS:
            raise SheetTooLarge(TOO_MANY_CELLS)

    def end(_name: str) -> None:
        inside.pop()

    parse_all(strict_parser(start, end), pieces)
    return "".join(_style_sheet(codes, styles)).encode()


def _style_sheet(codes: Sequence[tuple[int, str]], styles: Sequence[int]) -> Iterator[str]:
    """A style sheet of number formats."""
    yield f'<styleSheet xmlns="{MAIN}"><numFmts>'
    for number, code in codes:
        yield f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>'
    yield "</numFmts><cellXfs>"
    for number in styles:
        yield f'<xf numFmtId="{number}"/>'
    yield "</cellXfs></styleSheet>"

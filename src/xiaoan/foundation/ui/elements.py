"""Components without a body: the small signs that every screen is made of (mock: 状态签、期限、数字就是链接)."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, Literal
from zlib import crc32

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.bundle import icon_address
from xiaoan.foundation.ui.components import element
from xiaoan.foundation.ui.signs import Sign, Tone


@element
class Icon:
    """A drawing beside a word; never alone, so readers skip it."""

    name: str

    @property
    def address(self) -> str:
        """Where the drawing is in the sprite."""
        return icon_address(self.name)


@element
class Avatar:
    """The first character of a name in a circle."""

    name: str

    @property
    def initial(self) -> str:
        """The character."""
        return self.name[:1]


@element
class Button:
    """A link with `url`, else a form button. `refused` takes a Denied (or words): the button stays,
    locked, with the reason below it and bound to it.
    """

    label: Words
    url: str = ""
    variant: Literal["plain", "primary", "quiet"] = "plain"
    icon: str = ""
    wide: bool = False
    kind: Literal["submit", "button", "reset"] = "submit"
    name: str = ""
    value: str = ""
    refused: Any = None

    @cached_property
    def reason(self) -> Words:
        """Why not; empty when it may be pressed."""
        return getattr(self.refused, "reason", self.refused if isinstance(self.refused, Words) else "")

    @cached_property
    def reason_id(self) -> str:
        """Binds the reason to the button; the same on every rendering."""
        return f"why-{crc32(f'{self.label}{self.reason}{self.value}'.encode()):08x}"


@element
class Refusal:
    """Why something cannot be done: first what and why (strong), then the rule and who can."""

    reason: Words
    id: str = ""

    @cached_property
    def parts(self) -> list[str]:
        """The first sentence and the rest."""
        return re.split(r"(?<=。)|(?<=\.)\s", str(self.reason), maxsplit=1)


@element
class Chip:
    """A state: icon and word. Order on a page: step (accent), grade (square), flags. Solid red is for
    逾期 and 重大 alone.
    """

    label: Words
    icon: str = ""
    tone: Tone = "neutral"
    square: bool = False


@element
class Status:
    """A `Sign` as a chip; anything else (words, a date) as it is."""

    sign: Any

    @property
    def is_sign(self) -> bool:
        """Whether there is something to draw."""
        return isinstance(self.sign, Sign)


@element
class Deadline:
    """A due date with the days left: 12月19日前（还剩2天）. `settled` leaves the days out: the thing is done.
    `note` stands in place of the days (24 小时内答复).
    """

    due: date
    settled: bool = False
    note: Words = ""

    @property
    def day(self) -> str:
        """By when."""
        return dates.by_day(self.due)

    @cached_property
    def rest(self) -> str:
        """What stands in brackets, with them."""
        return "" if self.settled else dates.in_brackets(self.note or dates.remaining(self.due))

    @cached_property
    def state(self) -> Literal["", "soon", "late"]:
        """Whether it is near or past."""
        return "" if self.settled else dates.urgency(self.due)


@element
class Stat:
    """A large number with its name; the whole block is a link to the records behind it. Stands in `stats`."""

    label: Words
    figure: Any
    unit: Words = ""
    note: Words = ""
    url: str = ""
    icon: str = ""
    tone: Literal["plain", "late"] = "plain"


@element
class Progress:
    """How far along: 已查 7 / 12. `label` is read out and shown beside the bar."""

    done: Any
    total: Any
    label: Words
    tone: Literal["plain", "attention"] = "plain"

    @property
    def limit(self) -> Any:
        """The full length of the bar; where nothing is expected it stays empty."""
        return self.total or 1


@element
class Gauge:
    """A measure in the margin of a document: its mark in the text, its name, done and total, a note. The
    whole is a link to its explanation.
    """

    mark: str
    label: Words
    done: Any
    total: Any
    note: Words = ""
    url: str = ""
    current: bool = False
    tone: Literal["plain", "attention", "late"] = "plain"

    @property
    def limit(self) -> Any:
        """The full length of the bar; where nothing is expected it stays empty."""
        return self.total or 1


@element
class Cell:
    """A field of a grid of progress. `figure` is how many are not done; `label` says the whole in words."""

    label: Words
    tone: Literal["done", "open", "behind", "late", "none"]
    figure: Any = ""
    url: str = ""


@element
class NumberLink:
    """A number in running text: a link to what it counts. Without `url` it is only a number."""

    figure: Any
    url: str = ""


@element
class SetByBureau:
    """A value that the bureau set and the plan does not name: 由局设定，非方案原文."""

    label: Words


@element
class EmptyState:
    """An empty page: what to do next, or why nothing is good news."""

    title: Words
    note: Words = ""
    icon: str = "check-circle"
    action_url: str = ""
    action_label: Words = ""


@element
class Tabs:
    """Views of a list, or parts of a page. `items` have label, url, current and, if it helps, count."""

    label: Words
    items: Sequence[Any]


@element
class Pager:
    """Cursor paging; an empty address means there is no such page."""

    previous_url: str = ""
    next_url: str = ""
    summary: Words = ""


@element
class Steps:
    """The line of a lifecycle. `items` have label and state: past, now or coming."""

    label: Words
    items: Sequence[Any]


@element
class Photo:
    """A photo with its caption; the mark (time, person, place) lies over the displayed copy only."""

    caption: Words
    src: str = ""
    alt: Words = ""
    url: str = ""
    mark: Words = ""
    note: Words = ""


@element
class DemoBanner:
    """The strip that says that everything here is made up."""


@element
class MessageList:
    """What just happened, from Django's messages; read out as it appears."""

    messages: Any

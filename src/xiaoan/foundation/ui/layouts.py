"""Components around a body: cards, lists, tables, the head of a page, the foot of a form."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal
from uuid import UUID, uuid4

from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.components import layout
from xiaoan.foundation.ui.signs import Sign


@layout
class PageHead:
    """Title of the page; the body holds its buttons. `back_url` and `back_label` name the
    page above: an arrow on a phone, a line above the title on a desk.
    """

    title: Words
    note: Words = ""
    back_url: str = ""
    back_label: Words = ""


@layout
class Card:
    """A sheet of paper; never inside another. `padded` is off around lists and tables."""

    title: Words = ""
    link_url: str = ""
    link_label: Words = ""
    padded: bool = True
    tone: Literal["plain", "late"] = "plain"


@layout
class Task:
    """Something I am asked to do, with its date and state (words or a `Sign`) above it and its buttons in the body."""

    title: Words
    url: str = ""
    due: date | None = None
    state: Words | Sign = ""
    meta: Words = ""

    @cached_property
    def urgency(self) -> Literal["", "soon", "late"]:
        """Whether the date is near or past."""
        return dates.urgency(self.due) if self.due else ""

    @cached_property
    def rest(self) -> str:
        """逾期2天, 今天, 还剩3天."""
        return dates.remaining(self.due) if self.due else ""


@layout
class Stats:
    """The card around several `stat`; `columns` is how many stand abreast on a phone."""

    label: Words
    columns: Literal[2, 3] = 2


@layout
class Rows:
    """The card around several `list_row`."""

    label: Words


@layout
class ListRow:
    """A row of a list, wholly a link with `url`; the body (a number, a chip, a deadline) stands at its end."""

    title: Words
    note: Words = ""
    url: str = ""
    icon: str = ""
    avatar: str = ""


@layout
class Facts:
    """Pairs of name and value; the body is a row of `fact`."""


@layout
class Fact:
    """One pair; the body is the value."""

    label: Words


@layout
class Timeline:
    """What happened, newest first; the body is a row of `moment`."""

    label: Words


@layout
class Moment:
    """One entry of a timeline. A filled dot is a person, an open one the system."""

    at: datetime
    who: Words = ""
    system: bool = False

    @property
    def shown(self) -> str:
        """The instant in words."""
        return dates.moment(self.at)


@layout
class Table:
    """A table that becomes one block per record on a narrow screen; the body is the rows, written
    `<tr role="row">` with `<th scope="row" role="rowheader">` and `<td role="cell">`. A column has a
    label and, if it sorts, `sort_url` and `sorted` (ascending, descending or empty); `numeric` aligns it. A cell that says
    nothing without its heading takes it along as `data-label`.
    """

    caption: Words
    columns: Sequence[Any]


@layout
class FormFooter:
    """The end of a form: the submission id that makes a repeat harmless, the version that was seen
    (`13-contracts.md` section 3), the button. The body may hold second buttons.
    """

    label: Words
    submission_id: UUID | str = ""
    seen: int | str | None = ""
    hint: Words = ""
    keeps_draft: bool = False

    @property
    def submission(self) -> UUID | str:
        """The id given (a form shown again keeps its own), or a new one."""
        return self.submission_id or uuid4()


@layout
class Dialog:
    """A question over the page. A link to `#id` opens it, with or without script."""

    id: str
    title: Words

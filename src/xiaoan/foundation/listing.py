"""Declared lists: columns, filters and order are data; paging, counting, filtering and export come from here.

Pages go by keyset cursor, so that the thousandth costs as much as the first. A cursor is signed and carries
the digest of the filters it was made under. Counts are bounded: exact to 1,000, then "1,000+".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.forms import ChoiceField, Form, HiddenInput, Select
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor, as_of_now
from xiaoan.foundation.errors import Malformed, TooLarge, Words
from xiaoan.foundation.sheets import Sheet, csv_pieces, write_workbook
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.signs import Sign, Signs

COUNTED_TO = 1_000
EXCEL_ROWS = 20_000
CHUNK = 1_000
SHORT = 14
"""Up to this width (characters) a value stands on one line."""
ALL = gettext_lazy("全部")
OWN_WORDS = frozenset({"after", "before", "export"})
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, how a row fills it (`Sign` and `Signs` are drawn as chips and exported as their words),
    where it leads, its width in an export (characters).
    """

    name: str
    title: Words
    value: Callable[[Any], Any]
    link: Callable[[Any], str] | None = None
    width: int = 16
    on_phone: bool = True


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the values an actor may choose from, and how a value narrows the rows.

    `unchosen` are the words while nothing is chosen; without them something always is, the first choice if nothing
    else. One that is `chosen_elsewhere` (tabs) goes along unseen.
    """

    name: str
    title: Words
    choices: Callable[[Actor], Sequence[tuple[str, Any]]]
    apply: Callable[["QuerySet[Any]", str], "QuerySet[Any]"]
    unchosen: Words | None = ALL
    chosen_elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """A sort key: a non-null column with a total order on both databases (date, number, ASCII, id)."""

    field: str
    descending: bool = False

    @property
    def sql(self) -> str:
        """As Django writes it."""
        return f"-{self.field}" if self.descending else self.field


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a shown row."""

    value: Any
    url: str
    title: Words
    on_phone: bool
    is_short: bool

    @property
    def signs(self) -> Sequence[Sign]:
        """What is drawn as chips; none where the value is words."""
        if isinstance(self.value, Signs):
            return self.value.signs
        return (self.value,) if isinstance(self.value, Sign) else ()

    @property
    def classes(self) -> str:
        """How it is laid out: only on a desk, on one line."""
        return " ".join(
            name for name, is_so in (("desk-only", not self.on_phone), ("is-short", self.is_short)) if is_so
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of a list, as its template needs it."""

    title: Words
    columns: Sequence[Any]
    rows: Sequence[Sequence[Cell]]
    filters: Form
    summary: str
    next_url: str
    previous_url: str
    clear_url: str
    excel_url: str
    csv_url: str


@dataclass(frozen=True)
class Listing:
    """A list screen, declared once. The last order must be unique (the id)."""

    name: str
    title: Words
    columns: Sequence[Column]
    order: Sequence[Order]
    filters: Sequence[Filter] = ()
    page_size: int = 50

    def show(self, request: HttpRequest, rows: "QuerySet[Any]") -> Shown:
        """The page that the request asks for; an unknown filter, value or cursor is `Malformed`."""
        form = self._form(request)
        narrowed = self._narrowed(rows, form)
        found, more, backwards = self._slice(request, narrowed, form)
        first, last = (found[0], found[-1]) if found else (None, None)
        comes_before = more if backwards else bool(request.GET.get("after"))
        comes_after = more if not backwards else True
        return Shown(
            title=self.title,
            columns=[{"label": column.title} for column in self.columns],
            rows=[self._cells(row) for row in found],
            filters=form,
            summary=_summary(narrowed),
            next_url=self._turn(request, "after", last, form) if comes_after and last else "",
            previous_url=self._turn(request, "before", first, form) if comes_before and first else "",
            clear_url=request.path,
            excel_url=_address(request, export="xlsx"),
            csv_url=_address(request, export="csv"),
        )

    def export(self, request: HttpRequest, rows: "QuerySet[Any]") -> HttpResponseBase:
        """Exactly what is shown, all pages of it, as `?export=xlsx` or `csv`."""
        narrowed = self._narrowed(rows, self._form(request))
        wanted = request.GET["export"]
        if wanted == "csv":
            pieces = csv_pieces(self._sheet(self._values(narrowed, request)))
            response: HttpResponseBase = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        elif wanted == "xlsx":
            response = HttpResponse(self._workbook(narrowed, request), content_type=EXCEL_TYPE)
        else:
            raise Malformed
        response["Content-Disposition"] = f'attachment; filename="{self.name}.{wanted}"'
        return response

    def narrowed(self, request: HttpRequest, rows: "QuerySet[Any]") -> tuple["QuerySet[Any]", list[str]]:
        """All rows that are shown, in this order, and what was chosen in words: for a file of another layout."""
        form = self._form(request)
        picked = [
            str(dict(form.fields[each.name].choices)[value])  # type: ignore[attr-defined]  # all are choice fields
            for each in self.filters
            if (value := form.cleaned_data[each.name])
        ]
        return self._narrowed(rows, form).order_by(*(order.sql for order in self.order)), picked

    def _workbook(self, rows: "QuerySet[Any]", request: HttpRequest) -> bytes:
        """The rows as an Excel file, up to a number that a request can bear."""
        values = list(islice(self._values(rows, request), EXCEL_ROWS + 1))
        if len(values) > EXCEL_ROWS:
            raise TooLarge(gettext_lazy("一次最多导出 20,000 行 Excel，请先筛选，或改用 CSV 导出。"))
        stream = BytesIO()
        write_workbook([self._sheet(values)], stream)
        return stream.getvalue()

    def _sheet(self, values: Iterable[Sequence[Any]]) -> Sheet:
        """The columns of this list around values."""
        headings = [str(column.title) for column in self.columns]
        return Sheet(str(self.title), headings, values, widths=[column.width for column in self.columns])

    def _values(self, rows: "QuerySet[Any]", request: HttpRequest) -> Iterator[list[Any]]:
        """Rows for an export, read by key in short reads so that no long read holds up a writer.

        Each read asks anew what the reader may see (`13-contracts.md` section 3): whose appointment ends in the
        middle gets no further rows.
        """
        reader: UUID = request.actor.person_id  # type: ignore[attr-defined]
        ordered, last = rows.order_by(*(order.sql for order in self.order)), None
        while True:
            in_sight = ordered.visible_to(as_of_now(reader))  # type: ignore[attr-defined]  # rows behind the door
            beyond = self._beyond(self._key(last), backwards=False) if last else Q()
            chunk = list(in_sight.filter(beyond)[:CHUNK])
            for row in chunk:
                yield [column.value(row) for column in self.columns]
            if len(chunk) < CHUNK:
                return
            last = chunk[-1]

    def _form(self, request: HttpRequest) -> Form:
        """The filter bar with what was chosen; only declared names and offered values are accepted."""
        known = {each.name for each in self.filters} | OWN_WORDS
        if set(request.GET) - known:
            raise Malformed(gettext_lazy("没有这个筛选条件。"))
        actor: Actor = request.actor  # type: ignore[attr-defined]
        form = Form(request.GET)
        for each in self.filters:
            choices = list(each.choices(actor))
            if each.unchosen is not None:
                choices.insert(0, ("", each.unchosen))
            widget = HiddenInput if each.chosen_elsewhere else Select
            field = ChoiceField(label=str(each.title), choices=choices, required=False, widget=widget)
            form.fields[each.name] = field
        if not form.is_valid():
            raise Malformed(gettext_lazy("没有这个筛选条件。"))
        return form

    def _narrowed(self, rows: "QuerySet[Any]", form: Form) -> "QuerySet[Any]":
        """The rows after all chosen filters."""
        for each in self.filters:
            if value := form.cleaned_data[each.name]:
                rows = each.apply(rows, value)
        return rows

    def _slice(
        self, request: HttpRequest, rows: "QuerySet[Any]", form: Form
    ) -> tuple[list[Model], bool, bool]:
        """The rows of a page, whether more lie beyond it, and whether it was reached backwards."""
        backwards = "before" in request.GET
        cursor = request.GET.get("before" if backwards else "after", "")
        if cursor:
            rows = rows.filter(self._beyond(self._opened(cursor, form), backwards=backwards))
        ordered = rows.order_by(*(order.sql for order in self.order))
        if backwards:
            ordered = ordered.reverse()
        found = list(ordered[: self.page_size + 1])
        more = len(found) > self.page_size
        found = found[: self.page_size]
        return (found[::-1] if backwards else found), more, backwards

    def _beyond(self, key: Sequence[Any], *, backwards: bool) -> Q:
        """Rows that lie after a key in this order (before it, when paging backwards)."""
        condition, equal = Q(), Q()
        for order, value in zip(self.order, key, strict=True):
            comparison = "lt" if order.descending != backwards else "gt"
            condition |= equal & Q(**{f"{order.field}__{comparison}": value})
            equal &= Q(**{order.field: value})
        return condition

    def _key(self, row: Any) -> list[Any]:
        """A row's values of the sort keys."""
        key = []
        for order in self.order:
            value = row
            for name in order.field.split("__"):
                value = getattr(value, name)
            key.append(value.isoformat() if isinstance(value, date | datetime) else str(value))
        return key

    def _turn(self, request: HttpRequest, direction: str, row: Any, form: Form) -> str:
        """The address of the next or previous page."""
        cursor = signing.dumps([_digest(form), *self._key(row)], salt=f"cursor:{self.name}", compress=True)
        return _address(request, **{direction: cursor})

    def _opened(self, cursor: str, form: Form) -> list[Any]:
        """The key in a cursor; one that was changed, or made under other filters, is `Malformed`."""
        try:
            made_under, *key = signing.loads(cursor, salt=f"cursor:{self.name}")
        except signing.BadSignature as wrong:
            raise Malformed from wrong
        if made_under != _digest(form) or len(key) != len(self.order):
            raise Malformed
        return key

    def _cells(self, row: Any) -> list[Cell]:
        """A row as its template shows it."""
        return [
            Cell(
                _in_words(column.value(row)),
                column.link(row) if column.link else "",
                column.title,
                column.on_phone,
                column.width <= SHORT,
            )
            for column in self.columns
        ]


def _in_words(value: Any) -> Any:
    """A value as a page writes it: days and instants in words, everything else as it is."""
    if isinstance(value, datetime):
        return dates.moment(value)
    return dates.full_date(value) if isinstance(value, date) else value


def _digest(form: Form) -> str:
    """A short digest of the chosen filters."""
    chosen = sorted((name, value) for name, value in form.cleaned_data.items() if value)
    return sha256(repr(chosen).encode()).hexdigest()[:12]


def _address(request: HttpRequest, **changes: str) -> str:
    """The page of the request with its filters and another cursor or export."""
    words = request.GET.copy()
    for name in OWN_WORDS:
        words.pop(name, None)
    words.update(changes)
    return f"{request.path}?{words.urlencode()}"


def _summary(rows: "QuerySet[Any]") -> str:
    """How many there are, counted no further than a thousand."""
    number = rows.order_by()[: COUNTED_TO + 1].count()
    shown: Mapping[str, str] = {"number": "1,000+" if number > COUNTED_TO else f"{number:,}"}
    return _("共 %(number)s 条") % shown

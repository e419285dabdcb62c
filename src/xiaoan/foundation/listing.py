"""Declared lists: columns, filters and order are data; paging, counting, filtering and export come from here.

Pages go by keyset (`keyset.py`), so that the thousandth costs as much as the first. Counts are bounded: exact to
1,000, then "1,000+".
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.forms import ChoiceField, Form, HiddenInput, MultipleChoiceField, MultipleHiddenInput, Select
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.actor import Actor, as_of_now
from xiaoan.foundation.errors import Malformed, TooLarge, Words
from xiaoan.foundation.keyset import Keyset, Order
from xiaoan.foundation.saved_views import PLACES, ViewBar, chosen
from xiaoan.foundation.sheets import Sheet, csv_pieces, write_workbook
from xiaoan.foundation.shown import Cell, ColumnChoice, Shown, in_words

__all__ = ["EXCEL_TYPE", "Column", "Filter", "Listing", "Order", "Shown"]

COUNTED_TO = 1_000
EXCEL_ROWS = 20_000
CHUNK = 1_000
SHORT = 14
"""Up to this width (characters) a value stands on one line."""
ALL = gettext_lazy("全部")
COLUMN = "column"
"""The word of an address that names a column to be shown; without any, all are."""
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
        """The page that the request asks for; an unknown filter, column, value or cursor is `Malformed`."""
        form = self._form(request)
        narrowed, columns = self._narrowed(rows, form), self._columns(form)
        page = self._page(request, narrowed, self._digest(form))
        return Shown(
            title=self.title,
            columns=[{"label": column.title} for column in columns],
            rows=[_cells(row, columns) for row in page.rows],
            filters=form,
            is_narrowed=bool(self._chosen(form)),
            column_choice=self._column_choice(request, form),
            saved=ViewBar(request.actor, request.path, chosen(request.GET)),  # type: ignore[attr-defined]
            summary=_summary(narrowed),
            next_url=_address(request, after=page.after) if page.after else "",
            previous_url=_address(request, before=page.before) if page.before else "",
            clear_url=request.path,
            excel_url=_address(request, export="xlsx"),
            csv_url=_address(request, export="csv"),
        )

    def export(self, request: HttpRequest, rows: "QuerySet[Any]") -> HttpResponseBase:
        """Exactly what is shown, all pages of it, as `?export=xlsx` or `csv`."""
        form = self._form(request)
        columns, wanted = self._columns(form), request.GET["export"]
        values = self._values(self._narrowed(rows, form), columns, request)
        if wanted == "csv":
            pieces = csv_pieces(self._sheet(columns, values))
            response: HttpResponseBase = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
        elif wanted == "xlsx":
            response = HttpResponse(self._workbook(columns, values), content_type=EXCEL_TYPE)
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
        return self._keyset.ordered(self._narrowed(rows, form)), picked

    def _workbook(self, columns: Sequence[Column], values: Iterable[Sequence[Any]]) -> bytes:
        """The values as an Excel file, up to a number that a request can bear."""
        rows = list(islice(values, EXCEL_ROWS + 1))
        if len(rows) > EXCEL_ROWS:
            raise TooLarge(gettext_lazy("一次最多导出 20,000 行 Excel，请先筛选，或改用 CSV 导出。"))
        stream = BytesIO()
        write_workbook([self._sheet(columns, rows)], stream)
        return stream.getvalue()

    def _sheet(self, columns: Sequence[Column], values: Iterable[Sequence[Any]]) -> Sheet:
        """Columns around their values."""
        headings = [str(column.title) for column in columns]
        return Sheet(str(self.title), headings, values, widths=[column.width for column in columns])

    def _values(
        self, rows: "QuerySet[Any]", columns: Sequence[Column], request: HttpRequest
    ) -> Iterator[list[Any]]:
        """Rows for an export, read by key in short reads so that no long read holds up a writer.

        Each read asks anew what the reader may see (`13-contracts.md` section 3): whose appointment ends in the
        middle gets no further rows.
        """
        reader: UUID = request.actor.person_id  # type: ignore[attr-defined]
        keyset = self._keyset
        ordered, last = keyset.ordered(rows), None
        while True:
            in_sight = ordered.visible_to(as_of_now(reader))  # type: ignore[attr-defined]  # rows behind the door
            chunk = list(in_sight.filter(keyset.beyond(keyset.of(last)) if last else Q())[:CHUNK])
            for row in chunk:
                yield [column.value(row) for column in columns]
            if len(chunk) < CHUNK:
                return
            last = chunk[-1]

    def _form(self, request: HttpRequest) -> Form:
        """The filter bar with what was chosen; only declared names and offered values are accepted."""
        known = {each.name for each in self.filters} | PLACES | {COLUMN}
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
        names = [(column.name, column.title) for column in self.columns]
        form.fields[COLUMN] = MultipleChoiceField(choices=names, required=False, widget=MultipleHiddenInput)
        if not form.is_valid():
            raise Malformed(gettext_lazy("没有这个筛选条件。"))
        return form

    def _narrowed(self, rows: "QuerySet[Any]", form: Form) -> "QuerySet[Any]":
        """The rows after all chosen filters."""
        for each in self.filters:
            if value := form.cleaned_data[each.name]:
                rows = each.apply(rows, value)
        return rows

    @property
    def _keyset(self) -> Keyset:
        """The order, as pages are cut from it."""
        return Keyset(self.name, self.order)

    def _page(self, request: HttpRequest, rows: "QuerySet[Any]", digest: str) -> "_Page":
        """The rows of a page, and the cursors of those beside it."""
        keyset, backwards = self._keyset, "before" in request.GET
        cursor = request.GET.get("before" if backwards else "after", "")
        if cursor:
            rows = rows.filter(keyset.beyond(keyset.opened(cursor, digest), backwards=backwards))
        ordered = keyset.ordered(rows)
        found = list((ordered.reverse() if backwards else ordered)[: self.page_size + 1])
        has_more = len(found) > self.page_size
        shown = found[: self.page_size][:: -1 if backwards else 1]
        comes_after, comes_before = backwards or has_more, has_more if backwards else bool(cursor)
        return _Page(
            shown,
            keyset.cursor(shown[-1], digest) if comes_after and shown else "",
            keyset.cursor(shown[0], digest) if comes_before and shown else "",
        )

    def _digest(self, form: Form) -> str:
        """A short digest of the chosen filters."""
        return sha256(repr(sorted(self._chosen(form))).encode()).hexdigest()[:12]

    def _chosen(self, form: Form) -> list[tuple[str, str]]:
        """The filters that are chosen, with their values."""
        given = ((each.name, form.cleaned_data[each.name]) for each in self.filters)
        return [(name, value) for name, value in given if value]

    def _columns(self, form: Form) -> list[Column]:
        """The columns that are shown: all, or the first and those that were chosen. These a phone shows as well."""
        first, *others = self.columns
        if chosen := form.cleaned_data[COLUMN]:
            others = [replace(each, on_phone=True) for each in others if each.name in chosen]
        return [first, *others]

    def _column_choice(self, request: HttpRequest, form: Form) -> ColumnChoice:
        """The columns as boxes to tick."""
        shown = {each.name for each in self._columns(form)}
        first, *others = self.columns
        return ColumnChoice(
            first=first.name,
            others=[(each.name, each.title, each.name in shown) for each in others],
            kept=self._chosen(form),
            all_url=_address(request, without=COLUMN) if form.cleaned_data[COLUMN] else "",
        )


@dataclass(frozen=True, slots=True)
class _Page:
    """The rows of a page; the cursors of the next and the previous one, empty where there is none."""

    rows: Sequence[Any]
    after: str
    before: str


def _cells(row: Any, columns: Sequence[Column]) -> list[Cell]:
    """A row as its template shows it."""
    return [
        Cell(
            in_words(column.value(row)),
            column.link(row) if column.link else "",
            column.title,
            column.on_phone,
            column.width <= SHORT,
        )
        for column in columns
    ]


def _address(request: HttpRequest, *, without: str = "", **changes: str) -> str:
    """The page of the request with its filters and columns, less one word, and another cursor or export."""
    words = request.GET.copy()
    for name in (*PLACES, without):
        words.pop(name, None)
    words.update(changes)
    return f"{request.path}?{words.urlencode()}"


def _summary(rows: "QuerySet[Any]") -> str:
    """How many there are, counted no further than a thousand."""
    number = rows.order_by()[: COUNTED_TO + 1].count()
    shown: Mapping[str, str] = {"number": "1,000+" if number > COUNTED_TO else f"{number:,}"}
    return _("共 %(number)s 条") % shown

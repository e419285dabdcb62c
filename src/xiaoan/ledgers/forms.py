"""Forms made of declarations. They give typed values their shape; whether the values fit is the act's question."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.ui.inputs import day_input
from xiaoan.ledgers.contents import stored_value
from xiaoan.ledgers.declarations import FieldSpec, RecordKind
from xiaoan.ledgers.filling import CORRECTION_REASON, LONGEST_LINE, Filling, ItemDraft, held_on, item_field
from xiaoan.ledgers.form_fields import Offered, form_field, holder_label, in_posts
from xiaoan.ledgers.models import Entry

MOST_ITEM_ROWS = 30
PREFIX = "entry"
"""Before every name in HTML, so that a declared name never meets one of the page's own."""
ROWS_FIELD = "item-rows"
ITEM_PARTS = ("text", "holder", "due_on")


class RecordForm(forms.Form):
    """The form of a kind: date first, then the declared fields in their order, then rows for 议定事项."""

    blank_rows = 3

    def __init__(
        self,
        kind: RecordKind,
        offered: Offered,
        data: QueryDict | None = None,
        files: Any = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(_packed(data), files, prefix=PREFIX)
        self.kind = kind
        self.item_rows = self._rows_shown(_rows_in(data), initial or {}) if kind.items else 0
        self._by_id = {str(held.id): held for held in offered}
        self.initial = self._defaults(offered, (initial or {}).get("happened_on")) | dict(initial or {})
        self.fields["happened_on"] = forms.DateField(label=_("日期"), widget=day_input(clock.today()))
        for spec in kind.fields:
            self.fields[spec.name] = form_field(spec, offered)
        if kind.items:
            self.fields[ROWS_FIELD] = forms.CharField(required=False, widget=forms.HiddenInput)
        for number in range(1, self.item_rows + 1):
            self._add_item_row(number, offered)

    def _rows_shown(self, sent: int, initial: Mapping[str, Any]) -> int:
        """As many rows for 议定事项 as were sent or asked for."""
        return min(max(self.blank_rows, sent, initial.get(ROWS_FIELD, 0)), MOST_ITEM_ROWS)

    def _defaults(self, offered: Offered, asked: Any) -> dict[str, Any]:
        """What a blank form begins with: the day that is asked for, else today, and who held each field's posts on it."""
        day = asked if isinstance(asked, date) else clock.today()
        defaults: dict[str, Any] = {"happened_on": day}
        for spec in self.kind.of_type("person_post"):
            in_post = [held for held in in_posts(spec, offered) if held_on(held, day)]
            if in_post:
                defaults[spec.name] = str(in_post[0].id)
        return defaults

    def _add_item_row(self, number: int, offered: Offered) -> None:
        """Three fields that may all stay empty."""
        in_post = [(str(held.id), holder_label(held)) for held in offered if held_on(held, clock.today())]
        self.fields[item_field(number, "text")] = forms.CharField(
            label=_("要办的事"), required=False, max_length=LONGEST_LINE
        )
        self.fields[item_field(number, "holder")] = forms.ChoiceField(
            label=_("责任人"), required=False, choices=[("", _("请选择")), *in_post]
        )
        self.fields[item_field(number, "due_on")] = forms.DateField(
            label=_("完成期限"), required=False, widget=day_input()
        )

    def main_fields(self) -> list[forms.BoundField]:
        """The date and the declared fields, for the template."""
        return [self[name] for name in ("happened_on", *(spec.name for spec in self.kind.fields))]

    def item_fields(self) -> Iterator[list[forms.BoundField]]:
        """The rows for 议定事项."""
        for number in range(1, self.item_rows + 1):
            yield [self[item_field(number, part)] for part in ITEM_PARTS]

    @property
    def has_items(self) -> bool:
        """Whether anything is typed into the rows for 议定事项."""
        return self.is_bound and any(bound.value() for row in self.item_fields() for bound in row)

    def as_typed(self) -> dict[str, Any]:
        """What was sent, as it was typed, for a form that is shown again unchecked. Files cannot be kept."""
        return {bound.name: bound.data for bound in self if bound.data}

    def filling(self) -> Filling:
        """The typed content of a form whose shape is right."""
        values = {spec.name: self._value(spec) for spec in self.kind.fields}
        drafts = [draft for number in range(1, self.item_rows + 1) if (draft := self._item(number))]
        return Filling(self.cleaned_data["happened_on"], values, drafts)

    def _value(self, spec: FieldSpec) -> Any:
        """One field's value; persons as the appointments that were offered."""
        value = self.cleaned_data[spec.name]
        if spec.type == "person_post":
            return self._by_id.get(value)
        return [self._by_id[each] for each in value] if spec.type == "people" else value

    def _item(self, number: int) -> ItemDraft | None:
        """One row; None when it was left empty."""
        text, holder, due_on = (self.cleaned_data[item_field(number, part)] for part in ITEM_PARTS)
        return ItemDraft(text, self._by_id.get(holder), due_on) if text or holder or due_on else None


class CorrectForm(RecordForm):
    """The form of a kind, filled with what is stored, and the reason for changing it."""

    blank_rows = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for spec in self.kind.of_type("file"):  # what is attached already is not asked for again
            self.fields[spec.name].required = False
        self.fields[CORRECTION_REASON] = forms.CharField(
            label=_("更正理由"), max_length=LONGEST_LINE, help_text=_("原内容保留在操作记录中。")
        )

    @property
    def reason(self) -> forms.BoundField:
        """The reason, for the template."""
        return self[CORRECTION_REASON]


class VoidForm(forms.Form):
    """Why an entry is voided."""

    reason = forms.CharField(max_length=LONGEST_LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("作废理由")


class FinishForm(forms.Form):
    """When a 议定事项 was done, and in a few words how."""

    done_on = forms.DateField()
    note = forms.CharField(required=False, max_length=LONGEST_LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].label, self.fields["note"].label = _("办结日期"), _("办结情况")
        self.fields["done_on"].widget = day_input(clock.today())
        self.initial.setdefault("done_on", clock.today())


class ImportForm(forms.Form):
    """The file to import."""

    file = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = _("Excel 或 CSV 文件")
        self.fields["file"].help_text = _("先下载模板，按列名填写；每行一条，一次最多 200 行。")


def _rows_in(data: QueryDict | None) -> int:
    """How many rows for 议定事项 the sent form had."""
    number = data.get(f"{PREFIX}-{ROWS_FIELD}", "") if data else ""
    return int(number) if number.isascii() and number.isdigit() and len(number) <= 2 else 0  # noqa: PLR2004 - two digits


def _packed(data: QueryDict | None) -> QueryDict | None:
    """The sent data with empty rows for 议定事项 moved to the end, so that the n-th row is the n-th item."""
    if data is None:
        return None
    packed, rows = data.copy(), []
    for number in range(1, MOST_ITEM_ROWS + 1):
        row = [packed.get(_html_name(number, part), "") for part in ITEM_PARTS]
        if any(row):
            rows.append(row)
        for part in ITEM_PARTS:
            packed.pop(_html_name(number, part), None)
    for number, row in enumerate(rows, start=1):
        for part, value in zip(ITEM_PARTS, row, strict=True):
            packed[_html_name(number, part)] = value
    return packed


def _html_name(number: int, part: str) -> str:
    """The name in HTML of a part of the n-th item."""
    return f"{PREFIX}-{item_field(number, part)}"


def stored_answers(entry: Entry, kind: RecordKind, offered: Offered) -> dict[str, Any]:
    """What a correction begins with: stored values, and people as the appointments that are offered."""
    answers: dict[str, Any] = {"happened_on": entry.happened_on}
    for value in entry.values.all():
        if spec := kind.field(value.field):
            answers[spec.name] = _as_typed(stored_value(spec, value))
    stored = {(each.field, each.person_id, each.post) for each in entry.people.all()}
    for spec in kind.of_type("person_post", "people"):
        found = [str(held.id) for held in offered if (spec.name, held.person_id, held.post.code) in stored]
        answers[spec.name] = found if spec.type == "people" else next(iter(found), None)
    return answers


def _as_typed(value: Any) -> Any:
    """A stored value as a person would type it."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value

"""The form field of each declared type. A new record kind needs none of its own."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xiaoan.foundation.attachments.fields import UploadsField
from xiaoan.foundation.ui import dates
from xiaoan.foundation.ui.inputs import day_input
from xiaoan.ledgers.declarations import FieldSpec
from xiaoan.ledgers.filling import LONGEST_LINE, LONGEST_TEXT, missing
from xiaoan.ledgers.models import with_post
from xiaoan.people.models import Appointment

TAPPED = 4
"""Up to so many answers are tap targets; more are a drop-down list."""

Offered = Sequence[Appointment]


def form_field(spec: FieldSpec, offered: Offered) -> forms.Field:
    """The field of a declaration, with whom it offers."""
    return _FIELDS[spec.type](spec, offered)


def holder_label(held: Appointment) -> str:
    """Name and post, with the last day of a post that has ended."""
    label = with_post(held.person.name, held.post.name_zh, held.post.name_en)
    if held.ends_on is None:
        return label
    return _("%(holder)s至%(day)s") % {"holder": label, "day": dates.full_date(held.ends_on)}


def in_posts(spec: FieldSpec, offered: Offered) -> list[Appointment]:
    """Who of those offered holds one of a field's posts, in the order of the declaration."""
    found = [held for held in offered if held.post.code in spec.posts]
    return sorted(found, key=lambda held: (held.ends_on is not None, spec.posts.index(held.post.code)))


def _common(spec: FieldSpec) -> dict[str, Any]:
    """What every field of a declaration says."""
    return {
        "label": str(spec.title),
        "help_text": str(spec.hint or ""),
        "required": spec.required,
        "error_messages": {"required": missing(spec)},
    }


def _tapped_or_listed(choices: Sequence[tuple[str, str | Promise]], *, required: bool) -> dict[str, Any]:
    """Few answers as tap targets, many as a drop-down list."""
    if len(choices) <= TAPPED:
        return {"widget": forms.RadioSelect, "choices": choices}
    return {"choices": choices if required else [("", _("请选择")), *choices]}


def _date(spec: FieldSpec, _offered: Offered) -> forms.Field:
    return forms.DateField(widget=day_input(), **_common(spec))


def _text(spec: FieldSpec, _offered: Offered) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LINE, **_common(spec))


def _long_text(spec: FieldSpec, _offered: Offered) -> forms.Field:
    return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **_common(spec))


def _choice(spec: FieldSpec, _offered: Offered) -> forms.Field:
    choices = [(choice.code, str(choice.title)) for choice in spec.choices]
    return forms.ChoiceField(widget=forms.RadioSelect, choices=choices, **_common(spec))


def _people(spec: FieldSpec, offered: Offered) -> forms.Field:
    choices = [(str(held.id), holder_label(held)) for held in offered]
    return forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, choices=choices, **_common(spec))


def _person_post(spec: FieldSpec, offered: Offered) -> forms.Field:
    choices = [(str(held.id), holder_label(held)) for held in in_posts(spec, offered)]
    field = forms.ChoiceField(**_tapped_or_listed(choices, required=spec.required), **_common(spec))
    if not choices:
        field.help_text = _("本单位近期没有人在这些岗位任职，请先登记任职。")
    return field


def _number(spec: FieldSpec, _offered: Offered) -> forms.Field:
    return forms.DecimalField(max_digits=14, decimal_places=2, **_common(spec))


def _file(spec: FieldSpec, _offered: Offered) -> forms.Field:
    return UploadsField(**_common(spec))


def _yes_no(spec: FieldSpec, _offered: Offered) -> forms.Field:
    choices = [("1", _("是")), ("0", _("否"))]
    return forms.TypedChoiceField(
        widget=forms.RadioSelect, choices=choices, coerce="1".__eq__, empty_value=None, **_common(spec)
    )


_FIELDS: dict[str, Callable[[FieldSpec, Offered], forms.Field]] = {
    "date": _date,
    "text": _text,
    "long_text": _long_text,
    "choice": _choice,
    "people": _people,
    "person_post": _person_post,
    "number": _number,
    "file": _file,
    "yes_no": _yes_no,
}

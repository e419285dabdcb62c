"""Components of forms: a field with everything said beside it, the bar of filters, the errors of the whole."""

from functools import cached_property
from typing import Any, Literal
from unicodedata import east_asian_width

from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.utils.safestring import SafeString

from xiaoan.foundation.ui.components import element

# Widths (a Latin letter is 1, a Chinese character 2) up to which three, then two choices stand abreast; the
# longest of two may take a second line.
THREE_ABREAST = 14
TWO_ABREAST = 40


def width(words: str) -> int:
    """Rough width of words: a Chinese character takes two Latin letters."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)


def control(bound: BoundField) -> SafeString:
    """A field's widget, styled as an input."""
    own = bound.field.widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{own} input".strip()})


@element
class Field:
    """A bound field of a Django form: label, control, hint, error in words that say what to do.
    Radio buttons and several check boxes become tap targets; photos are taken or picked by two large buttons.
    """

    bound: BoundField

    @cached_property
    def shape(self) -> Literal["hidden", "choices", "tick", "photos", "input"]:
        """How it is laid out."""
        widget = self.bound.field.widget
        if self.bound.is_hidden:
            return "hidden"
        if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
            return "choices"
        if "data-photos" in widget.attrs:
            return "photos"
        return "tick" if isinstance(widget, CheckboxInput) else "input"

    @property
    def control(self) -> SafeString:
        """The widget, styled as an input."""
        return control(self.bound)

    @property
    def optional(self) -> bool:
        """Whether it may stay empty. Ticks are never asked for in words."""
        return not self.bound.field.required and self.shape != "tick"

    @cached_property
    def choice_size(self) -> Literal["", "medium", "long"]:
        """How much room the longest choice needs."""
        widest = max((width(str(choice.choice_label)) for choice in self.bound), default=0)
        if widest <= THREE_ABREAST:
            return ""
        return "medium" if widest <= TWO_ABREAST else "long"


@element
class FormErrors:
    """What is wrong with the form as a whole; nothing when nothing is."""

    form: BaseForm


@element
class Filters:
    """The filter bar of a list: a GET form, folded on a phone until something is chosen."""

    form: BaseForm
    clear_url: str = ""

    @cached_property
    def active(self) -> bool:
        """Whether anything is chosen."""
        return any(self._given(bound.name) for bound in self.form.visible_fields())

    @property
    def fields(self) -> list[tuple[BoundField, SafeString]]:
        """Each visible field with its control."""
        return [(bound, control(bound)) for bound in self.form.visible_fields()]

    def _given(self, name: str) -> Any:
        """The value that came with the request."""
        return self.form.is_bound and self.form[name].value()

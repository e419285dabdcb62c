"""Forms of plans: they shape input; rules stand in the acts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.people.models import Person


class LineForm(forms.Form):
    """One line of reason."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, help_text=_("一句话写明，随这一项一直保留。"), widget=forms.TextInput
    )


class HolderForm(forms.Form):
    """Who answers for a duty."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("责任人"), queryset=None, empty_label=_("请选择"), help_text=_("只列现在本单位任职的人。")
    )

    def __init__(self, data: Any, people: "QuerySet[Person]", **values: Any) -> None:
        super().__init__(data, **values)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    """Which values the bureau stands by: those that are ticked, or all by the button `everything`."""

    codes = forms.MultipleChoiceField(
        label=_("逐项确认"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请勾选要确认的任务，或者全部确认。")},
    )
    everything = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, choices: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.every_code = [code for code, _words in choices]
        self.fields["codes"].required = "everything" not in (data or {})
        self.fields["codes"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Every code, or the ticked ones."""
        return {"codes": self.every_code} if self.cleaned_data.get("everything") else self.cleaned_data


class AttachForm(forms.Form):
    """The official text of a document."""

    number = forms.ChoiceField(label=_("文号"))
    file = forms.FileField(
        label=_("官方文本"), help_text=_("可复制文字的 .docx、.txt 或 .md，不超过 20 MB。")
    )

    def __init__(self, data: Any, files: Any, numbers: list[str]) -> None:
        super().__init__(data, files)
        self.fields["number"].choices = [(number, number) for number in numbers]  # type: ignore[attr-defined]

"""Forms of feedback."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import LONGEST_TEXT, Kind


class RemarkForm(forms.Form):
    """What a person writes; the page comes along unseen."""

    kind = forms.ChoiceField(
        label=_("类别"), widget=forms.RadioSelect, choices=Kind.choices, initial=Kind.SUGGESTION
    )
    text = forms.CharField(label=_("内容"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 6}))
    page = forms.CharField(required=False, widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """The answer."""

    answer = forms.CharField(
        label=_("答复内容"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("请写明是否采纳，不采纳的说明理由。"),
    )

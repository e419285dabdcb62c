"""The box above the list of profiles."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_WORD = 60


class FindForm(forms.Form):
    """A word of an institution's name, or the beginning of its code."""

    q = forms.CharField(
        label=_("学校名称或编码"),
        max_length=LONGEST_WORD,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "inputmode": "search"}),
    )

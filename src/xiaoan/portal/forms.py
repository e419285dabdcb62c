"""The box of the search page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.search import MOST_TYPED


class SearchForm(forms.Form):
    """A few words. What they mean is `foundation.search`'s to say."""

    q = forms.CharField(
        label=_("搜索词"),
        max_length=MOST_TYPED,
        widget=forms.TextInput(attrs={"type": "search", "inputmode": "search"}),
        error_messages={"max_length": _("搜索词太长，请只输入关键的几个字。")},
    )

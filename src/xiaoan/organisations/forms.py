"""The form of an import: one file."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ImportForm(forms.Form):
    """A table to check."""

    file = forms.FileField(
        label=_("文件"),
        help_text=_("请用模板填写：数据在第一张工作表，列名在第一行。支持 .xlsx 和 CSV，最大 20 MB。"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

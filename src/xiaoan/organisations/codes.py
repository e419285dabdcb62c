"""Codes of units, places and people: plain letters and digits, so that they sort alike everywhere."""

import re

from django.utils.translation import gettext_lazy as _

CODE_LENGTH = 32
CODE_WORDS = _("编码只用字母、数字和 . - _，以字母或数字开头，最多 32 位。")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")


def is_code(text: str) -> bool:
    """Whether a text is a code."""
    return _CODE.fullmatch(text) is not None

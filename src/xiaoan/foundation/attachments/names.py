"""The names that people give to files: shown and offered at a download, never a path (8-reliability E8)."""

import unicodedata
from pathlib import PurePath

from django.utils.http import content_disposition_header

from xiaoan.foundation.attachments.kinds import Kind

READ_LENGTH = 255
NAME_LENGTH = 120
NAMELESS = "附件"
_SEPARATORS = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def shown_name(given: str | None) -> str:
    """A name fit to be shown: no path, no control, bidi or invisible character, at most 120 characters."""
    cut = (given or "")[-READ_LENGTH:]  # length first: normalising may grow a text
    text = unicodedata.normalize("NFC", cut)
    visible = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    name = " ".join(visible.translate(_SEPARATORS).split()).strip(". ")
    suffix = PurePath(name).suffix[:12]
    stem = name.removesuffix(suffix)[: NAME_LENGTH - len(suffix)].strip(". ")
    return f"{stem or NAMELESS}{suffix}"


def download_header(name: str, kind: Kind) -> str:
    """`Content-Disposition` of a download by RFC 6266, its name ending in a suffix that fits the content."""
    clean = shown_name(name)
    fitting = clean if clean.lower().endswith(kind.suffixes) else clean + kind.suffixes[0]
    return content_disposition_header(as_attachment=True, filename=fitting) or "attachment"

"""Words that exist in both languages, as packs and names of posts do: which of the two the page shows."""

from django.utils.translation import get_language


def is_english() -> bool:
    """Whether the page is in English."""
    return (get_language() or "").startswith("en")


def in_language(zh: str, en: str) -> str:
    """The words in the language of the page."""
    return en if is_english() else zh

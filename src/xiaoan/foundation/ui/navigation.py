"""What the shells show around a page. `portal` fills it by a context processor, as `navigation`, `tabs`, `bell`,
`viewer`, `district_name` and `search_url`; only what is built and allowed is in it.
"""

from dataclasses import dataclass
from typing import Literal

from xiaoan.foundation.errors import Words


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of the side navigation or of the bottom tabs."""

    label: Words
    url: str
    icon: str = ""
    current: Literal["", "page", "true"] = ""
    """`page` on the entry's own page, `true` on a page below it."""
    count: int | str = 0
    """How many things wait there, in words where they were not counted to the end (99+); 0 shows nothing."""
    count_label: Words = ""
    """The count in words, for a screen reader: 待我处理 9 件."""
    children: tuple["NavigationItem", ...] = ()
    apart: bool = False
    """Whether a line stands above it (系统管理)."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """The person signed in, as the top bar shows them."""

    key: str
    """Opaque and stable: drafts in the browser are kept under it."""
    name: str
    post: Words
    unit: Words = ""
    page_url: str = ""
    log_out_url: str = ""

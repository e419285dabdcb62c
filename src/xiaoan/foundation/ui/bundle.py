"""What the front-end build left: its manifest says which files an entry needs and where the icons are."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static

BUILT = Path(__file__).parent / "static" / "ui"
NOT_BUILT = "The front end is not built. Run: make build"


class UnknownIconError(LookupError):
    """A name that frontend/icons.json does not list."""


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """Vite's manifest. Raises ImproperlyConfigured before the first build."""
    try:
        return json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ImproperlyConfigured(NOT_BUILT) from None


def styles_of(entry: str) -> list[str]:
    """Addresses of an entry's style sheets."""
    return [static(f"ui/{name}") for name in _found(entry).get("css", [])]


def script_of(entry: str) -> str:
    """Address of an entry's script."""
    return static(f"ui/{_found(entry)['file']}")


def asset_address(source: str) -> str:
    """Address of a built file by its name in `frontend/`: icons.json is the sprite, brand.svg the mark."""
    return static(f"ui/{manifest()[source]['file']}")


@cache
def icon_address(name: str) -> str:
    """Address of an icon inside the sprite. Raises UnknownIconError for a name that was not built."""
    if name not in icon_names():
        raise UnknownIconError(f"no icon {name!r}: list it in frontend/icons.json and run make build")
    return f"{asset_address('icons.json')}#{name}"


@cache
def icon_names() -> frozenset[str]:
    """Names of the icons in the sprite."""
    sprite = (BUILT / manifest()["icons.json"]["file"]).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([^"]+)"', sprite))


def _found(entry: str) -> dict[str, Any]:
    """The manifest's word on an entry."""
    known = manifest()
    if f"js/{entry}.js" not in known:
        raise ImproperlyConfigured(f"frontend has no entry {entry!r}. {NOT_BUILT}")
    return known[f"js/{entry}.js"]

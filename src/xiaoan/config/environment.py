"""Typed readers of environment variables; a value that makes no sense stops the start."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def env_flag(name: str, *, default: bool) -> bool:
    """True for `1`, False for `0`; anything else is a mistake that is said at once."""
    value = os.environ.get(name, "1" if default else "0")
    if value not in {"0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def env_list(name: str, default: list[str]) -> list[str]:
    """Words separated by commas."""
    value = os.environ.get(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def env_path(name: str, default: Path) -> Path:
    """An absolute path."""
    return Path(os.environ.get(name) or default).resolve()


def instance_secret(home: Path) -> str:
    """The signing key: given by the environment, or made once and kept in the instance's folder."""
    if key := os.environ.get("XIAOAN_SECRET_KEY"):
        return key
    kept = home / "secret.key"
    if not kept.exists():
        home.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_secret_key(), encoding="utf-8")
    return kept.read_text(encoding="utf-8")

"""The interface parts are tried without the modules that stand above them."""

from copy import deepcopy

import pytest


@pytest.fixture
def on_its_own(settings, tmp_path):
    """Django, the security headers and this package; no module above the foundation."""
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [name for name in options["context_processors"] if not above(name)]
    settings.TEMPLATES = templates
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if not above(name) and not name.endswith("LoginRequiredMiddleware")
    ]
    settings.STATIC_ROOT = tmp_path  # nothing collected: files are found where the build left them
    settings.ROOT_URLCONF = "xiaoan.foundation.ui.tests.urls"


def above(name: str) -> bool:
    """Whether a dotted name belongs to a module above the foundation."""
    return name.startswith("xiaoan.") and not name.startswith("xiaoan.foundation.")

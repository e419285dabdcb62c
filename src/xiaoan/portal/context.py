"""What the shell around every page needs: who is signed in, the menu, the demo banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(_request: HttpRequest) -> dict[str, Any]:
    """Context of the shell templates."""
    return {"demo": settings.DEMO}

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    """The primitives."""

    name = "xiaoan.foundation"
    label = "foundation"

"""Django's name for the interface parts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The components, shells and their catalogue."""

    name = "xiaoan.foundation.ui"
    label = "ui"

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Home, navigation, shells."""

    name = "xiaoan.portal"
    label = "portal"

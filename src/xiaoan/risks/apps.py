from django.apps import AppConfig


class RisksConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.risks"
    label = "risks"

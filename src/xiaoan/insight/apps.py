from django.apps import AppConfig


class InsightConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.insight"
    label = "insight"

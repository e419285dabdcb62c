from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.ledgers"
    label = "ledgers"

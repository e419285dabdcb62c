from django.apps import AppConfig


class PlansConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.plans"
    label = "plans"

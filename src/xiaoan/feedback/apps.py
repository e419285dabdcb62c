from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.feedback"
    label = "feedback"

    def ready(self) -> None:
        """Offer the acts."""
        from xiaoan.feedback import acts  # noqa: F401  # import: acts announce themselves

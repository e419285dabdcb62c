from django.apps import AppConfig


class RisksConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.risks"
    label = "risks"

    def ready(self) -> None:
        """Offer the pack section, the acts and the measure."""
        from xiaoan.foundation.indicators import register  # import: apps are loaded before models
        from xiaoan.risks import acts, pack  # noqa: F401  # import: acts and sections announce themselves
        from xiaoan.risks.indicators import ReviewedPoints  # import: apps are loaded before models

        register("risks.reviewed", ReviewedPoints())

from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.hazards"
    label = "hazards"

    def ready(self) -> None:
        """Offer the pack section and the acts."""
        from xiaoan.hazards import acts, pack  # noqa: F401  # import: acts and sections announce themselves

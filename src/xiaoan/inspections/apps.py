from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Offer the pack sections and the acts."""
        from xiaoan.inspections import acts  # noqa: F401  # import: acts and pack sections announce themselves

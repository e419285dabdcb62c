from django.apps import AppConfig


class LedgersConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.ledgers"
    label = "ledgers"

    def ready(self) -> None:
        """Offer the pack section and the measures."""
        from xiaoan.foundation.indicators import register  # import: apps are loaded before models
        from xiaoan.ledgers import acts, pack  # noqa: F401  # import: acts and sections announce themselves
        from xiaoan.ledgers.indicators import (  # import: apps are loaded before models
            ItemsFinished,
            RecordsHeld,
            RecordsPerHolder,
        )

        register("ledgers.records_held", RecordsHeld())
        register("ledgers.records_per_holder", RecordsPerHolder())
        register("ledgers.items_finished", ItemsFinished())

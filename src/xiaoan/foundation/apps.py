from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

REGISTERING_ROOMS = ("acts", "events", "indicators", "pack", "panels", "jobs", "reactions")


class FoundationConfig(AppConfig):
    """The primitives. When all models are known, the rooms that fill the registers are opened."""

    name = "xiaoan.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Fill the registers: acts, events, indicators, pack sections, panels, jobs."""
        autodiscover_modules(*REGISTERING_ROOMS)

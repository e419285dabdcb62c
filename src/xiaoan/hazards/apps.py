from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """See the module's door plate."""

    name = "xiaoan.hazards"
    label = "hazards"

    def ready(self) -> None:
        """Offer the pack section, the acts and the measures."""
        from xiaoan.foundation.indicators import register  # import: apps are loaded before models
        from xiaoan.hazards import acts, pack  # noqa: F401  # import: acts and sections announce themselves
        from xiaoan.hazards import indicators as measures  # import: apps are loaded before models

        register("hazards.major_cleared", measures.MajorCleared())
        register("hazards.major_self_found", measures.MajorSelfFound())
        register("hazards.look_backs_sound", measures.LookBacksSound())
        register("hazards.closed_in_time", measures.ClosedInTime())
        register("hazards.causes_recorded", measures.CausesRecorded())
        register("hazards.days_to_resolve", measures.DaysToResolve())
        register("hazards.campaign_cleared", measures.CampaignCleared())

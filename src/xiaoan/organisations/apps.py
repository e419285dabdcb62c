from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Units, places, circles, calendars."""

    name = "xiaoan.organisations"
    label = "organisations"

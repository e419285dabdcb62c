from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Persons, posts, appointments, sign-in."""

    name = "xiaoan.people"
    label = "people"

"""Inputs that several modules' forms share."""

from datetime import date

from django import forms


def day_input(latest: date | None = None) -> forms.DateInput:
    """The browser's own picker of a day, up to a latest one."""
    limit = {"max": latest.isoformat()} if latest else {}
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", **limit})

"""The matrix is complete: every act and every reading has its row, and every row has its act or reading."""

from django.apps import apps
from django.conf import settings

from xiaoan.foundation.acts import registered_acts
from xiaoan.foundation.permissions import matrix
from xiaoan.foundation.records import Record


def readings():
    return {model.reach.reading for model in apps.get_models() if hasattr(model, "reach")}


def test_every_row_is_an_act_or_a_reading_and_the_other_way_round():
    assert set(matrix().rows) == set(registered_acts()) | readings()


def test_every_record_says_who_may_read_it():
    silent = [
        model for model in apps.get_models() if issubclass(model, Record) and not hasattr(model, "reach")
    ]
    assert silent == []


def test_a_safety_officer_can_read_the_file():
    lines = [line for line in settings.MATRIX.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    assert len(lines[0].split(",")) - 1 <= 18

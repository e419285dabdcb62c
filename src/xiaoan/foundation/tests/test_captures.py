"""The time of a capture is doubted where it cannot be, and comes with the form."""

from datetime import date, timedelta

import pytest
from django.test import RequestFactory

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.captures import is_time_in_doubt
from xiaoan.foundation.errors import Malformed
from xiaoan.foundation.pages import ask_of

NOW = clock.at(date(2025, 12, 17))
OPENED = date(2025, 9, 1)
SUBMISSION = "019b2ca1-58c9-7380-9142-78c409580b2a"


@pytest.mark.parametrize(
    ("captured_at", "exists_since", "doubted"),
    [
        (None, OPENED, False),
        (NOW, OPENED, False),
        (NOW + timedelta(minutes=5), OPENED, False),
        (NOW + timedelta(minutes=5, seconds=1), OPENED, True),
        (NOW + timedelta(minutes=6), None, True),
        (clock.at(OPENED, hour=0), OPENED, False),
        (clock.at(OPENED, hour=0) - timedelta(seconds=1), OPENED, True),
        (clock.at(date(2001, 1, 1)), None, False),
    ],
)
def test_a_time_before_the_unit_existed_or_after_now_is_doubted(captured_at, exists_since, doubted):
    with clock.held_at(NOW):
        assert is_time_in_doubt(Ask(captured_at=captured_at), exists_since=exists_since) is doubted


def asked(captured_at: str) -> Ask:
    return ask_of(RequestFactory().post("/", {"submission_id": SUBMISSION, "captured_at": captured_at}))


@pytest.mark.parametrize("sent", ["2025-12-17T09:00:00+08:00", "2025-12-17T01:00:00Z"])
def test_the_time_of_capture_comes_with_the_form(sent):
    assert asked(sent).captured_at == NOW


def test_a_form_need_not_tell_a_time_of_capture():
    assert asked("").captured_at is None


@pytest.mark.parametrize("sent", ["yesterday", "2025-12-17T09:00:00", "2025-02-30T09:00:00Z", "0"])
def test_a_time_of_capture_that_is_none_or_has_no_zone_is_malformed(sent):
    with pytest.raises(Malformed):
        asked(sent)

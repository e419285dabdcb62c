"""What the demo's people wrote to the bureau goes through the acts, at its own hours."""

import pytest

from xiaoan.config.demo.remarks import remark_story
from xiaoan.feedback.models import Kind, Remark
from xiaoan.foundation import clock
from xiaoan.people.tests.factories import appointed

pytestmark = pytest.mark.django_db


def test_two_are_answered_and_two_wait_before_the_curtain(cast):
    people = {
        "canteen_manager": cast.zhou,
        "safety_officer": cast.shen,
        "principal": cast.lin,
        "legal_staff": cast.bai,
        "system_admin": appointed(cast.bureau, "system_admin", "纪长宁"),
    }
    for _at, interlude in sorted(remark_story(people.__getitem__), key=lambda pair: pair[0]):
        interlude()
    rows = Remark.objects.everything("a test").order_by("created_at")
    assert [(row.kind, row.state, row.created_by_id) for row in rows] == [
        (Kind.SUGGESTION, "replied", cast.zhou.pk),
        (Kind.ERROR, "replied", cast.shen.pk),
        (Kind.SUGGESTION, "asked", cast.shen.pk),
        (Kind.COMPLAINT, "asked", cast.lin.pk),
    ]
    assert [row.created_at < clock.now() for row in rows] == [True] * 4

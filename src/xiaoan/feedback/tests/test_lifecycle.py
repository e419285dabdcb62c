"""The table of a remark: from 待答复 it is answered or withdrawn; from an ending nothing moves."""

import pytest

from xiaoan.feedback.acts import withdraw_remark
from xiaoan.feedback.lifecycle import REMARK
from xiaoan.feedback.tests.factories import a_remark, answered
from xiaoan.foundation.actor import Ask

pytestmark = pytest.mark.django_db


def offered(remark, actor):
    return {move.verb: bool(verdict) for move, verdict in REMARK.offers(remark, actor)}


@pytest.mark.parametrize(
    ("who", "answer", "withdraw"),
    [("zhou", False, True), ("gu", True, False), ("bai", True, False), ("lin", False, False)],
)
def test_each_is_offered_their_own_moves(cast, who, answer, withdraw):
    assert offered(a_remark(cast.zhou), cast.actor(who)) == {"answer": answer, "withdraw": withdraw}


def test_nothing_leads_out_of_an_ending(cast):
    done, gone = answered(a_remark(cast.zhou), cast.gu), a_remark(cast.zhou)
    withdraw_remark(actor=cast.actor("zhou"), ask=Ask(), remark=gone)
    assert [offered(remark, cast.actor("zhou")) for remark in (done, gone)] == [{}, {}]

"""The table of a risk point: from 在册 it is changed, eliminated or put out of use; from an ending nothing moves."""

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.risks.acts import retire_risk
from xiaoan.risks.lifecycle import RISK
from xiaoan.risks.models import RiskState
from xiaoan.risks.tests.factories import a_risk

pytestmark = pytest.mark.django_db


def offered(risk, actor):
    return {move.verb: bool(verdict) for move, verdict in RISK.offers(risk, actor)}


@pytest.mark.parametrize("who", ["shen", "chen", "lin", "wen"])
def test_who_keeps_the_list_is_offered_every_move(here, who):
    assert offered(a_risk(here), here.actor(who)) == {"change": True, "eliminate": True, "disuse": True}


@pytest.mark.parametrize("who", ["zhou", "gu", "bai", "tang"])
def test_others_are_offered_none(here, who):
    assert offered(a_risk(here), here.actor(who)) == {"change": False, "eliminate": False, "disuse": False}


@pytest.mark.parametrize("state", [RiskState.ELIMINATED, RiskState.DISUSED])
def test_nothing_leads_out_of_an_ending(here, state):
    risk = a_risk(here)
    retire_risk(actor=here.actor("shen"), ask=Ask(), risk=risk, state=state, reason="已拆除")
    assert offered(risk, here.actor("shen")) == {}

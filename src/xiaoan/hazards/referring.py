"""转办 that ends without the receiver: the hazard has become something else meanwhile."""

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Ask, robot
from xiaoan.hazards.lifecycle import REFERRAL
from xiaoan.hazards.models import Hazard, ReferralState


def withdraw_referrals(hazard: Hazard) -> None:
    """End what is open: the receiver has nothing more to do."""
    machine = robot(district_id=hazard.district_id, cause="withdraw")
    for referral in hazard.referrals.filter(state=ReferralState.OPEN):
        today = clock.today()
        REFERRAL.go(referral, "withdraw", actor=machine, ask=Ask(seen=referral.version), answered_on=today)

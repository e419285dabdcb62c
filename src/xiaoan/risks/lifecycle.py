"""The steps of a risk point, as a table."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.lifecycle import Lifecycle, Move
from xiaoan.risks.models import RiskState
from xiaoan.risks.permissions import may_change_risk, may_retire_risk

LISTED = frozenset({RiskState.LISTED})

RISK = Lifecycle(
    states=dict(RiskState.choices),
    moves=(
        Move("change", LISTED, RiskState.LISTED, may_change_risk, _("调整"), needs=("reason",)),
        Move("eliminate", LISTED, RiskState.ELIMINATED, may_retire_risk, _("消除"), needs=("reason",)),
        Move("disuse", LISTED, RiskState.DISUSED, may_retire_risk, _("停用"), needs=("reason",)),
    ),
)

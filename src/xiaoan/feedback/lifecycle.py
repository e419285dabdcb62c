"""The steps of a remark, as a table."""

from django.utils.translation import gettext_lazy as _

from xiaoan.feedback.models import RemarkState
from xiaoan.feedback.permissions import may_answer_remark, may_withdraw_remark
from xiaoan.foundation.lifecycle import Lifecycle, Move

ASKED = frozenset({RemarkState.ASKED})

REMARK = Lifecycle(
    states=dict(RemarkState.choices),
    moves=(
        Move("answer", ASKED, RemarkState.REPLIED, may_answer_remark, _("答复"), needs=("answer",)),
        Move("withdraw", ASKED, RemarkState.WITHDRAWN, may_withdraw_remark, _("撤回")),
    ),
)

"""The moves of a reminder, all of them the machine's."""

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.lifecycle import Lifecycle, Move
from xiaoan.messages.models import ReminderState
from xiaoan.messages.permissions import may_move

ANY = frozenset(ReminderState)
OPEN = frozenset({ReminderState.OPEN})
REMINDER = Lifecycle(
    states=dict(ReminderState.choices),
    moves=(
        Move("remind", ANY, ReminderState.OPEN, may_move, _("设定提醒"), robot=True),
        Move("reach", OPEN, ReminderState.OPEN, may_move, _("提醒"), robot=True),
        Move("finish", ANY, ReminderState.SAID, may_move, _("完成提醒"), robot=True),
        Move("end", ANY, ReminderState.ENDED, may_move, _("结束提醒"), robot=True),
    ),
)

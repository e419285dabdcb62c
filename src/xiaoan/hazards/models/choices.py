"""Words of hazards: steps, grades, sources, causes (`5-interface.md`, menu and words)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Steps of a hazard. Overdue, extended, controlled, listed, repeated are flags and never steps."""

    TO_JUDGE = "to_judge", _("待判定")
    TO_ASSIGN = "to_assign", _("待交办")
    RECTIFYING = "rectifying", _("整改中")
    TO_VERIFY = "to_verify", _("待验收")
    TO_RECHECK = "to_recheck", _("待复查")
    TO_CLOSE = "to_close", _("待销号")
    CLOSED = "closed", _("已销号")
    TO_LOOK_BACK = "to_look_back", _("待回头看")
    ARCHIVED = "archived", _("已归档")
    TO_CONFIRM = "to_confirm", _("待确认")
    REFERRED = "referred", _("已转办")
    SCHEDULED = "scheduled", _("列入维修")
    MERGED = "merged", _("已并案")
    NOT_HAZARD = "not_hazard", _("不予认定")
    VOID = "void", _("已作废")


UNRECTIFIED = frozenset(
    {State.TO_JUDGE, State.TO_ASSIGN, State.RECTIFYING, State.REFERRED, State.SCHEDULED, State.TO_CONFIRM}
)
"""Nobody has said yet, or somebody has only said, that it is put right."""
UNDER_ACCEPTANCE = frozenset({State.TO_VERIFY, State.TO_RECHECK, State.TO_CLOSE})
OPEN = UNRECTIFIED | UNDER_ACCEPTANCE
"""Not yet closed (未销号)."""
CLOSED = frozenset({State.CLOSED, State.TO_LOOK_BACK, State.ARCHIVED})
DROPPED = frozenset({State.MERGED, State.NOT_HAZARD, State.VOID})
"""No hazard of its own, or none at all: counted nowhere."""
COUNTS_WHEN_FOUND = ~Q(state__in=DROPPED) & Q(time_in_doubt=False)
"""What figures by the day of finding count: a hazard of its own, found when it says so.

While the time of its capture cannot be believed (时间存疑), no such figure counts it (`8-reliability.md` row 80).
Measures of how hazards stand on a day count it all the same: a wrong clock hides nothing that is major or late.
"""
MISSED_AGAIN = Q(missed=True, occurrence__gt=1) & COUNTS_WHEN_FOUND
"""上级查出而自查没有的重复问题: found from above, not for the first time, and the unit had nothing on file there."""


class Grade(models.TextChoices):
    """What a named person judged it to be."""

    NONE = "none", _("未判定")
    GENERAL = "general", _("一般隐患")
    MAJOR = "major", _("重大隐患")


class Level(models.TextChoices):
    """谁交办、谁销号: the level that hands it out closes it (`4-roles.md`)."""

    UNIT = "unit", _("本单位")
    ABOVE = "above", _("中心")
    MAJOR = "major", _("分管局长")


class Source(models.TextChoices):
    """Who found it: the five dimensions, and who else tells."""

    SCHOOL = "school", _("学校自查")
    GROUP = "group", _("协作组互查")
    CENTRE = "centre", _("中心检查")
    BUREAU = "bureau", _("教育局检查")
    THIRD_PARTY = "third_party", _("第三方检查")
    INSPECTOR = "inspector", _("责任督学")
    PARTNER = "partner", _("联动部门")
    LETTER = "letter", _("来信来电")


class Cause(models.TextChoices):
    """原因: the measure was missing, or it was there and not carried out (plan, 一（二）)."""

    NONE = "none", _("未填")
    MISSING = "missing", _("管控措施缺失")
    NOT_DONE = "not_done", _("措施执行不到位")


class Draft(models.TextChoices):
    """What 法制科 drafts and 分管局长 decides."""

    NONE = "", _("无")
    LIST = "list", _("拟挂牌督办")
    LIFT = "lift", _("拟摘牌")
    LOWER = "lower", _("拟调低为一般")

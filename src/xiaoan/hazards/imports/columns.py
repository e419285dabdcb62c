"""The headings of the old ledger, and the words that its cells may hold."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from xiaoan.foundation.errors import Words
from xiaoan.foundation.sheets import Column, Kind
from xiaoan.hazards.models import Cause, Grade, Source, State

FOUND, HANDED, DUE = "发现日期", "交办日期", "整改期限"
RECTIFIED, ACCEPTED, RECHECKED = "整改完成日期", "验收日期", "复查日期"
CLOSED_ON, LOOKED, RESULT = "销号日期", "回头看日期", "回头看结果"
RECTIFIER, VERIFIER, RECHECKER, CLOSER = "整改人", "验收人", "复查人", "销号人"
NUMBER, UNIT, PLACE, PLACE_CODE, KIND, TEXT = "原编号", "单位编码", "地点", "部位编码", "种类", "隐患描述"
SOURCE, FINDER, GRADE, CRITERION = "来源", "发现人", "等级", "判定依据"
POST, HOLDER, MEASURES = "责任岗位", "责任人", "整改措施"
CAUSE, PREVENTION, MONEY, MONEY_SOURCE = "原因", "防范措施", "资金", "资金来源"
LISTED, STATE = "挂牌", "状态"


def _date(
    heading: str, meaning: Words = "", *, required: bool = False, example: date | None = None
) -> Column:
    return Column(heading, required, Kind.DATE, meaning=meaning, example=example)


COLUMNS = (
    Column(NUMBER, required=True, example="旧-2023-0001", meaning=_("原平台的编号，以后按它识别是否已导入")),
    Column(UNIT, required=True, example="SL-01"),
    Column(PLACE, required=True, example="食堂后厨"),
    Column(PLACE_CODE, meaning=_("空着时，按地点名称在本单位的部位中查找")),
    Column(KIND, required=True, example="燃气", meaning=_("规则库中的隐患种类")),
    Column(TEXT, required=True, kind=Kind.LONG_TEXT, example="燃气软管老化"),
    Column(SOURCE, required=True, example="学校自查", meaning=_("学校自查，或上级发现的来源")),
    _date(FOUND, required=True, example=date(2023, 3, 6)),
    Column(FINDER),
    Column(GRADE, required=True, example="一般", meaning=_("一般、重大，或未判定")),
    Column(CRITERION, kind=Kind.LONG_TEXT, meaning=_("规则库中的判定条件编号，或一句依据")),
    _date(HANDED, _("空着而有整改期限的，按发现当天交办")),
    Column(POST, meaning=_("岗位目录中的名称或别名；已交办未销号的必填")),
    Column(HOLDER),
    _date(DUE, _("已交办未销号的必填")),
    Column(MEASURES, kind=Kind.LONG_TEXT),
    _date(RECTIFIED),
    Column(RECTIFIER),
    _date(ACCEPTED),
    Column(VERIFIER, meaning=_("不能与整改人是同一人")),
    _date(RECHECKED, _("由中心复查的填写")),
    Column(RECHECKER),
    _date(CLOSED_ON, _("已销号的必填")),
    Column(CLOSER),
    _date(LOOKED, _("还没有回头看的，填计划日期")),
    Column(RESULT, meaning=_("合格或不合格；还没有回头看的空着")),
    Column(CAUSE, meaning=_("管控措施缺失或措施执行不到位")),
    Column(PREVENTION, kind=Kind.LONG_TEXT),
    Column(MONEY, kind=Kind.DECIMAL, meaning=_("单位：元"), example=Decimal(260)),
    Column(MONEY_SOURCE),
    Column(LISTED, kind=Kind.YES_NO, meaning=_("是否挂牌督办，填是或否")),
    Column(STATE, meaning=_("可空着，按各日期推定；填写的须与日期相符")),
)

GRADES: dict[str, Grade] = {
    "一般": Grade.GENERAL,
    "一般隐患": Grade.GENERAL,
    "重大": Grade.MAJOR,
    "重大隐患": Grade.MAJOR,
    "未判定": Grade.NONE,
}
SOURCES: dict[str, Source] = {
    "学校自查": Source.SCHOOL,
    "本单位自查": Source.SCHOOL,
    "协作组互查": Source.GROUP,
    "中心检查": Source.CENTRE,
    "教育局检查": Source.BUREAU,
    "第三方检查": Source.THIRD_PARTY,
    "责任督学": Source.INSPECTOR,
    "联动部门": Source.PARTNER,
    "来信来电": Source.LETTER,
}
CAUSES: dict[str, Cause] = {"管控措施缺失": Cause.MISSING, "措施执行不到位": Cause.NOT_DONE}
RESULTS: dict[str, bool] = {"合格": True, "不合格": False}
STATES: dict[str, State] = {
    "待判定": State.TO_JUDGE,
    "待交办": State.TO_ASSIGN,
    "整改中": State.RECTIFYING,
    "待验收": State.TO_VERIFY,
    "待复查": State.TO_RECHECK,
    "待销号": State.TO_CLOSE,
    "已销号": State.CLOSED,
    "已归档": State.ARCHIVED,
}
"""What a row may say of its step; words of the file are contract and never translated."""
LIMITS = {
    NUMBER: 60,
    PLACE: 60,
    TEXT: 500,
    FINDER: 60,
    CRITERION: 500,
    HOLDER: 60,
    MEASURES: 500,
    RECTIFIER: 60,
    VERIFIER: 60,
    RECHECKER: 60,
    CLOSER: 60,
    PREVENTION: 200,
    MONEY_SOURCE: 60,
}
"""Characters that each column of the ledger holds."""
CHAIN = (FOUND, HANDED, RECTIFIED, ACCEPTED, RECHECKED, CLOSED_ON, LOOKED)
"""Days in the order of a hazard's life."""

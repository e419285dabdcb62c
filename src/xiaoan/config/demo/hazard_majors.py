"""The major hazards of the running term, one that came back, and what the bureau's leaders have to decide
(`12-practice.md` 7.3 to 7.5).
"""

from datetime import date
from decimal import Decimal

from xiaoan.config.demo.hazard_old_stories import BACK_AGAIN
from xiaoan.config.demo.hazard_script import Script, Seen, Step

RENTED_HOUSE = Script(
    key="major rented house",
    of="kindergarten_private",
    seen=Seen(
        at="11-05 09:20",
        by="head",
        source="school",
        kind="fire",
        place_name="租赁园舍二层午睡室",
        text="租赁园舍三间午睡室没有联网独立式感烟报警器",
        control="三间午睡室停用，幼儿改在活动室午休，门口贴封条",
    ),
    steps=(
        Step("11-05 15:10", "legal", "judge_major", {"criterion": "F04", "words": "午睡室没有报警和联网感烟装置。"}),
        Step("11-06 09:00", "chief", "issue_hazard", {"post": "principal", "due_on": date(2026, 1, 30)}),
        Step(
            "11-07 14:30",
            "head",
            "file_plan",
            {
                "measures": "三间午睡室加装联网独立感烟，走廊补两只，接入值班室",
                "money": Decimal(86_000),
                "money_source": "举办者与房东分担，尚未谈定",
                "contingency": "装好之前午睡室不用，午休在一层活动室，两名教师值守",
            },
        ),
        Step("11-10 10:00", "legal", "draft_listing", {"words": "涉及幼儿午睡安全，资金没有谈定，建议挂牌督办。"}),
        Step("11-11 16:20", "deputy", "list_hazard", {"words": "同意挂牌。房间不启用，每周报一次进展。"}),
        Step(
            "11-13 09:40",
            "chief",
            "refer_hazard",
            {
                "to_unit": "sponsor",
                "due_on": date(2025, 12, 26),
                "words": "举办者与房东对 8.6 万元由谁出没有谈定，请举办者书面答复出资和工期。",
            },
        ),
    ),
)  # fmt: skip
"""The head is willing; sponsor and landlord quarrel over 8.6 万; the rooms are closed, the clock stands."""

SPRINKLERS = Script(
    key="major sprinklers",
    of="vocational",
    seen=Seen(
        at="09-16 08:50",
        by="officer",
        source="school",
        kind="fire",
        place_name="实训楼三层至五层",
        text="实训楼自动喷淋总阀关闭，三层至五层管网没有水",
        control="三层以上实训停课，改到一层车间",
    ),
    steps=(
        Step("09-16 14:05", "legal", "judge_major", {"criterion": "F04", "words": "自动灭火设施不能用。"}),
        Step("09-16 16:00", "chief", "issue_hazard", {"post": "principal", "due_on": date(2025, 11, 28)}),
        Step(
            "09-18 10:30",
            "head",
            "file_plan",
            {
                "measures": "更换总阀和锈蚀管段，逐层试水",
                "money": Decimal(126_000),
                "money_source": "局基本建设维修经费",
                "contingency": "停课楼层断电上锁，每两小时巡查",
            },
        ),
        Step("10-17 09:30", "head", "submit_hazard", {"words": "总阀和管段已更换，逐层末端试水压力正常。"}, pictured=True),
        Step("10-17 15:00", "verifier", "accept_hazard", {"words": "按方案逐项看过。"}),
        Step("10-17 15:20", "verifier", "explain_hazard", {"cause": "not_done", "prevention": "维保公司每月试水，记录交总务处核"}),
        Step("10-22 09:30", "clerk", "recheck_hazard", {"second": "chief", "words": "两人到场，设施恢复，资料齐全。"}),
        Step("10-23 11:00", "legal", "draft_lifting", {"words": "整改到位，复查通过，建议销号。"}),
        Step("10-24 16:40", "deputy", "lift_hazard", {"words": "同意。"}),
    ),
)  # fmt: skip

GAS_ALARM = Script(
    key="major gas alarm",
    of="nine_year_private",
    seen=Seen(
        at="10-13 08:50",
        by="bureau",
        source="bureau",
        kind="gas",
        place_name="食堂灶间",
        text="食堂可燃气体报警主机断电，四只探头都没有响应",
        control="灶间停气，三餐改由有资质的配餐公司供应",
    ),
    steps=(
        Step("10-13 14:05", "legal", "judge_major", {"criterion": "D05", "words": "用气没有可用的报警装置。"}),
        Step("10-13 16:00", "chief", "issue_hazard", {"post": "principal", "due_on": date(2025, 12, 12)}),
        Step(
            "10-15 10:30",
            "head",
            "file_plan",
            {
                "measures": "更换主机和探头，与切断阀联动",
                "money": Decimal(38_400),
                "money_source": "学校结余资金",
                "contingency": "停气期间总阀上锁，钥匙由分管领导保管",
            },
        ),
        Step("11-06 09:30", "head", "submit_hazard", {"words": "主机、探头已换新，联动切断试验三次正常。"}, pictured=True),
        Step("11-06 15:00", "verifier", "accept_hazard", {"words": "按方案逐项看过。"}),
        Step("11-06 15:20", "verifier", "explain_hazard", {"cause": "missing", "prevention": "报警主机接入值班室，每周按键测试并登记"}),
        Step("11-12 09:30", "clerk", "recheck_hazard", {"second": "chief", "words": "两人到场，报警和切断都正常，记录齐全。"}),
        Step("11-13 11:00", "legal", "draft_lifting", {"words": "报警装置已恢复，复查通过，建议销号。"}),
        Step("11-14 16:40", "deputy", "lift_hazard", {"words": "同意销号，学校每周测试记录送中心抽查。"}),
    ),
)  # fmt: skip

CAME_BACK = Script(
    key=BACK_AGAIN,
    of="nine_year_public",
    steps=(
        Step(
            "10-15 10:10",
            "looker",
            "look_back",
            {"sound": False, "words": "纸箱又堆到门后，销号无效，重新整改。", "due_on": date(2025, 12, 5)},
        ),
        Step(
            "12-03 09:20",
            "officer",
            "ask_extension",
            {
                "due_on": date(2025, 12, 19),
                "words": "冷库扩容设备十二月中旬才到货。",
                "control": "每天收工前清走纸箱，安全员拍照",
            },
        ),
        Step("12-04 10:00", "chief", "grant_extension", {"words": "同意延到设备到货，期间每天报照片。"}),
        Step(
            "12-16 10:20",
            "officer",
            "ask_extension",
            {
                "due_on": date(2025, 12, 31),
                "words": "设备已到货，冷库扩容要停用两天，排在元旦假期。",
                "control": "门口画出禁放区，每天收工前清走纸箱并拍照",
            },
        ),
    ),
)
"""Looked at again in October: it is back; put right anew with more time, and more is asked for."""

FUME_HOOD = Script(
    key="second extension fume hood",
    of="complete",
    seen=Seen(
        at="11-04 09:35",
        by="centre",
        source="centre",
        kind="laboratory",
        place_name="化学准备室",
        text="化学准备室通风橱风机不转，排风口被吊顶挡住",
    ),
    steps=(
        Step("11-04 15:20", "clerk", "judge_hazard", {}),
        Step("11-05 09:10", "clerk", "issue_hazard", {"post": "deputy_principal", "due_on": date(2025, 11, 26)}),
        Step(
            "11-24 14:10",
            "officer",
            "ask_extension",
            {
                "due_on": date(2025, 12, 18),
                "words": "风管要改道，施工单位十二月初才能进场。",
                "control": "准备室停用，当学期实验改为演示",
            },
        ),
        Step("11-25 09:30", "chief", "grant_extension", {"words": "同意，准备室不启用。"}),
        Step(
            "12-15 16:05",
            "officer",
            "ask_extension",
            {
                "due_on": date(2026, 1, 9),
                "words": "改道后风量不够，厂家换大一号风机，月底发货。",
                "control": "准备室继续停用，钥匙由实验室管理员和安全员各管一把",
            },
        ),
    ),
)  # fmt: skip
"""A second extension of what came from above: the deputy director decides."""

SPARE_PUMP = Script(
    key="listed spare pump",
    of="senior",
    seen=Seen(
        at="10-21 10:15",
        by="centre",
        source="centre",
        kind="fire",
        place_name="宿舍楼地下水泵房",
        text="消防备用泵不能自动投入，主泵和手动启动正常",
    ),
    steps=(
        Step("10-21 15:40", "clerk", "judge_hazard", {}),
        Step("10-22 09:20", "clerk", "issue_hazard", {"post": "deputy_principal", "due_on": date(2025, 11, 21)}),
        Step(
            "11-19 11:00",
            "officer",
            "ask_extension",
            {
                "due_on": date(2025, 12, 19),
                "words": "原型号已停产，换型要重新审图。",
                "control": "主泵每天试一次，夜间水泵房加一名值守",
            },
        ),
        Step("11-20 09:15", "chief", "grant_extension", {"words": "同意，试泵记录每周报一次。"}),
        Step("12-01 10:00", "legal", "draft_listing", {"words": "涉及住宿生，已经延期一次，建议挂牌督办到换好为止。"}),
        Step("12-02 16:30", "deputy", "list_hazard", {"words": "同意挂牌。换好以前主泵每天试，夜间不离人。"}),
        Step(
            "12-15 09:50",
            "officer",
            "ask_extension",
            {
                "due_on": date(2026, 1, 9),
                "words": "新泵月底到货，安装和联调需要十天。",
                "control": "主泵每天试一次，夜间值守不撤，学生宿舍每晚清点",
            },
        ),
    ),
)  # fmt: skip
"""On the board and extended once: the director of the bureau decides on more time."""

SAME_HOUR = Script(
    key="referred same hour",
    of="junior",
    seen=Seen(
        at="12-02 16:50",
        by="centre",
        source="centre",
        kind="crush",
        place_name="校门口人行道",
        text="放学与相邻小学同一时间，门口人行道上学生和接送电动自行车混行",
    ),
    steps=(
        Step("12-03 09:30", "clerk", "judge_hazard", {}),
        Step("12-03 14:00", "clerk", "issue_hazard", {"post": "deputy_principal", "due_on": date(2025, 12, 24)}),
        Step(
            "12-05 10:40",
            "chief",
            "refer_hazard",
            {
                "to_unit": "section",
                "due_on": date(2025, 12, 19),
                "words": "两校放学时间相同，请义务教育科协调错开，并答复从哪天起。",
            },
        ),
    ),
)  # fmt: skip
"""What only a section of the bureau can settle."""

SCRIPTS = (RENTED_HOUSE, SPRINKLERS, GAS_ALARM, CAME_BACK, FUME_HOOD, SPARE_PUMP, SAME_HOUR)

"""Tables that are handed in for a picture: rows as they should be, and some that are wrong."""

from collections.abc import Sequence
from datetime import date

Table = Sequence[Sequence[str | int | date]]

UNITS: Table = [
    ["编码", "名称", "类别", "学段", "协作组", "学生数"],
    ["NEW-1", "苇岸镇第三小学", "学校", "小学", "苇岸协作组", 640],
    ["NEW-2", "荷渚镇第四小学", "学校", "小学", "没有这个协作组", 512],
    ["NEW-3", "松渡镇第二小学", "学校", "小学", "松渡协作组", "很多"],
]
MEETINGS: Table = [
    ["日期", "主持人", "另一位主要负责同志", "会议形式", "安全议题"],
    [date(2025, 12, 10), "林一鸣", "出席", "专题会议", "研究冬季用电用气安全和寒假前自查。"],
    [date(2026, 1, 10), "查无此人", "出席", "茶话会", ""],
]
HAZARDS: Table = [
    ["原编号", "单位编码", "地点", "种类", "隐患描述", "来源", "发现日期", "等级"],
    ["旧-2023-0001", "YE-01", "食堂后厨", "燃气", "燃气软管老化", "学校自查", date(2023, 3, 6), "一般"],
    ["旧-2023-0002", "NOT-1", "走廊", "消防", "灭火器过期", "学校自查", date(2023, 3, 7), "一般"],
]

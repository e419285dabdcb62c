"""The gallery: every component in every state on one page, for people who build screens and for axe.

Its people and things are invented. It is shown in development and in the demo only.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.messages import INFO, SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.errors import Words
from xiaoan.foundation.ui.bundle import icon_names
from xiaoan.foundation.ui.charts import MonthPair
from xiaoan.foundation.ui.navigation import NavigationItem, Viewer
from xiaoan.foundation.ui.signs import Sign

DAYS = {"late": -2, "today": 0, "soon": 2, "far": 14, "next_year": 400}
SAMPLE_SUBMISSION = UUID("01935a00-0000-7000-8000-000000000001")


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of a list."""

    label: Words
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a lifecycle."""

    label: Words
    state: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    label: Words
    sort_url: str = ""
    sorted: str = ""
    numeric: bool = False


class SampleForm(forms.Form):
    """Every shape of field."""

    photos = forms.FileField(
        label=_("照片"), required=False, widget=forms.FileInput(attrs={"data-photos": 6})
    )
    place = forms.ChoiceField(
        label=_("哪里"),
        widget=forms.RadioSelect,
        choices=[("corridor", _("二楼走廊")), ("kitchen", _("食堂后厨")), ("gate", _("门卫室"))],
    )
    note = forms.CharField(
        label=_("说明"), widget=forms.Textarea(attrs={"rows": 2}), help_text=_("写清看到了什么、在哪个位置")
    )
    due = forms.DateField(label=_("完成日期"), widget=forms.DateInput(attrs={"type": "date"}))
    source = forms.ChoiceField(
        label=_("发现来源"), choices=[("self", _("本校自查")), ("circle", _("协作组互查"))], required=False
    )
    seen_by = forms.MultipleChoiceField(
        label=_("参加的人"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("head", _("党政主要负责人（第一责任人）")), ("deputy", _("分管副校长"))],
    )
    done = forms.BooleanField(label=_("当场已整改"), required=False)

    def clean_note(self) -> str:
        """A rule that fails, to show where its words stand."""
        raise forms.ValidationError(_("说明太短，请写清是哪一层、哪一扇门。"))


class SampleFilters(forms.Form):
    """A bar of filters."""

    q = forms.CharField(label=_("关键字"), required=False)
    step = forms.ChoiceField(
        label=_("步骤"),
        required=False,
        choices=[("", _("全部")), ("fixing", _("整改中"))],
    )


def sample_navigation() -> list[NavigationItem]:
    """A menu of the bureau's desk."""
    return [
        NavigationItem(
            _("工作台"),
            "#a",
            "bell",
            count=9,
            count_label=ngettext_lazy("待我处理 %d 件", "待我处理 %d 件") % 9,
        ),
        NavigationItem(
            _("三年行动"),
            "#b",
            "document",
            current="true",
            children=(
                NavigationItem(_("方案原文"), "#b1", current="page"),
                NavigationItem(_("任务清单"), "#b2"),
                NavigationItem(_("任务完成情况"), "#b3"),
            ),
        ),
        NavigationItem(_("责任体系"), "#c", "tree"),
        NavigationItem(_("隐患整治"), "#d", "alert"),
        NavigationItem(_("检查督查"), "#e", "check-list"),
        NavigationItem(_("学校档案"), "#f", "school"),
        NavigationItem(_("系统管理"), "#g", "gear", apart=True),
    ]


def sample_tabs() -> list[NavigationItem]:
    """The five tabs of the phone."""
    return [
        NavigationItem(_("今日"), "#1", "home", current="page"),
        NavigationItem(_("随手报"), "#2", "camera"),
        NavigationItem(_("检查"), "#3", "check-list", count=2),
        NavigationItem(_("台账"), "#4", "ledger"),
        NavigationItem(_("我的"), "#5", "person"),
    ]


def sample_items() -> dict[str, Any]:
    """The lists that components take."""
    return {
        "views": [
            Tab(_("未销号"), "#v1", current=True, count=212),
            Tab(_("逾期"), "#v2", count=17),
            Tab(_("全部"), "#v3"),
        ],
        "steps": [
            Step(_("待判定"), "past"),
            Step(_("待交办"), "past"),
            Step(_("整改中"), "now"),
            Step(_("待验收"), "coming"),
            Step(_("待销号"), "coming"),
            Step(_("已销号"), "coming"),
        ],
        "columns": [
            Column(_("隐患")),
            Column(_("学校、部位")),
            Column(_("步骤与旗")),
            Column(_("未完成"), numeric=True),
            Column(_("期限"), sort_url="#sort", sorted="ascending"),
        ],
        "circles": [_("映月"), _("听泉"), _("揽星"), _("芦汀"), _("鹭洲")],
        "cells": [
            ("done", "", _("都完成")),
            ("open", 2, _("未完成，未到期")),
            ("behind", 2, _("落后")),
            ("late", 2, _("有逾期")),
            ("none", "", _("不涉及")),
        ],
        "outcomes": [
            Message(SUCCESS, str(_("已提交，已提醒分管副校长验收。"))),
            Message(WARNING, str(_("已保存，但照片没有上传成功，请补充。"))),
            Message(INFO, str(_("三年行动方案已有新的版本。"))),
        ],
    }


def sample_months(today: date) -> list[MonthPair]:
    """Three months for the chart."""
    first = today.replace(month=1, day=1)
    found = ((312, 296), (268, 301), (556, 510))
    return [
        MonthPair(first.replace(month=place), *pair, "#found", "#closed")
        for place, pair in enumerate(found, start=1)
    ]


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """The page."""
    today = clock.today()
    typed = {"again-place": "kitchen", "again-note": _("门坏了"), "again-seen_by": ["head"]}
    context = {
        "navigation": sample_navigation(),
        "tabs": sample_tabs(),
        "viewer": Viewer(
            key="gallery", name=str(_("顾明澈")), post=_("安全科科长"), unit=_("综合事务中心"), page_url="#me"
        ),
        "district_name": _("区教育局"),
        "search_url": "#search",
        "demo": True,
        "today": today,
        "now": clock.now(),
        "days": {name: today + timedelta(days=days) for name, days in DAYS.items()},
        "months": sample_months(today),
        "closed": Sign(_("已销号"), "check-circle", "done"),
        "icons": sorted(icon_names()),
        "form": SampleForm(),
        "bound": SampleForm(typed, prefix="again"),
        "filters_form": SampleFilters(request.GET or None),
        "submission": SAMPLE_SUBMISSION,
        "denied": _("您不能验收：这次整改是您提交的。整改人不验收，由分管副校长验收，已提醒他。"),
        **sample_items(),
    }
    return render(request, "ui/gallery.html", context)

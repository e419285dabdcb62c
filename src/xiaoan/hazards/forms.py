"""Forms of hazards: they shape input only; whether it fits is the acts' question."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation import clock
from xiaoan.foundation.attachments.fields import UploadsField
from xiaoan.foundation.ui.inputs import day_input
from xiaoan.hazards.declarations import HazardRules
from xiaoan.hazards.findings import Finding
from xiaoan.hazards.models import Cause, Source
from xiaoan.hazards.models.hazard import LONGEST_LINE, LONGEST_TEXT
from xiaoan.organisations.models import Place, Unit

OTHER_PLACE = "other"
GENERAL, MAYBE_MAJOR = "general", "maybe_major"
FIXED = gettext_lazy("当场已整改")
CLOSED_OFF = gettext_lazy("先行停用")
Choices = Sequence[tuple[str, Any]]


def long_text(label: str, *, required: bool = True, hint: str = "", rows: int = 3) -> forms.CharField:
    """Some sentences."""
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=LONGEST_TEXT, help_text=hint, widget=area
    )


def line(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, required=required, max_length=LONGEST_LINE, help_text=hint)


class ReportForm(forms.Form):
    """随手报: where and what in two taps, one sentence, and photos only where they show something."""

    def __init__(
        self,
        rules: HazardRules,
        offered: Sequence[Place],
        places: Sequence[Place],
        *args: Any,
        from_above: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._by_name = {place.name: place for place in places}
        self._by_id = {str(place.pk): place for place in offered}
        self._from_above = from_above
        photo = UploadsField(label=_("照片"), required=False, images_only=True, most=6)
        photo.help_text = _("可不拍。制度、培训一类的问题不用照片。")
        self.fields["photos"] = photo
        self._add_where(offered)
        self._add_what(rules)
        if from_above:
            self._add_found()

    def _add_where(self, offered: Sequence[Place]) -> None:
        """Lately used places in one tap; any other is typed, with the unit's own names offered."""
        choices = [*((str(place.pk), place.name) for place in offered), (OTHER_PLACE, _("其他部位"))]
        self.fields["place"] = forms.ChoiceField(label=_("哪里"), choices=choices, widget=forms.RadioSelect)
        typed = forms.TextInput(attrs={"list": "place-names", "autocomplete": "off"})
        where = forms.CharField(label=_("部位名称"), required=False, max_length=60, widget=typed)
        where.help_text = _("选了“其他部位”才填。")
        self.fields["where"] = where

    def _add_what(self, rules: HazardRules) -> None:
        kinds = [(kind.code, str(kind.title)) for kind in rules.kinds]
        self.fields["kind"] = forms.ChoiceField(label=_("什么"), choices=kinds, widget=forms.RadioSelect)
        self.fields["text"] = long_text(_("说明"), hint=_("一句话：看到了什么。"), rows=2)
        self.fields["fixed"] = forms.BooleanField(label=FIXED, required=False)
        self.fields["danger"] = forms.BooleanField(label=_("危急，先行停用"), required=False)

    def _add_found(self) -> None:
        """Whoever comes from above says in which capacity, and when."""
        sources = [choice for choice in Source.choices if choice[0] != Source.SCHOOL]
        self.fields["source"] = forms.ChoiceField(label=_("来源"), choices=sources, initial=Source.CENTRE)
        self.fields["found_on"] = forms.DateField(label=_("发现日期"), widget=day_input(clock.today()))
        self.fields["finder"] = forms.CharField(label=_("发现人"), required=False, max_length=60)
        self.fields["finder"].help_text = _("本人发现的不用填；第三方、部门或来电人请写明。")
        self.initial.setdefault("found_on", clock.today())

    @property
    def place_names(self) -> list[str]:
        """What the box for another place offers while typing."""
        return list(self._by_name)

    def finding(self) -> Finding:
        """What was filled in."""
        given = self.cleaned_data
        typed = given["where"].strip() if given["place"] == OTHER_PLACE else ""
        place = self._by_name.get(typed) if typed else self._by_id.get(given["place"])
        return Finding(
            place=place,
            place_name="" if place else typed,
            kind=given["kind"],
            text=given["text"],
            found_on=given.get("found_on") or clock.today(),
            source=given.get("source") or Source.SCHOOL,
            finder=given.get("finder", ""),
            fixed=str(FIXED) if given["fixed"] else "",
            suspected=given["danger"],
            control=str(CLOSED_OFF) if given["danger"] else "",
            photos=given["photos"],
        )


class UnitForm(forms.Form):
    """Whose hazard it is: asked of those who stand above the units."""

    def __init__(self, units: Sequence[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *((str(unit.pk), unit.name) for unit in units)]
        self.fields["unit"] = forms.ChoiceField(label=_("单位"), choices=choices)


class WordsForm(forms.Form):
    """A move that must say why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = long_text(_("理由"))


class RemarkForm(forms.Form):
    """A move that may say something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = long_text(_("意见"), required=False)


class JudgeForm(RemarkForm):
    """判定: general with the risk point that it belongs to, or perhaps major, which goes to the centre in the same step."""

    def __init__(self, risks: Choices, outcomes: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"] = forms.ChoiceField(
            label=_("判定结果"), choices=outcomes, initial=GENERAL, widget=forms.RadioSelect
        )
        self.fields["words"].help_text = _("可能是重大的，请写明看到了什么。")
        self.order_fields(["outcome", "words", "risk"])
        if risks:
            choices = [("", _("不属于清单上的风险点")), *risks]
            self.fields["risk"] = forms.ChoiceField(label=_("风险点"), choices=choices, required=False)


class JudgeMajorForm(forms.Form):
    """判定为重大: the criterion that fits, and the finding in words."""

    def __init__(self, criteria: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*criteria, ("", _("以上都不是，说明见下"))]
        self.fields["criterion"] = forms.ChoiceField(
            label=_("判定依据"), choices=choices, required=False, widget=forms.RadioSelect
        )
        self.fields["words"] = long_text(_("判定意见"))


class MergeForm(forms.Form):
    """并案 into which."""

    def __init__(self, others: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *others]
        self.fields["merged_into"] = forms.ChoiceField(label=_("并入"), choices=choices)


class PostForm(RemarkForm):
    """改派 to which post."""

    def __init__(self, posts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *posts]
        self.fields["post"] = forms.ChoiceField(label=_("责任岗位"), choices=choices)
        self.fields["post"].help_text = _("岗位空缺时由单位主要负责人代管。")
        self.order_fields(["post", "due_on", "words"])


class HandOutForm(PostForm):
    """派单、交办: to which post and by when."""

    def __init__(self, posts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(posts, *args, **kwargs)
        self.fields["due_on"] = forms.DateField(label=_("整改期限"), widget=day_input())
        self.fields["due_on"].help_text = _("按日历日计；建议天数由局设定，非方案原文。")
        self.fields["words"].label = _("整改要求")
        self.order_fields(["post", "due_on", "words"])


class ControlForm(forms.Form):
    """先行停用: what and how."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["control"] = line(_("停用和管控措施"), hint=_("停用哪里、怎样隔离、谁看守。"))


class SuspectForm(WordsForm):
    """疑似重大: why, and what was closed off at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["control"] = line(_("已经停用"), required=False, hint=_("先停用的请写明停用哪里。"))


class PlanForm(forms.Form):
    """五要素: responsibility and date stand since the order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measures"] = long_text(_("措施"))
        self.fields["money"] = forms.DecimalField(
            label=_("资金（元）"), min_value=0, max_digits=12, decimal_places=2
        )
        self.fields["money_source"] = forms.CharField(label=_("资金来源"), max_length=60)
        self.fields["contingency"] = long_text(_("预案"), hint=_("整改到位以前出了险情怎么办。"))


class SubmitForm(forms.Form):
    """提交整改: what was done, photos where they show something."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"] = long_text(_("整改情况"))
        photo = UploadsField(label=_("整改后照片"), required=False, images_only=True, most=6)
        photo.help_text = _("能拍到的拍一张；制度、培训类写明即可。")
        self.fields["after"] = photo


class ExplainForm(forms.Form):
    """原因与防范: two taps and a line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        causes = [choice for choice in Cause.choices if choice[0] != Cause.NONE]
        self.fields["cause"] = forms.ChoiceField(label=_("原因"), choices=causes, widget=forms.RadioSelect)
        self.fields["prevention"] = line(_("防范措施"), hint=_("一句话：怎样不再发生。"))


class ExtensionForm(WordsForm):
    """申请延期: to when, why, and what keeps people safe meanwhile."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = forms.DateField(label=_("延至"), widget=day_input())
        self.fields["control"] = line(_("延期期间的管控措施"))
        self.order_fields(["due_on", "words", "control"])


class ReferForm(WordsForm):
    """转办: to whom, by when, why."""

    def __init__(self, units: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("请选择")), *units]
        self.fields["handled_by"] = forms.ChoiceField(label=_("办理单位"), choices=choices)
        self.fields["due_on"] = forms.DateField(label=_("办理期限"), widget=day_input())
        self.fields["due_on"].help_text = _("转办期间本单位的期限停止计算。")
        self.order_fields(["handled_by", "due_on", "words"])


class ScheduleForm(RemarkForm):
    """列入维修: by when, how people are kept safe, where the money comes from."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = forms.DateField(label=_("完成日期"), widget=day_input())
        self.fields["control"] = line(_("管控措施"))
        self.fields["money"] = forms.DecimalField(
            label=_("资金（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
        )
        self.fields["money_source"] = forms.CharField(label=_("资金来源"), max_length=60)
        self.order_fields(["due_on", "control", "money", "money_source", "words"])


class RecheckForm(RemarkForm):
    """复查通过; of a major hazard together with a second person."""

    def __init__(self, others: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            choices = [("", _("请选择")), *others]
            self.fields["second"] = forms.ChoiceField(label=_("同行人员"), choices=choices, required=False)
            self.fields["second"].help_text = _("重大隐患须两人以上现场复查，都不来自本单位。")
            self.order_fields(["second", "words"])


class ReopenForm(WordsForm):
    """A closure that did not hold: why, and by when it is put right now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = forms.DateField(label=_("新的整改期限"), widget=day_input())
        self.order_fields(["words", "due_on"])


class SeveralForm(RemarkForm):
    """One move for several: which of them, and the same words for all."""

    def __init__(self, offered: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hazard"] = forms.MultipleChoiceField(
            label=_("隐患"), choices=offered, widget=forms.CheckboxSelectMultiple
        )
        self.fields["hazard"].error_messages["required"] = _("请先勾选要办理的隐患。")


class SeveralOrdersForm(SeveralForm):
    """派单、交办 of several: one date, and the post for those whose place names none."""

    def __init__(self, posts: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"] = forms.DateField(label=_("整改期限"), widget=day_input())
        choices = [("", _("不办，留着单独办理")), *posts]
        self.fields["otherwise"] = forms.ChoiceField(
            label=_("没有建议岗位的交给"), choices=choices, required=False
        )
        self.fields["words"].label = _("整改要求")
        self.order_fields(["hazard", "due_on", "otherwise", "words"])

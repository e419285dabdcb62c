"""Forms of appointments and of supervision: they shape input, rules are in the acts."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from xiaoan.foundation import clock
from xiaoan.foundation.ui.inputs import day_input
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Appointment, Person, Post, Supervision

CHOOSE = _("请选择")


class AppointForm(forms.Form):
    """Post, unit, first and last day, deputy."""

    post: "forms.ModelChoiceField[Post]" = forms.ModelChoiceField(
        label=_("岗位"), queryset=None, empty_label=CHOOSE
    )
    unit: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("单位"), queryset=None, empty_label=CHOOSE
    )
    starts_on = forms.DateField(widget=day_input(), label=_("起始日期"))
    ends_on = forms.DateField(
        widget=day_input(), label=_("结束日期"), required=False, help_text=_("任职的最后一天；没有定就空着。")
    )
    is_deputy = forms.BooleanField(label=_("代理（本人不在或岗位空缺期间）"), required=False)

    def __init__(
        self, person: Person, posts: QuerySet[Post], units: QuerySet[Unit], data: Any = None
    ) -> None:
        super().__init__(data, initial={"unit": person.unit_id, "starts_on": clock.today()})
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The last day of an appointment."""

    ends_on = forms.DateField(
        widget=day_input(), label=_("结束日期"), help_text=_("任职的最后一天，过了这一天权限随即取消。")
    )

    def __init__(self, appointment: Appointment, data: Any = None) -> None:
        super().__init__(data, initial={"ends_on": max(clock.today(), appointment.starts_on)})


class EndSupervisionForm(forms.Form):
    """The last day of a 监管分工."""

    ends_on = forms.DateField(
        widget=day_input(), label=_("结束日期"), help_text=_("分工的最后一天，次日起不再由本科室监管。")
    )

    def __init__(self, supervision: Supervision, data: Any = None) -> None:
        super().__init__(data, initial={"ends_on": max(clock.today(), supervision.starts_on)})


class SupervisionForm(forms.Form):
    """Area, supervised unit, person, first and last day."""

    area = forms.CharField(
        label=_("监管领域"), max_length=32, help_text=_("如食品安全、校舍安全、校车安全。")
    )
    supervised: "forms.ModelChoiceField[Unit]" = forms.ModelChoiceField(
        label=_("被监管单位"), queryset=None, empty_label=CHOOSE
    )
    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        label=_("经办人"), queryset=None, empty_label=_("不指定"), required=False
    )
    starts_on = forms.DateField(widget=day_input(), label=_("起始日期"))
    ends_on = forms.DateField(
        widget=day_input(), label=_("结束日期"), required=False, help_text=_("分工的最后一天；没有定就空着。")
    )

    def __init__(self, units: QuerySet[Unit], people: QuerySet[Person], data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": clock.today()})
        self.fields["supervised"].queryset = units  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

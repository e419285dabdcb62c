"""Forms of the risk list. They give answers their shape; whether they fit is the act's question."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xiaoan.organisations.models import Place
from xiaoan.people.models import Post
from xiaoan.risks.declarations import LONGEST_MEASURES, LONGEST_POINT, RiskRules
from xiaoan.risks.drafting import RiskDraft
from xiaoan.risks.models import Level, ReviewOutcome, Risk, RiskState
from xiaoan.risks.reviewing import LONGEST_WORDS, Answer


class RiskForm(forms.Form):
    """A risk point: where, what, how grave, kept in check by what and by whom."""

    place = forms.ChoiceField(label=_("所在部位"))
    point = forms.CharField(
        label=_("风险点"), max_length=LONGEST_POINT, help_text=_("写可能出什么事，例如燃气软管老化漏气。")
    )
    kind = forms.ChoiceField(label=_("可能导致的事故"), required=False)
    level = forms.TypedChoiceField(
        label=_("等级"), widget=forms.RadioSelect, choices=Level.choices, coerce=int
    )
    measures = forms.CharField(
        label=_("管控措施"), max_length=LONGEST_MEASURES, widget=forms.Textarea(attrs={"rows": 4})
    )
    post = forms.ChoiceField(label=_("责任岗位"))

    def __init__(
        self,
        places: Sequence[Place],
        posts: Sequence[Post],
        rules: RiskRules,
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        self._places = {str(place.pk): place for place in places}
        self._posts = {post.code: post for post in posts}
        self._choose("place", [(pk, place.name) for pk, place in self._places.items()], _("请选择部位"))
        self._choose("post", [(code, str(post)) for code, post in self._posts.items()], _("请选择岗位"))
        accidents = [(accident.code, str(accident.title)) for accident in rules.accidents]
        self._choose("kind", accidents, _("不指明"))

    def _choose(self, name: str, choices: Sequence[tuple[str, str]], blank: Any) -> None:
        """Offer choices below a line that chooses nothing."""
        self.fields[name].choices = [("", blank), *choices]  # type: ignore[attr-defined]

    def draft(self) -> RiskDraft:
        """What was filled in."""
        given = self.cleaned_data
        return RiskDraft(
            place=self._places[given["place"]],
            point=given["point"],
            level=given["level"],
            measures=given["measures"],
            post=self._posts[given["post"]],
            kind=given["kind"],
        )


class ChangeForm(RiskForm):
    """A listed point put right, with a reason."""

    reason = forms.CharField(label=_("调整的理由"), max_length=LONGEST_WORDS)


class RetireForm(forms.Form):
    """How and why a point leaves the list."""

    state = forms.ChoiceField(
        label=_("怎样处理"),
        widget=forms.RadioSelect,
        choices=[
            (RiskState.ELIMINATED, _("已消除：风险不再存在")),
            (RiskState.DISUSED, _("已停用：部位或设备不再使用")),
        ],
    )
    reason = forms.CharField(label=_("理由"), max_length=LONGEST_WORDS)


class ReviewForm(forms.Form):
    """One card for each risk point: 保持, 调整 or 消除, and what goes with it. A card may stay untouched.

    Points that another hand has reviewed since the page was opened are taken in, and left alone.
    """

    def __init__(self, risks: Sequence[Risk], outcomes: Sequence[str], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.pending = [risk for risk in risks if not risk.reviewed]  # type: ignore[attr-defined]
        self._outcomes = outcomes
        for risk in risks:
            self.fields.update({f"{name}-{risk.pk}": field for name, field in self._fields_of(risk)})

    def _fields_of(self, risk: Risk) -> Iterator[tuple[str, forms.Field]]:
        """The fields about one point; whoever only confirms changes neither level nor measures."""
        choices = [(outcome, ReviewOutcome(outcome).label) for outcome in self._outcomes]
        yield (
            "outcome",
            forms.ChoiceField(label=_("复核结果"), required=False, widget=forms.RadioSelect, choices=choices),
        )
        yield "seen", forms.IntegerField(initial=risk.version, widget=forms.HiddenInput)
        if ReviewOutcome.CHANGED in self._outcomes:
            yield "level", _level_again(risk)
            yield "measures", _measures_again(risk)
        yield "words", forms.CharField(label=_("说明"), required=False)

    def cards(self) -> "Iterator[tuple[Risk, dict[str, BoundField]]]":
        """Each point to review with its fields by name."""
        for risk in self.pending:
            ending = f"-{risk.pk}"
            yield (
                risk,
                {name.removesuffix(ending): self[name] for name in self.fields if name.endswith(ending)},
            )

    def answers(self) -> list[Answer]:
        """What was answered; points whose card stayed untouched are left out."""
        return [self._answer(risk) for risk in self.pending if self.cleaned_data[f"outcome-{risk.pk}"]]

    def _answer(self, risk: Risk) -> Answer:
        """What was said of one point."""
        given = self.cleaned_data
        return Answer(
            risk=risk,
            seen=given[f"seen-{risk.pk}"],
            outcome=given[f"outcome-{risk.pk}"],
            level=given.get(f"level-{risk.pk}", risk.level),
            measures=given.get(f"measures-{risk.pk}", risk.measures),
            words=given[f"words-{risk.pk}"],
        )


def _level_again(risk: Risk) -> forms.Field:
    """The level as it stands, to be changed."""
    return forms.TypedChoiceField(
        label=_("等级"),
        required=False,
        widget=forms.RadioSelect,
        choices=Level.choices,
        coerce=int,
        empty_value=str(risk.level),
        initial=risk.level,
    )


def _measures_again(risk: Risk) -> forms.Field:
    """The measures as they stand, to be changed."""
    return forms.CharField(
        label=_("管控措施"),
        required=False,
        initial=risk.measures,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

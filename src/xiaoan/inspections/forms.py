"""Forms of checklists: the whole list on one page, its publication, the choice of what a pack offers."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from xiaoan.inspections.acts import LONGEST_REASON
from xiaoan.inspections.contents import HEAVIEST, LONGEST_BASIS, LONGEST_TEXT, MOST_POINTS, Content, Point
from xiaoan.inspections.fitting import faults_of
from xiaoan.inspections.models import Answer, Checklist, ChecklistVersion
from xiaoan.inspections.queries import Vocabulary

BLANKS = 3
"""Empty cards at the end; saving brings the next ones."""
MOST_CARDS = MOST_POINTS + BLANKS
TEXT = re.compile(r"text-\d+")


class AdaptForm(forms.Form):
    """One card for each point and a few empty ones. Cards are sorted by their 顺序, so that 2.5 goes between 2 and 3."""

    scored = forms.BooleanField(
        label=_("计分"), required=False, help_text=_("打勾后每条有分值，合格得分；不打勾只判合格或不合格。")
    )

    def __init__(self, standing: Content, vocabulary: Vocabulary, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"scored": standing.scored})
        self._vocabulary = vocabulary
        self._english = {point.text_zh: point.text_en for point in standing.points}
        self._english |= {point.unit_zh: point.unit_en for point in standing.points}
        sent = sum(1 for name in data if TEXT.fullmatch(name)) if data else len(standing.points) + BLANKS
        self._cards = range(min(sent, MOST_CARDS))
        for card in self._cards:
            point = standing.points[card] if card < len(standing.points) else None
            self.fields.update({f"{name}-{card}": field for name, field in self._fields_of(point, card + 1)})

    def _fields_of(self, point: Point | None, number: int) -> Iterator[tuple[str, forms.Field]]:
        """The fields of one card; all may stay empty, a card without words is no point."""
        known = self._vocabulary
        yield (
            "text",
            _words(_("检查内容"), LONGEST_TEXT, point.text_zh if point else "", required=bool(point)),
        )
        yield "order", forms.DecimalField(label=_("顺序"), initial=number, max_value=999, decimal_places=1)
        yield "drop", forms.BooleanField(label=_("删去"), required=False)
        yield "basis", _words(_("依据"), LONGEST_BASIS, "\n".join(point.basis) if point else "")
        yield (
            "hazard",
            _choice(_("不合格时建议的隐患种类"), known.hazards, point.hazard_kind if point else ""),
        )
        yield "accident", _choice(_("可能导致的事故"), known.accidents, point.accident if point else "")
        yield "criterion", _conditions(known.criteria, point.criterion if point else "")
        yield from self._answer_fields(point)

    def _answer_fields(self, point: Point | None) -> Iterator[tuple[str, forms.Field]]:
        """How a point is answered, and what it weighs."""
        yield (
            "answer",
            forms.ChoiceField(
                label=_("答法"), choices=Answer.choices, initial=point.answer if point else Answer.JUDGED
            ),
        )
        yield (
            "unit",
            forms.CharField(
                label=_("计量单位"),
                required=False,
                max_length=10,
                initial=point.unit_zh if point else "",
                widget=forms.TextInput(attrs={"lang": "zh-CN"}),
            ),
        )
        yield "least", _bound(_("不少于"), point.least if point else None)
        yield "most", _bound(_("不超过"), point.most if point else None)
        yield (
            "photo",
            forms.BooleanField(
                label=_("希望附照片"), required=False, initial=point.photo if point else False
            ),
        )
        yield (
            "weight",
            forms.IntegerField(
                label=_("分值"), min_value=1, max_value=HEAVIEST, initial=point.weight if point else 1
            ),
        )

    def cards(self) -> "Iterator[tuple[int, dict[str, BoundField]]]":
        """Each card with its fields by name, numbered as on the page."""
        for card in self._cards:
            ending = f"-{card}"
            named = {name.removesuffix(ending): self[name] for name in self.fields if name.endswith(ending)}
            yield card + 1, named

    def clean(self) -> dict[str, Any]:
        """Put what is wrong with a point beside its field; the act asks again."""
        given = super().clean() or {}
        for card, point in self._points(given):
            for name, words in faults_of(point, self._vocabulary):
                if f"{name}-{card}" not in self.errors:
                    self.add_error(f"{name}-{card}", str(words))
        return given

    def content(self) -> Content:
        """What was filled in, in the order asked for."""
        return Content(
            tuple(point for _card, point in self._points(self.cleaned_data)),
            self.cleaned_data["scored"],
        )

    def _points(self, given: Mapping[str, Any]) -> list[tuple[int, Point]]:
        """The cards that are points, with the point, sorted; of equal 顺序 the upper card comes first."""
        used = [
            card
            for card in self._cards
            if not given.get(f"drop-{card}") and (given.get(f"text-{card}") or f"text-{card}" in self.errors)
        ]
        used.sort(key=lambda card: given.get(f"order-{card}") or Decimal(card + 1))
        return [(card, self._point(given, card)) for card in used]

    def _point(self, given: Mapping[str, Any], card: int) -> Point:
        """One card as a point. The English stays where the Chinese stands as it was."""

        def said(name: str) -> Any:
            return given.get(f"{name}-{card}")

        text, unit = said("text") or "", said("unit") or ""
        return Point(
            text_zh=" ".join(text.split()),
            text_en=self._english.get(text, ""),
            basis=tuple(line.strip() for line in (said("basis") or "").splitlines() if line.strip()),
            accident=said("accident") or "",
            hazard_kind=said("hazard") or "",
            criterion=said("criterion") or "",
            answer=said("answer") or Answer.JUDGED.value,
            unit_zh=unit,
            unit_en=self._english.get(unit, ""),
            least=said("least"),
            most=said("most"),
            photo=bool(said("photo")),
            weight=said("weight") or 1,
        )


class PublishForm(forms.Form):
    """Why the list is adapted: told beside the version for good."""

    reason = forms.CharField(
        label=_("调整的理由"),
        max_length=LONGEST_REASON,
        help_text=_("写给学校和检查人员看，例如本学期增加充电检查。"),
    )


class SettleForm(forms.Form):
    """The pack's version, or the district's own."""

    chosen = forms.ChoiceField(label=_("今后用哪一版"), widget=forms.RadioSelect)

    def __init__(self, checklist: Checklist, data: QueryDict | None = None) -> None:
        super().__init__(data)
        own, offered = checklist.in_force, checklist.offered
        self._versions = {str(version.number): version for version in (own, offered) if version}
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (str(own.number) if own else "", _("继续用本区的版本")),
            (str(offered.number) if offered else "", _("采用规则库的新版本")),
        ]

    def version(self) -> ChecklistVersion:
        """What was chosen."""
        return self._versions[self.cleaned_data["chosen"]]


def _words(label: Any, longest: int, initial: str, *, required: bool = False) -> forms.CharField:
    """Words that may take a few lines; the centre writes them in Chinese, whatever the page speaks."""
    box = forms.Textarea(attrs={"rows": 2, "class": "is-low", "lang": "zh-CN"})
    return forms.CharField(label=label, required=required, max_length=longest, initial=initial, widget=box)


def _choice(label: Any, named: Mapping[str, Any], initial: str) -> forms.ChoiceField:
    """One of the pack's names, or none."""
    choices = [("", _("不指明")), *((code, str(row.title)) for code, row in named.items())]
    return forms.ChoiceField(label=label, required=False, choices=choices, initial=initial)


def _conditions(criteria: Mapping[str, Any], initial: str) -> forms.ChoiceField:
    """The condition by which a failed point may be major."""
    choices = [("", _("不会构成重大")), *((code, f"{code} {row.title}") for code, row in criteria.items())]
    return forms.ChoiceField(label=_("可能重大的判定条件"), required=False, choices=choices, initial=initial)


def _bound(label: Any, initial: Decimal | None) -> forms.DecimalField:
    """A number with at most two places."""
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=10, decimal_places=2, initial=initial
    )

from datetime import date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from xiaoan.foundation import clock
from xiaoan.foundation.permissions import Allowed, Denied
from xiaoan.foundation.ui.bundle import UnknownIconError, icon_address
from xiaoan.foundation.ui.dates import day_of_week
from xiaoan.foundation.ui.elements import Button
from xiaoan.foundation.ui.signs import Sign
from xiaoan.foundation.ui.tests.test_components import render


@pytest.mark.parametrize(
    ("due", "zh", "en", "state"),
    [
        (date(2025, 12, 15), "12月15日前（逾期2天）", "by 15 Dec(2 days overdue)", " deadline-late"),
        (date(2025, 12, 17), "12月17日前（今天）", "by 17 Dec(today)", " deadline-soon"),
        (date(2025, 12, 18), "12月18日前（还剩1天）", "by 18 Dec(1 day left)", " deadline-soon"),
        (date(2025, 12, 21), "12月21日前（还剩4天）", "by 21 Dec(4 days left)", ""),
        (date(2026, 1, 20), "2026年1月20日前（还剩34天）", "by 20 Jan 2026(34 days left)", ""),
    ],
)
def test_a_deadline_says_the_day_and_the_days_left(due, zh, en, state):
    shown = render("{% deadline due=due %}", due=due)
    assert read(shown) == zh
    assert shown.startswith(f'<span class="deadline{state}">')
    with translation.override("en"):
        assert read(render("{% deadline due=due %}", due=due)) == en


def test_a_settled_deadline_counts_no_days():
    assert read(render("{% deadline due=due settled=True %}", due=date(2025, 12, 1))) == "12月1日前"


def test_a_note_stands_in_place_of_the_days():
    assert read(render("{% deadline due=due note='24 小时内答复' %}", due=date(2025, 12, 18))) == (
        "12月18日前（24 小时内答复）"
    )


def test_a_refused_button_stays_and_is_bound_to_its_reason():
    reason = "您不能验收：这次整改是您提交的。整改人不验收。"
    shown = render("{% button label='验收通过' url='/accept/' refused=verdict %}", verdict=Denied(reason))
    name = Button(label="验收通过", refused=Denied(reason)).reason_id
    assert f'type="button" aria-disabled="true" aria-describedby="{name}"' in shown
    assert f'id="{name}"><strong>您不能验收：这次整改是您提交的。</strong> 整改人不验收。' in shown
    assert "/accept/" not in shown


def test_an_allowed_button_is_a_link():
    assert render("{% button label='验收' url='/accept/' refused=verdict %}", verdict=Allowed()) == (
        '<a class="button button-plain" href="/accept/">验收</a>'
    )


def test_a_button_keeps_its_name_and_value():
    assert render("{% button label='存为草稿' name='draft' value='1' %}") == (
        '<button class="button button-plain" type="submit" name="draft" value="1">存为草稿</button>'
    )


def test_a_status_is_a_sign_as_a_chip_and_anything_else_as_it_is():
    sign = Sign("逾期", "late", "overdue")
    assert read(render("{% status sign=sign %}", sign=sign)) == "逾期"
    assert render("{% status sign=sign %}", sign=sign) == render(
        "{% chip label='逾期' icon='late' tone='overdue' %}"
    )
    assert render("{% status sign='议定事项' %}") == "议定事项"
    assert str(sign) == "逾期"


def test_a_day_of_the_week_reads_as_each_language_says_it():
    assert day_of_week(date(2025, 12, 17)) == "12月17日 周三"
    with translation.override("en"):
        assert day_of_week(date(2025, 12, 17)) == "Wed, 17 Dec"


def test_an_icon_that_was_not_built_is_an_error_that_says_where_to_list_it():
    with pytest.raises(UnknownIconError, match=r"no icon 'unicorn': list it in frontend/icons\.json"):
        icon_address("unicorn")


def test_a_number_without_records_is_no_link():
    assert render("{% number_link figure=0 %}") == "0"
    assert render("{% number_link figure=7 url='/x/' %}") == '<a class="number-link" href="/x/">7</a>'


def test_dates_are_written_as_each_language_does():
    source = "{{ day|cn_date }} {{ day|short_date }} {{ day|weekday }} {{ at|moment }}"
    context = {"day": date(2025, 3, 5), "at": clock.at(date(2024, 12, 16), 15, 42)}
    assert render(source, **context) == "2025年3月5日 3月5日 周三 2024年12月16日 15:42"
    with translation.override("en"):
        assert render(source, **context) == "5 Mar 2025 5 Mar Wed 16 Dec 2024 15:42"


def test_a_date_filter_shows_nothing_for_no_date():
    assert render("{{ day|cn_date }}{{ day|short_date }}{{ day|weekday }}{{ day|moment }}", day=None) == ""


def test_an_instant_is_shown_on_its_shanghai_day():
    assert render("{{ at|short_date }}", at=datetime.fromisoformat("2025-12-16T20:00:00+00:00")) == "12月17日"


@pytest.mark.parametrize(
    ("change", "words"), [(3, "比上期多3"), (Decimal("-0.5"), "比上期少0.5"), (0, "与上期持平")]
)
def test_a_trend_has_words(change, words):
    assert read(render("{{ change|trend }}", change=change)) == words


class Question(forms.Form):
    where = forms.ChoiceField(label="哪里", choices=[("a", "走廊")], widget=forms.RadioSelect)
    note = forms.CharField(label="说明", help_text="写清位置", required=False)
    done = forms.BooleanField(label="当场已整改", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_binds_its_hint_and_its_error():
    form = Question({})
    form.is_valid()
    form.add_error("note", "太短，请写清位置。")
    shown = render("{% field bound=bound %}", bound=form["note"])
    assert 'aria-describedby="id_note_helptext id_note_error"' in shown
    assert '<p class="field-hint" id="id_note_helptext">写清位置</p>' in shown
    assert '<p class="field-error" id="id_note_error">' in shown
    assert "（可不填）" in shown


def test_choices_are_tap_targets_in_a_named_group():
    shown = render("{% field bound=bound %}", bound=Question()["where"])
    assert '<legend class="field-label">哪里</legend>' in shown
    assert (
        '<label class="choice"><input type="radio" name="where" value="a" id="id_where_0" required' in shown
    )


def test_a_tick_stands_before_its_words():
    shown = render("{% field bound=bound %}", bound=Question()["done"])
    assert '<label class="tick"><input type="checkbox" name="done" id="id_done">当场已整改</label>' in shown


def test_a_hidden_field_has_no_label():
    assert render("{% field bound=bound %}", bound=Question()["token"]) == (
        '<input type="hidden" name="token" id="id_token">'
    )


def test_a_form_shown_again_keeps_its_submission_id():
    shown = render("{% form_footer label='提交' submission_id='abc' seen=1200 %}{% endform_footer %}")
    assert 'name="submission_id" value="abc"' in shown
    assert 'name="seen" value="1200"' in shown


def test_a_new_form_gets_a_submission_id_of_its_own():
    source = "{% form_footer label='提交' %}{% endform_footer %}"
    assert render(source) != render(source)


class Wanted(forms.Form):
    q = forms.CharField(required=False)
    page = forms.CharField(required=False, widget=forms.HiddenInput)


def test_a_filter_bar_offers_to_clear_only_what_was_chosen():
    source = "{% filters form=form clear_url='/all/' %}"
    assert 'href="/all/"' not in render(source, form=Wanted({"q": ""}))
    chosen = render(source, form=Wanted({"q": "灭火器"}))
    assert 'href="/all/"' in chosen
    assert '<input type="text" name="q" value="灭火器" class="input" id="id_q">' in chosen


def test_a_filter_bar_comes_folded_until_something_is_chosen():
    bars = [render("{% filters form=form %}", form=Wanted({"q": given})) for given in ("", "灭火器")]
    assert [bar.startswith('<details class="filters" open>') for bar in bars] == [False, True]


def read(html: str) -> str:
    """What a person reads."""
    return "".join(part.partition(">")[2] for part in html.split("<"))

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils.safestring import SafeString


def render(source: str, **context) -> SafeString:
    return engines["django"].from_string(source).render(context).strip()


def test_an_unknown_prop_is_an_error_that_names_the_accepted_ones():
    with pytest.raises(TemplateSyntaxError) as refused:
        render("{% chip label='x' colour='red' %}")
    assert str(refused.value) == "{% chip %} has no prop colour; it accepts: label, icon, tone, square"


def test_an_unknown_prop_is_found_before_anything_is_rendered():
    with pytest.raises(TemplateSyntaxError):
        engines["django"].from_string("{% if False %}{% card headline='x' %}{% endcard %}{% endif %}")


def test_a_missing_prop_is_an_error_that_names_it():
    with pytest.raises(TemplateSyntaxError) as refused:
        render("{% progress done=1 label='x' %}")
    assert str(refused.value) == "{% progress %} needs: total"


def test_a_prop_is_given_by_name():
    with pytest.raises(TemplateSyntaxError) as refused:
        render("{% icon 'late' %}")
    assert str(refused.value) == "{% icon %}: write props as name=value, not \"'late'\""


def test_a_value_outside_the_closed_list_is_an_error_that_names_the_list():
    with pytest.raises(TemplateSyntaxError) as refused:
        render("{% chip label='x' tone=tone %}", tone="red")
    assert str(refused.value) == (
        "{% chip tone='red' %}: accepted are neutral, accent, attention, overdue, done, orange, yellow, blue"
    )


def test_the_body_of_a_layout_sees_the_page():
    assert render("{% fact label='整改' %}{{ who }}{% endfact %}", who="沈知远") == (
        "<dt>整改</dt><dd>沈知远</dd>"
    )


def test_a_component_does_not_see_the_page():
    page = "{% fact label='整改' %}{% endfact %}"
    assert render(page, content="<b>", label="other") == "<dt>整改</dt><dd></dd>"


def test_words_are_escaped():
    assert render("{% chip label=words %}", words="<b>") == '<span class="chip chip-neutral">&lt;b&gt;</span>'

"""Pack files are plain YAML: values with their lines, and nothing that could run or explode."""

import pytest

from xiaoan.plans.pack.yaml_text import BadYamlError, read_yaml

BOMB = "a: &a [1, 1]\nb: &b [*a, *a]\nc: [*b, *b]\n"


def test_values_are_plain_and_know_their_line():
    read = read_yaml(
        '- code: T1\n  days: {from: 2025-03-20}\n  number: "91"\n  count: 2\n  yes: yes\n  on: true\n'
    )
    assert read.content == [
        {"code": "T1", "days": {"from": "2025-03-20"}, "number": "91", "count": 2, "yes": "yes", "on": True}
    ]
    assert [read.line_of(place) for place in ((0,), (0, "days", "from"), (0, "on"), (0, "nowhere"))] == [
        1,
        2,
        6,
        1,
    ]


def test_an_empty_file_holds_nothing():
    assert read_yaml("# only a comment\n").content is None


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        (BOMB, 1, "锚点"),
        ("a: 1\nb: !!python/object:os.system x", 2, "类型标记"),
        ("a: 1\nb: 2\na: 3", 3, "写了两次"),
        ("a:\n\t- 1", 2, "制表符"),
        ("a: 1\n--- \nb: 2", 2, "一份内容"),
        ("[" * 30, 1, "层级太深"),
        ("{<<: {a: 1}}", 1, "一个词"),
        ("? [a]\n: 1", 1, "一个词"),
        ("a: [1", 1, "读不懂"),
        ("a: \x00", 1, "YAML"),
    ],
)
def test_what_a_pack_may_not_hold_is_refused_with_its_line(text, line, word):
    with pytest.raises(BadYamlError) as bad:
        read_yaml(text)
    assert (bad.value.line, word in bad.value.words) == (line, True)

"""The official text takes the place of the restated one, and every citation is found in it again."""

import pytest

from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotPermitted, RuleBroken, WrongType
from xiaoan.plans.acts import attach_document
from xiaoan.plans.models import Citation, PlanDocument
from xiaoan.plans.tests.factories import pack_files, publish

NUMBER = "云教安〔2025〕3号"
OFFICIAL = f"""云禾县教育局文件

{NUMBER}

关于印发《云禾县校园安全提升年工作方案》的通知

各校：

一、主要任务

1. 开好安全例会。每月召开一次安全例会，由校长主持，议定事项按期办完。

2. 管好校门。考核门卫。

二、工作保障

1. 勤于演练。每季度组织疏散演练。
"""


def attach(cast, pack, text: str = OFFICIAL, who: str = "bai", number: str = NUMBER) -> PlanDocument:
    return attach_document(
        actor=cast.actor(who), ask=Ask(), pack=pack, number=number, data=text.encode(), name="official.txt"
    )


def cited() -> dict[str, str]:
    """The words that each citation points to, cut out of the text that is shown."""
    rows = Citation.objects.everything("a test").select_related("duty", "clause")
    return {row.duty.code: row.clause.text[row.span_start : row.span_end] for row in rows}


@pytest.mark.parametrize("number", [NUMBER, "3"])
def test_citations_point_into_the_official_text(cast, number):
    pack = publish(cast)
    words = cited()
    document = attach(cast, pack, number=number)
    assert cited() == words
    assert set(Citation.objects.everything("a test").values_list("clause__document", flat=True)) == {
        document.id
    }
    assert (document.official, document.number, document.title_zh) == (
        True,
        NUMBER,
        "云禾县校园安全提升年工作方案",
    )


def test_a_text_without_the_words_is_refused_and_nothing_moves(cast):
    pack = publish(cast)
    before = list(Citation.objects.everything("a test").values_list("id", "clause", "span_start"))
    with pytest.raises(RuleBroken) as refusal:
        attach(cast, pack, OFFICIAL.replace("按期办完", "尽快办完").replace("门卫", "门卫、门卫"))
    said = refusal.value.fields["file"]
    assert [words.split(" ")[0] for words in said[1:]] == ["A1.2", "A2.1"]
    assert list(Citation.objects.everything("a test").values_list("id", "clause", "span_start")) == before
    assert not PlanDocument.objects.everything("a test").filter(official=True).exists()


def test_another_number_and_a_file_that_is_no_text_are_refused(cast):
    pack = publish(cast)
    with pytest.raises(RuleBroken, match="没有文号"):
        attach(cast, pack, number="9")
    with pytest.raises(RuleBroken, match="4号"):
        attach(cast, pack, OFFICIAL.replace("3号", "4号"))
    with pytest.raises(WrongType):
        attach(cast, pack, "%PDF-1.7")


@pytest.mark.parametrize("who", ["gu", "lin", "yi"])
def test_only_the_legal_section_attaches(cast, who):
    with pytest.raises(NotPermitted):
        attach(cast, publish(cast), who=who)


def test_the_next_version_is_checked_against_the_official_text_and_points_into_it(cast):
    document = attach(cast, publish(cast))
    files = pack_files()
    files["pack.yaml"] = files["pack.yaml"].replace('"2025-01-06"', '"2"')
    second = publish(cast, files=files)
    rows = Citation.objects.everything("a test").filter(duty__pack=second)
    assert set(rows.values_list("clause__document", flat=True)) == {document.id}

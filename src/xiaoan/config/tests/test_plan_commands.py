"""The command line of plans: exit codes, words on stderr, rows of the contract."""

import json

import pytest

from xiaoan.config.cli import main
from xiaoan.plans.models import Cell, PackVersion
from xiaoan.plans.tests.factories import ROOT, publish

YUNHE = ROOT / "tests" / "packs" / "yunhe-2025"
OFFICIAL = YUNHE / "documents" / "3.md"
COLUMNS = ["duty", "clause", "unit", "period", "status", "achieved", "expected", "target", "due", "why"]


@pytest.fixture
def copy(tmp_path):
    """A copy of the county's pack that a test may break."""
    folder = tmp_path / "yunhe-2025"
    (folder / "documents").mkdir(parents=True)
    for path in [*YUNHE.glob("*.yaml"), OFFICIAL]:
        target = folder / path.relative_to(YUNHE)
        target.write_bytes(path.read_bytes())
    return folder


def test_a_good_pack_is_said_to_be_so(capsys, db):
    assert main(["pack", "check", str(YUNHE), "--document", str(OFFICIAL)]) == 0
    assert capsys.readouterr() == ("规则库没有错误：4 项任务。\n", "")


def test_faults_stand_on_stderr_with_file_and_line(copy, capsys, db):
    path = copy / "duties.yaml"
    path.write_text(path.read_text().replace("every: month", "every: week"))
    assert main(["pack", "check", str(copy)]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.splitlines()[0].startswith("duties.yaml:12: ")) == ("", True)


def test_a_folder_that_is_not_there_is_named(tmp_path, capsys, db):
    assert main(["pack", "check", str(tmp_path / "nowhere")]) == 1
    assert capsys.readouterr().err == "nowhere:1: 没有这个文件夹，请核对规则库所在的位置。\n"


def test_a_dry_run_shows_the_changes_and_stores_nothing(cast, capsys):
    assert main(["pack", "load", str(YUNHE), "--dry-run", "--as", cast.bai.staff_no]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "任务：新增 4 变更 0 终止 0"
    assert PackVersion.objects.everything("a test").count() == 0


def test_publishing_counts_at_once_and_the_second_time_nothing_changes(cast, capsys):
    assert main(["pack", "load", str(YUNHE), "--publish", "--as", cast.bai.staff_no]) == 0
    cells = list(Cell.objects.everything("a test").order_by("id").values())
    assert Cell.objects.everything("a test").filter(expected=1).exists()
    capsys.readouterr()
    assert main(["pack", "load", str(YUNHE), "--publish", "--as", cast.bai.staff_no]) == 0
    assert capsys.readouterr().out == "任务：新增 0 变更 0 终止 0\n这个版本已经载入过，没有变化。\n"
    assert list(Cell.objects.everything("a test").order_by("id").values()) == cells


def test_who_may_not_is_refused_with_words_and_an_unknown_user_is_a_wrong_call(cast, capsys):
    assert main(["pack", "load", str(YUNHE), "--as", cast.lin.staff_no]) == 1
    assert main(["pack", "load", str(YUNHE), "--as", "nobody"]) == 2
    assert main(["pack", "load", str(YUNHE), "--publish"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_duties_are_rows_of_the_contract_sorted_by_unit_duty_and_period(cast, capsys):
    publish(cast)
    assert main(["duties", "--json", "--unit", "yh-s1", "--period", "2025-03"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [list(row) for row in rows] == [COLUMNS] * 2
    assert rows[0] == {
        "duty": "A1.1", "clause": "1.1", "unit": "YH-S1", "period": "2025-03", "status": "late",
        "achieved": "0.00", "expected": "1.00", "target": "100%", "due": "2025-03-31", "why": "",
    }  # fmt: skip
    assert (rows[1]["duty"], rows[1]["status"], rows[1]["why"]) == (
        "A1.2",
        "unconfirmed",
        "由局设定，非方案原文",
    )


def test_duties_in_english_hold_no_chinese(cast, capsys):
    publish(cast)
    assert main(["--lang", "en", "duties", "--json"]) == 0
    assert capsys.readouterr().out.isascii()


@pytest.mark.parametrize("call", [["--period", "2025Q5"], ["--period", "2025-13"], ["--status", "bad"]])
def test_an_unknown_word_of_the_call_is_a_wrong_call(cast, capsys, call):
    publish(cast)
    assert main(["duties", "--json", *call]) == 2
    assert capsys.readouterr().out == ""


def test_a_plan_is_read_as_json_and_as_a_list(capsys):
    assert main(["plan", "read", str(OFFICIAL), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["number"] == "云教安〔2025〕3号"
    assert main(["plan", "read", str(OFFICIAL)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "1.1\t1.开好安全例会"
    assert main(["plan", "read", str(OFFICIAL.with_name("nowhere.md"))]) == 2


def attach(number, file, person):
    return main(["plan", "attach", number, str(file), "--as", person.staff_no])


def test_the_official_text_is_attached_by_the_legal_section(cast, capsys):
    publish(cast)
    assert attach("3", OFFICIAL, cast.bai) == 0
    assert attach("9", OFFICIAL, cast.bai) == 1
    assert attach("3", OFFICIAL, cast.gu) == 1
    assert attach("3", OFFICIAL.with_name("nowhere.md"), cast.bai) == 2

"""The command line in its order: a district from nothing, by an operator who has only the documentation."""

import json

import pytest

from tests.architecture.source import ROOT
from xiaoan.config.cli import main
from xiaoan.foundation.delivery import drain
from xiaoan.foundation.sheets import Sheet, write_workbook
from xiaoan.organisations.models import Unit
from xiaoan.people.models import Account

pytestmark = pytest.mark.django_db
PACK = str(ROOT / "tests" / "packs" / "yunhe-2025")
PASSWORD = "a long enough password"


@pytest.fixture
def init(monkeypatch):
    monkeypatch.setenv("XIAOAN_ADMIN_PASSWORD", PASSWORD)
    return lambda: main(["init", "--district", "YH", "--name", "云禾县教育局", "--admin", "Operator"])


def table(folder, name, headings, rows):
    """An Excel file with these rows."""
    file = folder / f"{name}.xlsx"
    with file.open("wb") as stream:
        write_workbook([Sheet(name, headings, rows)], stream)
    return str(file)


def test_init_founds_a_district_once(init, capsys):
    assert init() == 0
    root = Unit.objects.everything("a test").get()
    assert (root.code, root.name, root.path, root.oversees) == ("YH", "云禾县教育局", "YH/", True)
    assert Account.objects.get().username == "operator"

    assert init() == 0
    assert "没有改动" in capsys.readouterr().out
    assert Unit.objects.everything("a test").count() == 1


def test_a_weak_password_is_refused_and_nothing_is_founded(monkeypatch, capsys):
    monkeypatch.setenv("XIAOAN_ADMIN_PASSWORD", "short")
    assert main(["init", "--district", "YH", "--name", "云禾县教育局", "--admin", "op"]) == 1
    assert "密码太短" in capsys.readouterr().err
    assert Unit.objects.everything("a test").count() == 0


@pytest.mark.parametrize("call", [[], ["fly"], ["plan"], ["import", "hazards"], ["init", "--district", "YH"]])
def test_a_wrong_call_is_usage(call):
    with pytest.raises(SystemExit) as left:
        main(call)
    assert left.value.code == 2


def test_a_district_is_filled_in_the_order_of_the_documentation(init, tmp_path, capsys):
    init()
    assert main(["pack", "load", PACK, "--publish", "--as", "operator"]) == 0
    units = table(
        tmp_path,
        "units",
        ["编码*", "名称*", "类别*", "上级编码", "学段", "启用日期"],
        [["YH-1", "柳湾小学", "学校", "YH", "小学", "2020-09-01"]],
    )
    people = table(tmp_path, "people", ["工号*", "姓名*", "手机"], [["0007", "林一鸣", ""]])
    appointments = table(
        tmp_path,
        "appointments",
        ["工号*", "单位编码*", "岗位*", "起始日期*"],
        [["0007", "YH-1", "校长", "2024-09-01"]],
    )
    for kind, file in (("units", units), ("people", people), ("appointments", appointments)):
        assert main(["import", kind, file, "--as", "operator"]) == 0
    assert capsys.readouterr().out.splitlines()[-3:] == ["新增 1 变更 0 未变 0 错误 0"] * 3

    assert main(["import", "units", units, "--as", "operator"]) == 0
    assert capsys.readouterr().out == "新增 0 变更 0 未变 1 错误 0\n"

    drain()
    assert main(["duties", "--json", "--unit", "YH-1", "--duty", "A1.1", "--period", "2025-11"]) == 0
    [row] = json.loads(capsys.readouterr().out)
    assert (row["duty"], row["unit"], row["period"], row["status"]) == ("A1.1", "YH-1", "2025-11", "late")
    assert (row["achieved"], row["expected"], row["due"]) == ("0.00", "1.00", "2025-11-30")


def test_a_wrong_cell_is_named_and_nothing_is_imported(init, tmp_path, capsys):
    init()
    capsys.readouterr()
    units = table(
        tmp_path, "units", ["编码*", "名称*", "类别*", "上级编码"], [["YH-1", "柳湾小学", "学校", "NOWHERE"]]
    )
    assert main(["import", "units", units, "--as", "operator"]) == 1
    said = capsys.readouterr()
    assert "units!D2" in said.err
    assert said.out == "新增 0 变更 0 未变 0 错误 1\n"
    assert Unit.objects.everything("a test").count() == 1


def test_an_unknown_user_is_told(init, tmp_path, capsys):
    init()
    units = table(tmp_path, "units", ["编码*", "名称*", "类别*"], [["YH-1", "柳湾小学", "学校"]])
    assert main(["import", "units", units, "--as", "nobody"]) == 2
    assert "nobody" in capsys.readouterr().err

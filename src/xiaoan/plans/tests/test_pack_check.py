"""Every fault of a pack is named with its file and line, and says what to do."""

import pytest

from xiaoan.plans.pack.checks import check_pack
from xiaoan.plans.pack.faults import FaultyPack
from xiaoan.plans.pack.files import read_folder, read_pack
from xiaoan.plans.reading import read_text
from xiaoan.plans.tests.factories import FIRST_PACK, pack_files


def faults(**changed: tuple[str, str]) -> list[str]:
    """Faults of the county's pack after one replacement in each named file (`duties` stands for duties.yaml)."""
    files = pack_files()
    for name, (old, new) in changed.items():
        path = name if name in files else f"{name}.yaml"
        assert old in files[path]
        files[path] = files[path].replace(old, new, 1)
    return [str(fault) for fault in check_pack(read_pack(files))]


@pytest.mark.parametrize("pack", ["yunhe-2025", FIRST_PACK])
def test_the_packs_of_the_repository_have_no_fault(pack):
    assert check_pack(read_pack(pack_files(pack))) == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("post: [head_teacher]", "post: [teacher]"), "duties.yaml:11: A1.1 posts.yaml 里没有岗位 teacher"),
        (("ledgers.records_held", "ledgers.nothing"), "duties.yaml:14: A1.1 没有指标 ledgers.nothing"),
        (("kind: monthly_meeting", "kind: party"), "duties.yaml:15: A1.1 参数 kind"),
        (("awaits: education", "awaits: kitchen"), "duties.yaml:72: B1.1 没有模块 kitchen"),
        (("A1: 按期办完", "A1: 按时办完"), "duties.yaml:22: A1.2 documents/3.md 条款 1.1 里没有“按时办完”"),
        (("A1: 按期办完", "A1: 例会"), "duties.yaml:22: A1.2 documents/3.md 条款 1.1 里“例会”出现"),
        (("A1: 按期办完", "Z9: 按期办完"), "duties.yaml:22: A1.2 没有条款简称 Z9"),
        (("target: 100%", "target: 120%"), "duties.yaml:19: target 写作"),
        (("target: 100%", "target: goal"), "duties.yaml:4: counts: trend"),
        (("source: 原\n", "source: 猜\n"), "duties.yaml:20: source 写作"),
        (("every: month", "every: week"), "duties.yaml:12: “every”只能写"),
        (("  source: 原\n", ""), "duties.yaml:4: 缺少“source”"),
        (('due: "06-30"', 'due: "02-30"'), "duties.yaml:54: due 写作"),
        (("counts: flow", "counts: stock"), "duties.yaml:13: A1.1 指标 ledgers.records_held 是 flow"),
        (("- code: A1.2", "- code: A1.1"), "duties.yaml:21: A1.1 这个代码写了不止一次"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_named_with_its_line(change, fault):
    found = faults(duties=change)
    assert [words for words in found if words.startswith(fault)] != [], found


@pytest.mark.parametrize("newer", ["1.1", "2.0"])
def test_a_pack_of_a_newer_format_says_which_release_is_needed_and_nothing_else(newer):
    (fault,) = faults(
        pack=("name: ", f'format: "{newer}"\nfuture_key: 1\nname: '),
        duties=("every: month", "every: blue-moon"),
    )
    assert fault.startswith("pack.yaml:")
    assert f"需要升级到支持 {newer} 的版本" in fault


@pytest.mark.parametrize(("written", "count"), [("1.0", 0), ("0.9", 0), ("one", 1), ("1.0.0", 1)])
def test_a_format_that_is_known_passes_and_one_that_is_none_is_a_fault(written, count):
    assert len(faults(pack=("name: ", f'format: "{written}"\nname: '))) == count


def test_a_norm_that_no_source_names_is_a_fault():
    (fault,) = faults(pack=("duties: [B1.1]", "duties: []"))
    assert fault.startswith("duties.yaml:74: B1.1 标了“据”")


def test_an_expectation_of_nothing_is_only_a_warning():
    files = pack_files()
    files["duties.yaml"] = files["duties.yaml"].replace("target: 90%", "target: 0%")
    (fault,) = check_pack(read_pack(files))
    assert (fault.line, fault.is_warning) == (34, True)


def test_a_file_that_no_module_knows_and_one_that_lacks_are_named():
    files = {**pack_files(), "kitchen.yaml": "a: 1\n", "documents/4.md": "一、什么\n"}
    del files["documents/3.md"]
    found = [str(fault) for fault in check_pack(read_pack(files))]
    assert [words.split(":")[0] for words in found][:3] == ["documents/4.md", "kitchen.yaml", "pack.yaml"]


def test_what_the_pack_says_of_a_document_equals_what_it_says_itself():
    (fault,) = faults(pack=("date: 2025-01-06", "date: 2025-01-07"))
    assert fault == "pack.yaml:16: 与文件里写的不一致（文件里是“2025-01-06”），请改成一样。"


def test_words_are_sought_in_the_official_text_too():
    pack = read_pack(pack_files())
    official = read_text(
        "一、主要任务\n\n1. 开好安全例会。各校开会。\n\n2. 管好校门。考核门卫。\n\n二、保障\n\n1. 疏散演练，应组织疏散演练。\n"
    )
    found = [str(fault) for fault in check_pack(pack, {"云教安〔2025〕3号": official})]
    assert [words.split(" ")[1] for words in found] == ["A1.1", "A1.2", "B1.1"]
    assert all("云教安〔2025〕3号" in words for words in found)


def test_a_broken_file_is_named_with_its_line_and_nothing_else_is_said_of_it():
    (fault,) = faults(calendar=("terms:", "terms:\n\t"))
    assert fault == "calendar.yaml:4: 这一行用了制表符，请改用两个空格缩进。"


def test_a_folder_that_is_too_large_or_not_text_is_refused(tmp_path):
    (tmp_path / "pack.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FaultyPack, match=r"pack.yaml:1: 不是 UTF-8"):
        read_folder(tmp_path)
    (tmp_path / "pack.yaml").write_bytes(b"a" * (20 * 1024 * 1024 + 1))
    with pytest.raises(FaultyPack, match="20 MB"):
        read_folder(tmp_path)

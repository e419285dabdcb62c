"""Whether the files of a pack fit together: posts, kinds, measures, and words that stand in the plan."""

import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

import xiaoan
from xiaoan.foundation.indicators import known_indicators
from xiaoan.foundation.packs import known_sections
from xiaoan.plans.pack.faults import Fault
from xiaoan.plans.pack.files import PackText
from xiaoan.plans.pack.schema import DocumentRow, DutyRow
from xiaoan.plans.reading import PlanDocument, find_words

NO_MEASURES = frozenset({"config", "foundation"})
Officials = Mapping[str, PlanDocument]
"""Official texts by the number of the document."""
RowCheck = Callable[[PackText, DutyRow], Iterator[str]]


def check_pack(pack: PackText, officials: Officials | None = None) -> list[Fault]:
    """Everything that is wrong with a pack, warnings included, in the order of files and lines.

    Key words are sought in the restated documents, and in the official texts that are given.
    """
    faults = list(pack.faults)
    if pack.is_whole:
        faults += _document_faults(pack)
        faults += _duty_faults(pack)
        faults += _citation_faults(pack, officials or {})
        faults += _section_faults(pack)
    return sorted(faults)


def _duty_fault(pack: PackText, place: int, words: str, key: str = "", *, is_warning: bool = False) -> Fault:
    """A fault at a row of duties.yaml."""
    line = pack.read["duties.yaml"].line_of((place, key) if key else (place,))
    return Fault("duties.yaml", line, f"{pack.duties[place].code} {words}", is_warning)


def _document_faults(pack: PackText) -> Iterator[Fault]:
    """What pack.yaml says of a document equals what the document says; short names stand once and lead somewhere."""
    seen: set[str] = set()
    for place, row in enumerate(pack.sheet.documents):
        for key, words in _document_words(pack, row, seen):
            line = pack.read["pack.yaml"].line_of(("documents", place, *key))
            yield Fault("pack.yaml", line, words)
        seen |= set(row.aliases)


def _document_words(
    pack: PackText, row: DocumentRow, seen: set[str]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Keys of a document's row and what is wrong with them."""
    document = pack.documents.get(row.code)
    if document is None:
        return
    for key, said, read in (
        ("number", row.number, document.number),
        ("issuer", row.issuer, document.issuer),
        ("date", row.date, document.date),
    ):
        if said != read:
            yield (key,), _("与文件里写的不一致（文件里是“%(read)s”），请改成一样。") % {"read": read or ""}
    codes = {clause.code for clause in document.walk()}
    for alias, code in row.aliases.items():
        if alias in seen:
            yield ("aliases", alias), _("简称 %(alias)s 已经用过，请换一个。") % {"alias": alias}
        if code not in codes:
            yield (
                ("aliases", alias),
                _("%(file)s 里没有条款 %(code)s，请核对编号。")
                % {
                    "file": row.file,
                    "code": code,
                },
            )


def _duty_faults(pack: PackText) -> Iterator[Fault]:
    """Faults of the rows by themselves."""
    counted = Counter(row.code for row in pack.duties)
    for place, row in enumerate(pack.duties):
        if counted[row.code] > 1:
            yield _duty_fault(pack, place, _("这个代码写了不止一次，请改正。"), "code")
        for key, check in _ROW_CHECKS:
            for words in check(pack, row):
                yield _duty_fault(pack, place, words, key)
        if row.percent == 0 or (row.parameters or {}).get("expected") == 0:
            words = _("目标或应完成数为 0，这项任务永远算完成，请核对。")
            yield _duty_fault(pack, place, words, "target", is_warning=True)


def _unknown_posts(pack: PackText, row: DutyRow) -> Iterator[str]:
    """Posts that posts.yaml does not have."""
    known = rows_by_code(pack, "posts")
    for code in row.post:
        if code not in known:
            yield _("posts.yaml 里没有岗位 %(code)s，请改正，或在那里补上。") % {"code": code}


def _unknown_measure(_pack: PackText, row: DutyRow) -> Iterator[str]:
    """A measure that no module offers."""
    if row.indicator and row.indicator not in known_indicators():
        yield _("没有指标 %(name)s；可用的有：%(known)s。") % {
            "name": row.indicator,
            "known": "、".join(sorted(known_indicators())),
        }


def _wrong_parameters(pack: PackText, row: DutyRow) -> Iterator[str]:
    """Parameters that the measure refuses."""
    measure = known_indicators().get(row.indicator or "")
    if "kinds.yaml" in pack.files and "kinds" not in pack.sections:
        return  # its own faults come first
    words = measure.check(row.parameters or {}, rows_by_code(pack, "kinds")) if measure else None
    if words:
        yield words


def _wrong_kind_of_count(_pack: PackText, row: DutyRow) -> Iterator[str]:
    """A flow measured by a stock, or the other way round."""
    measure = known_indicators().get(row.indicator or "")
    if measure and str(measure.kind) != row.counts:
        yield _("指标 %(name)s 是 %(kind)s，counts 请照写。") % {"name": row.indicator, "kind": measure.kind}


def _unknown_module(_pack: PackText, row: DutyRow) -> Iterator[str]:
    """`awaits` names a module of the column."""
    if row.awaits and row.awaits not in modules():
        yield _("没有模块 %(name)s；可写：%(known)s。") % {
            "name": row.awaits,
            "known": "、".join(sorted(modules())),
        }


def _unnamed_norm(pack: PackText, row: DutyRow) -> Iterator[str]:
    """A 据 rests on a norm that pack.yaml names."""
    if "据" in row.marks and not any(row.code in source.duties for source in pack.sheet.sources):
        yield _("标了“据”，请在 pack.yaml 的 sources 里写明依据，并把本任务列入其 duties。")


_ROW_CHECKS: tuple[tuple[str, RowCheck], ...] = (
    ("post", _unknown_posts),
    ("indicator", _unknown_measure),
    ("with", _wrong_parameters),
    ("counts", _wrong_kind_of_count),
    ("awaits", _unknown_module),
    ("source", _unnamed_norm),
)


def _citation_faults(pack: PackText, officials: Officials) -> Iterator[Fault]:
    """Key words stand exactly once in their clause, in every text that is known."""
    for place, row in enumerate(pack.duties):
        for alias, words in row.cites.items():
            for fault in _misplaced(pack, alias, words, officials):
                yield _duty_fault(pack, place, fault, "cites")


def _misplaced(pack: PackText, alias: str, words: str, officials: Officials) -> Iterator[str]:
    """What is wrong with one citation."""
    found = pack.clause_of(alias)
    if found is None:
        yield _("没有条款简称 %(alias)s，请改正，或在 pack.yaml 的 aliases 里补上。") % {"alias": alias}
        return
    document, code = found
    texts = (
        (document.file, pack.documents.get(document.code)),
        (document.number, officials.get(document.number)),
    )
    for name, text in texts:
        if text is not None and (problem := words_problem(text, code, words)):
            yield f"{name} {problem}"


def words_problem(document: PlanDocument, code: str, words: str) -> str:
    """Why key words do not point to one place of a clause; empty when they do."""
    clause = next((each for each in document.walk() if each.code == code), None)
    if clause is None:
        return _("没有条款 %(code)s。") % {"code": code}
    places = find_words(clause.text, words)
    if not places:
        return _("条款 %(code)s 里没有“%(words)s”，请改用原文里有的词。") % {"code": code, "words": words}
    if len(places) > 1:
        return _("条款 %(code)s 里“%(words)s”出现 %(times)d 次，请把词写长些，只留一处。") % {
            "code": code,
            "words": words,
            "times": len(places),
        }
    return ""


def _section_faults(pack: PackText) -> Iterator[Fault]:
    """What the owners of the sections find between sections."""
    for name, section in known_sections().items():
        if section.check and name in pack.sections:
            for misfit in section.check(pack.sections):
                path = f"{name}/{misfit.file}.yaml" if section.part else f"{name}.yaml"
                yield Fault(path, pack.read[path].line_of(misfit.place), misfit.words)


def rows_by_code(pack: PackText, section: str) -> dict[str, Any]:
    """Rows of a section that is a list, by their code."""
    content = pack.sections.get(section)
    return {row.code: row for row in getattr(content, "root", ())}


def modules() -> frozenset[str]:
    """The modules of the house, built or not."""
    return (
        frozenset(module.name for module in pkgutil.iter_modules(xiaoan.__path__) if module.ispkg)
        - NO_MEASURES
    )

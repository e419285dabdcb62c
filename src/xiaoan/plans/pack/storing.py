"""Storing a pack that was read and checked: whole, with its duties, documents and citations as rows."""

import json
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from typing import Any

from xiaoan.foundation.actor import Actor
from xiaoan.organisations.models import Unit
from xiaoan.plans.models import Citation, Clause, Duty, DutyPost, PackFile, PackVersion, PlanDocument
from xiaoan.plans.pack.files import PackText, section_of
from xiaoan.plans.pack.schema import DocumentRow, DutyRow
from xiaoan.plans.reading import Clause as ReadClause
from xiaoan.plans.reading import PlanDocument as ReadDocument
from xiaoan.plans.reading import find_words

REASON = "the pack's own rows"


def store_pack(pack: PackText, *, district: Unit, actor: Actor) -> PackVersion:
    """The rows of a pack. What its duties cite is placed in the text that the district is shown."""
    owned = _owned(district, actor)
    sheet = pack.sheet
    version = PackVersion.objects.create(
        **owned,
        name=sheet.name,
        edition=sheet.version,
        title_zh=sheet.title.zh,
        title_en=sheet.title.en,
        starts_on=sheet.period.first,
        ends_on=sheet.period.last,
        digest=pack.digest,
    )
    PackFile.objects.bulk_create(_file(pack, path, version, owned) for path in sorted(pack.files))
    clauses = {
        row.code: _shown_clauses(row, pack.documents[row.code], version, owned) for row in sheet.documents
    }
    duties = [_duty(row, place, version, owned) for place, row in enumerate(pack.duties)]
    Duty.objects.bulk_create(duties)
    by_row = list(zip(pack.duties, duties, strict=True))
    DutyPost.objects.bulk_create(chain.from_iterable(_posts(row, duty, owned) for row, duty in by_row))
    Citation.objects.bulk_create(
        chain.from_iterable(_citations(pack, row, duty, clauses, owned) for row, duty in by_row)
    )
    return version


def store_document(read: ReadDocument, **values: Any) -> PlanDocument:
    """A text with its clauses as rows; `values` are its other columns and its owner's."""
    owned = {name: values[name] for name in ("district_id", "unit_id", "created_by_id")}
    document = PlanDocument.objects.create(
        **values,
        issued_on=read.date,
        body=read.body,
        digest=sha256(read.body.encode()).hexdigest(),
    )
    rows: list[Clause] = []
    _add_clauses(read.clauses, None, rows, {**owned, "document": document})
    Clause.objects.bulk_create(rows)
    return document


def official_of(district_id: Any, number: str) -> PlanDocument | None:
    """The official text of a document, once the bureau has attached it."""
    texts = PlanDocument.objects.everything(REASON)
    return texts.filter(district_id=district_id, number=number, official=True).order_by("-created_at").first()


def _owned(district: Unit, actor: Actor) -> dict[str, Any]:
    """Whose rows these are."""
    return {"district_id": district.id, "unit_id": district.id, "created_by_id": actor.person_id}


def _file(pack: PackText, path: str, version: PackVersion, owned: dict[str, Any]) -> PackFile:
    """A file's row."""
    text = pack.files[path]
    content = json.dumps(pack.read[path].content, ensure_ascii=False) if section_of(path) else ""
    digest = sha256(text.encode()).hexdigest()
    return PackFile(**owned, pack=version, path=path, text=text, digest=digest, content=content)


def _shown_clauses(
    row: DocumentRow, read: ReadDocument, version: PackVersion, owned: dict[str, Any]
) -> dict[str, Clause]:
    """Store the restatement; the clauses by code of the text that is shown."""
    restated = store_document(
        read,
        **owned,
        pack=version,
        code=row.code,
        number=row.number,
        title_zh=row.title.zh,
        title_en=row.title.en,
        issuer=row.issuer,
    )
    shown = official_of(version.district_id, row.number) or restated
    return {clause.code: clause for clause in Clause.objects.everything(REASON).filter(document=shown)}


def _add_clauses(
    clauses: Iterable[ReadClause], parent: Clause | None, rows: list[Clause], common: dict[str, Any]
) -> None:
    """Append rows in reading order; the reader has bounded the depth."""
    for clause in clauses:
        row = Clause(
            **common,
            parent=parent,
            position=len(rows),
            depth=parent.depth + 1 if parent else 0,
            code=clause.code,
            label=clause.label,
            heading=clause.heading,
            text=clause.text,
            span_start=clause.span.start,
            span_end=clause.span.end,
        )
        rows.append(row)
        _add_clauses(clause.children, row, rows, common)


def _duty(row: DutyRow, place: int, version: PackVersion, owned: dict[str, Any]) -> Duty:
    """A duty's row, not yet in force."""
    return Duty(
        **owned,
        pack=version,
        code=row.code,
        position=place,
        title_zh=row.title.zh,
        title_en=row.title.en,
        rule_zh=row.rule.zh,
        rule_en=row.rule.en,
        note_zh=row.note.zh if row.note else "",
        note_en=row.note.en if row.note else "",
        owner_kinds=" ".join(row.who.kind or ()),
        owner_stages=" ".join(row.who.stage or ()),
        owner_code=row.who.unit or "",
        every=row.every,
        counts=row.counts,
        indicator=row.indicator or "",
        parameters=json.dumps(row.parameters or {}, ensure_ascii=False, sort_keys=True),
        awaits=row.awaits or "",
        target=row.percent,
        is_goal=row.is_goal,
        period_source=row.marks[0],
        target_source=row.marks[1],
        due_day=row.due or "",
        must_be_confirmed=row.must_be_confirmed,
    )


def _posts(row: DutyRow, duty: Duty, owned: dict[str, Any]) -> Iterable[DutyPost]:
    """The posts that answer."""
    return (
        DutyPost(**owned, duty=duty, post_code=code, position=place) for place, code in enumerate(row.post)
    )


def _citations(
    pack: PackText, row: DutyRow, duty: Duty, clauses: dict[str, dict[str, Clause]], owned: dict[str, Any]
) -> Iterable[Citation]:
    """Where a duty stands in the text shown; `pack_checks` has made sure that each has one place."""
    for place, (alias, words) in enumerate(row.cites.items()):
        document, code = pack.clause_of(alias) or (None, "")
        if document is None:
            continue
        clause = clauses[document.code][code]
        (span,) = find_words(clause.text, words)
        yield Citation(
            **owned,
            duty=duty,
            clause=clause,
            position=place,
            alias=alias,
            clause_code=code,
            words=words,
            span_start=span.start,
            span_end=span.end,
        )

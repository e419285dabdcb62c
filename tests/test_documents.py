"""The documents keep up with the code: links, commands, primitives, words, the journal's worked example."""

import json
import re
from collections import Counter
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from xiaoan.config import settings
from xiaoan.foundation import journal
from xiaoan.organisations import place_table, unit_table
from xiaoan.people import appointment_table, person_table

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "xiaoan"
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
NOT_OURS = {".venv", "node_modules", "var", "pictures"}
LINK = re.compile(r"\]\(([^)\s]+)\)|<img src=\"([^\"]+)\"")
NAMED_FILE = re.compile(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|csv|yaml|html|css|js|json|toml|md))`")
PLUMBING = {
    "apps.py",
    "models.py",
    "migrations",
    "templates",
    "locale",
    "tests",
    "__init__.py",
    "__pycache__",
}
"""Of foundation: what Django asks for, and tells itself."""


def documents():
    tops = [path for path in ROOT.iterdir() if path.name not in NOT_OURS and not path.name.startswith(".")]
    below = [found for folder in tops if folder.is_dir() for found in folder.rglob("*.md")]
    found = [*(path for path in tops if path.suffix == ".md"), *below]
    return sorted(path for path in found if "node_modules" not in path.parts)


def links(document):
    """The addresses of a document's links and pictures."""
    return [link or picture for link, picture in LINK.findall(document.read_text(encoding="utf-8"))]


def table_rows(text):
    """The cells of each table row, headings and rules left out."""
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith("|-")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def glossary():
    rows = table_rows((DOCS / "glossary.md").read_text(encoding="utf-8"))
    return [row for row in rows if row[0] != "中文"]


@cache
def words_of_the_product():
    """Every word of the source and the packs, and the names of the modules."""
    files = [
        path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".csv"} and "tests" not in path.parts
    ]
    files += (ROOT / "packs").rglob("*.yaml")
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    return set(re.findall(r"\w+", text)) | {path.name for path in PACKAGE.iterdir() if path.is_dir()}


def anchor_of(heading):
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path):
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {anchor_of(heading) for heading in headings}


def is_broken(document, link):
    address, _hash, anchor = link.partition("#")
    target = (document.parent / address) if address else document
    if not target.exists():
        return True
    return bool(anchor) and target.suffix == ".md" and anchor not in anchors(target)


def test_every_link_between_documents_resolves():
    broken = [
        f"{document.relative_to(ROOT)}: {link}"
        for document in documents()
        for link in links(document)
        if "://" not in link and is_broken(document, link)
    ]
    assert broken == []


def test_every_file_that_a_document_names_is_there():
    """Named from the root, the package, a module, or the folder of templates that all pages share."""
    modules = [path for path in PACKAGE.iterdir() if path.is_dir()]
    roots = (
        ROOT,
        PACKAGE,
        *modules,
        PACKAGE / "foundation" / "ui",
        PACKAGE / "foundation" / "ui" / "templates",
    )
    missing = [
        f"{document.relative_to(ROOT)}: {named}"
        for document in documents()
        for named in NAMED_FILE.findall(document.read_text(encoding="utf-8"))
        if not any((root / named).exists() for root in roots)
    ]
    assert missing == []


def test_every_primitive_is_told_on_a_page_of_its_own_or_anothers():
    pages = "\n".join(page.read_text(encoding="utf-8") for page in (DOCS / "mechanisms").glob("*.md"))
    primitives = {path.name for path in (PACKAGE / "foundation").iterdir()} - PLUMBING
    assert sorted(name for name in primitives if f"foundation/{name}" not in pages) == []


def test_every_page_of_the_documents_is_on_their_map():
    on_the_map = set(links(DOCS / "README.md"))
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md") if page.parent.name != "decisions"}
    assert sorted(pages - on_the_map - {"README.md"}) == []


def test_every_decision_is_in_their_index():
    folder = DOCS / "decisions"
    listed = set(links(folder / "README.md"))
    assert listed == {page.name for page in folder.glob("0*.md")}


def test_a_word_stands_once_in_the_glossary():
    chinese = Counter(row[0] for row in glossary())
    code = Counter(word for row in glossary() for word in re.findall(r"`(\w+)`", row[2]))
    assert [word for word, times in (chinese + code).items() if times > 1] == []


def test_every_code_word_of_the_glossary_is_in_the_product():
    code = {word for row in glossary() for word in re.findall(r"`(\w+)`", row[2])}
    assert sorted(code - words_of_the_product()) == []


def test_commands_of_the_readmes_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    for readme in (*READMES, ROOT / "CONTRIBUTING.md"):
        named = set(re.findall(r"\bmake ([a-z]+)", readme.read_text(encoding="utf-8")))
        assert (readme.name, named - targets) == (readme.name, set())


def test_both_readmes_list_the_same_variables_as_the_settings():
    own = re.findall(r"^\| `(XIAOAN_[A-Z_]+)`", settings.__doc__ or "", re.MULTILINE)
    for readme in READMES:
        told = re.findall(r"^\| `(XIAOAN_[A-Z_]+)`", readme.read_text(encoding="utf-8"), re.MULTILINE)
        assert (readme.name, told) == (readme.name, own)


def test_headings_of_the_imports_are_told_as_they_are():
    tables = {
        "units": unit_table,
        "places": place_table,
        "people": person_table,
        "appointments": appointment_table,
    }
    own = {
        name: " ".join(column.heading + "*" * column.required for column in table.COLUMNS)
        for name, table in tables.items()
    }
    rows = table_rows((DOCS / "mechanisms" / "command-line.md").read_text(encoding="utf-8"))
    assert {row[0]: row[1] for row in rows if row[0] in tables} == own


def worked_example():
    page = (DOCS / "mechanisms" / "journal.md").read_text(encoding="utf-8")
    return json.loads(page.partition("```json")[2].partition("```")[0])


def test_the_journal_writes_the_bytes_that_its_page_tells():
    told = worked_example()
    ids = ("unit_id", "person_id", "appointment_id")
    entry = journal.JournalEntry(
        **{name: UUID(told[name]) for name in ids},
        **{name: told[name] for name in ("number", "act", "object_type", "object_id", "previous")},
        at=datetime.fromisoformat(told["at"]),
        payload_digest=journal.hash_hex(bytes.fromhex(told["salt"]), told["body"].encode()),
    )
    assert entry.payload_digest == told["payload_digest"]
    assert journal.hash_hex(*journal.entry_bytes(entry)) == told["digest"]


def test_another_program_gets_the_same_digest_from_the_page_alone():
    told = worked_example()
    texts = (told["act"], told["object_type"], told["object_id"])
    parts = [
        b"xiaoan-journal-1",
        UUID(told["unit_id"]).bytes,
        b"1",
        b"1765933200000000",
        UUID(told["person_id"]).bytes,
        UUID(told["appointment_id"]).bytes,
        *(text.encode() for text in texts),
        bytes.fromhex(told["payload_digest"]),
        bytes.fromhex(told["previous"]),
    ]
    hashed = b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    assert (len(hashed), sha256(hashed).hexdigest()) == (258, told["digest"])

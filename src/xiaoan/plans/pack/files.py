"""A pack's files, read: every section as its owner's schema, every restated document, every fault with its line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import cast

from django.utils.translation import gettext as _
from pydantic import BaseModel

from xiaoan.foundation.packs import Section, known_sections
from xiaoan.plans.pack.faults import Fault, FaultyPack, validated
from xiaoan.plans.pack.schema import FORMAT, DocumentRow, Duties, DutyRow, PackSheet
from xiaoan.plans.pack.yaml_text import BadYamlError, YamlText, read_yaml
from xiaoan.plans.reading import PlanDocument, UnreadableDocument, read_plan_bytes

LARGEST_PACK = 20 * 1024 * 1024
"""Bytes of all files together."""
Files = Mapping[str, str]
NEEDED = ("pack.yaml", "duties.yaml")


@dataclass(frozen=True)
class PackText:
    """A pack whose files were read. `faults` are left to the caller: a pack with any does not load."""

    files: Files
    read: dict[str, YamlText] = field(default_factory=dict)
    sections: dict[str, BaseModel] = field(default_factory=dict)
    parts: dict[str, dict[str, BaseModel]] = field(default_factory=dict)
    """The files of sections that are folders, by section and by name without ending."""
    documents: dict[str, PlanDocument] = field(default_factory=dict)
    """By the document's code."""
    faults: list[Fault] = field(default_factory=list)

    @property
    def sheet(self) -> PackSheet:
        """pack.yaml."""
        return cast("PackSheet", self.sections["pack"])

    @property
    def duties(self) -> list[DutyRow]:
        """Rows of duties.yaml, in the order of the plan."""
        return cast("Duties", self.sections["duties"]).root

    @property
    def is_whole(self) -> bool:
        """Whether the two files without which there is no pack could be read."""
        return {"pack", "duties"} <= set(self.sections)

    @cached_property
    def digest(self) -> str:
        """Of all files, by name and content."""
        found = sha256()
        for path in sorted(self.files):
            for part in (path, self.files[path]):
                found.update(len(part.encode()).to_bytes(8, "big") + part.encode())
        return found.hexdigest()

    def clause_of(self, alias: str) -> tuple[DocumentRow, str] | None:
        """The document and the clause code behind a short name."""
        for document in self.sheet.documents:
            if alias in document.aliases:
                return document, document.aliases[alias]
        return None


def read_folder(folder: Path) -> dict[str, str]:
    """The texts of a pack's folder by path. Hidden files are left out. Raises `FaultyPack`."""
    if not folder.is_dir():
        raise FaultyPack([Fault(folder.name, 1, _("没有这个文件夹，请核对规则库所在的位置。"))])
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if sum(path.stat().st_size for path in paths) > LARGEST_PACK:
        raise FaultyPack([Fault(folder.name, 1, _("规则库超过 20 MB，请只保留规则文件。"))])
    texts, faults = {}, []
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            texts[name] = path.read_bytes().decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
        except UnicodeDecodeError:
            faults.append(Fault(name, 1, _("不是 UTF-8 文本，请另存为 UTF-8，或从规则库中移走。")))
    if faults:
        raise FaultyPack(faults)
    return texts


def read_pack(files: Files) -> PackText:
    """Read every file by itself; whether they fit together is `pack_checks`' question."""
    pack = PackText(files)
    if newer := _newer_format(files.get("pack.yaml", "")):
        pack.faults.append(newer)  # everything else that it says may mean something else
        return pack
    pack.faults.extend(_missing_files(files))
    for path in sorted(files):
        _read_file(pack, path)
    _gather_folders(pack)
    if "pack" in pack.sections:
        pack.faults.extend(_read_documents(pack))
    return pack


def _newer_format(text: str) -> Fault | None:
    """That a pack is written for a later release than this one."""
    try:
        read = read_yaml(text)
    except BadYamlError:
        return None
    asked = str(read.content.get("format", "")) if isinstance(read.content, dict) else ""
    numbers = re.fullmatch(r"([0-9]{1,4})\.([0-9]{1,4})", asked)
    if numbers is None or (int(numbers[1]), int(numbers[2])) <= FORMAT:
        return None
    words = _("规则库的格式是 %(asked)s，本系统只认得 %(known)s，需要升级到支持 %(asked)s 的版本后再载入。")
    known = ".".join(map(str, FORMAT))
    return Fault("pack.yaml", read.line_of(("format",)), words % {"asked": asked, "known": known})


def section_of(path: str) -> Section | None:
    """The section that a file is, or is a part of, if a module owns it."""
    name = PurePosixPath(path)
    *folder, _file = name.parts
    section = known_sections().get("/".join(folder) or name.stem)
    fits = section is not None and bool(section.part) == bool(folder) and name.suffix == ".yaml"
    return section if fits else None


def _missing_files(files: Files) -> Iterator[Fault]:
    """The files without which there is no pack."""
    for path in NEEDED:
        if path not in files:
            yield Fault(path, 1, _("规则库里没有这个文件，请补上。"))


def _read_file(pack: PackText, path: str) -> None:
    """Read a YAML file as its section; documents wait for pack.yaml."""
    section = section_of(path)
    if section is None:
        if not path.startswith("documents/"):
            pack.faults.append(Fault(path, 1, _("没有模块认得这个文件，请改正文件名，或从规则库中移走。")))
        return
    try:
        pack.read[path] = read_yaml(pack.files[path])
    except BadYamlError as bad:
        pack.faults.append(Fault(path, bad.line, bad.words))
        return
    content, faults = validated(section.part or section.schema, path, pack.read[path])
    pack.faults.extend(faults)
    if content is None:
        return
    if section.part:
        pack.parts.setdefault(section.name, {})[PurePosixPath(path).stem] = content
    else:
        pack.sections[section.name] = content


def _gather_folders(pack: PackText) -> None:
    """Make a section of the files of each folder."""
    for name, parts in pack.parts.items():
        pack.sections[name] = known_sections()[name].schema.model_validate(parts)


def _read_documents(pack: PackText) -> Iterator[Fault]:
    """Read the restated documents that pack.yaml lists; others in the folder are faults."""
    listed = {row.file: place for place, row in enumerate(pack.sheet.documents)}
    for path in pack.files:
        if path.startswith("documents/") and path not in listed:
            yield Fault(path, 1, _("pack.yaml 没有列出这份文件，请在 documents 里补上，或移走。"))
    for path, place in listed.items():
        row = pack.sheet.documents[place]
        line = pack.read["pack.yaml"].line_of(("documents", place, "file"))
        if path not in pack.files:
            yield Fault("pack.yaml", line, _("找不到文件 %(path)s，请补上。") % {"path": path})
            continue
        try:
            pack.documents[row.code] = read_plan_bytes(pack.files[path].encode(), name=path)
        except UnreadableDocument as unreadable:
            yield Fault(path, 1, str(unreadable))

"""The pack's folder `checklists/` and file `norms.yaml`: how they fit the files beside them. `acts` brings the folder."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xiaoan.foundation.packs import Misfit, Section, register_section
from xiaoan.inspections.bringing import content_of_sheet
from xiaoan.inspections.declarations import Checklists, ChecklistSheet, Norms, PointRow
from xiaoan.inspections.models import Checklist, Origin
from xiaoan.inspections.vocabulary import Vocabulary

CODE = re.compile(r"[a-z][a-z0-9_]{0,31}")


def misfits(sections: Mapping[str, Any]) -> list[Misfit]:
    """File names, orders and numbers that are wrong, and names that no other file of the pack has."""
    vocabulary = Vocabulary.of(sections)
    sheets: dict[str, ChecklistSheet] = sections["checklists"].root
    found = list(_doubled_orders(sheets))
    for code, sheet in sheets.items():
        if not CODE.fullmatch(code):
            words = _("文件名只用小写字母、数字和下划线，以字母开头，请改名。")
            found.append(Misfit(words, file=code))
        for place, row in enumerate(sheet.points):
            found += [
                Misfit(words, ("points", place, key), code)
                for key, words in _wrong_in(row, place + 1, vocabulary)
            ]
    return found


def _doubled_orders(sheets: Mapping[str, ChecklistSheet]) -> Iterator[Misfit]:
    """An order that another file has as well."""
    seen: dict[int, str] = {}
    for code, sheet in sheets.items():
        if first := seen.get(sheet.order):
            words = _("order: %(order)d 与 %(file)s.yaml 相同，请换一个。")
            yield Misfit(words % {"order": sheet.order, "file": first}, ("order",), code)
        seen.setdefault(sheet.order, code)


def _wrong_in(row: PointRow, number: int, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Keys of a point and what is wrong with them."""
    if row.number != number:
        yield "number", _("编号从 1 起连续，这里应为 %(number)d。") % {"number": number}
    for citation in row.basis:
        if vocabulary.norm(citation) is None:
            title = citation.partition(" ")[0]
            yield "basis", _("norms.yaml 里没有“%(title)s”，请改正，或在那里补上。") % {"title": title}
    if row.hazard not in vocabulary.hazards:
        yield "hazard", _("hazards.yaml 的 kinds 里没有 %(code)s，请改正。") % {"code": row.hazard}
    if row.accident and row.accident not in vocabulary.accidents:
        yield "accident", _("risks.yaml 的 accidents 里没有 %(code)s，请改正。") % {"code": row.accident}
    criterion = vocabulary.criteria.get(row.major or "")
    if row.major and criterion is None:
        yield "major", _("hazards.yaml 的 criteria 里没有 %(code)s，请改正。") % {"code": row.major}
    elif criterion and row.hazard not in criterion.kinds:
        words = _("%(code)s 不用于种类 %(kind)s，请改 hazard，或在 hazards.yaml 里补上。")
        yield "major", words % {"code": row.major, "kind": row.hazard}


def left_to_the_centre(district_id: UUID, content: Checklists) -> list[str]:
    """That adapted checklists stay as they are, where the pack's content is new."""
    rows = Checklist.objects.everything("the diff of a pack looks at every checklist of its district")
    adapted = rows.filter(district_id=district_id, in_force__origin=Origin.CENTRE).order_by("position", "id")
    words = _("检查表“%(name)s”本区已调整：发布后仍用本区的版本，由中心选择是否采用规则库的新版本")
    return [
        words % {"name": checklist.name}
        for checklist in adapted
        if (sheet := content.root.get(checklist.code))
        and content_of_sheet(sheet).digest != checklist.pack_digest
    ]


register_section(Section("norms", Norms, gettext_lazy("依据")))

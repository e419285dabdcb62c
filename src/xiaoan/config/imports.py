"""`xiaoan import units|places|people|appointments`: check a table, then apply it as one act."""

import argparse
from pathlib import Path

from django.utils.translation import gettext as _

from xiaoan.config.console import complain, say
from xiaoan.config.instance import actor_named
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import Malformed
from xiaoan.foundation.imports import check, known_imports
from xiaoan.foundation.sheets import template_workbook


def import_file(arguments: argparse.Namespace) -> int:
    """Import a file, or write the template. Exit 1 when a cell is wrong; then nothing was changed."""
    kind, apply = known_imports()[arguments.kind]
    if arguments.template:
        Path(arguments.template).write_bytes(template_workbook(kind.columns, str(kind.title)))
        return 0
    if not arguments.file:
        raise Malformed(_("请写明要导入的文件，或用 --template 先取得模板。"))
    actor = actor_named(arguments.as_user)
    file = Path(arguments.file)
    draft = check(kind, _bytes_of(file), file.name, actor)
    for error in draft.error_list():
        complain(str(error))
    if draft.is_applicable:
        apply(actor=actor, ask=Ask(), draft=draft)
    say(
        _("新增 %(added)s 变更 %(changed)s 未变 %(same)s 错误 %(wrong)s")
        % {
            "added": draft.added,
            "changed": draft.changed,
            "same": draft.unchanged,
            "wrong": draft.wrong,
        }
    )
    return 1 if draft.wrong else 0


def _bytes_of(file: Path) -> bytes:
    """The bytes of a file that is there."""
    if not file.is_file():
        raise Malformed(_("没有文件：%(file)s") % {"file": file})
    return file.read_bytes()

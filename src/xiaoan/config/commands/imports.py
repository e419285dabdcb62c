"""`xiaoan import units|places|people|appointments`: check a table, then apply it as one act."""

from pathlib import Path

from django.utils.translation import gettext as _

from xiaoan.config.commands.terminal import DONE, FAULTY, WrongCallError, actor_named, complain, say
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.imports import check, known_imports
from xiaoan.foundation.sheets import template_workbook


def import_file(
    *, kind: str, file: Path | None = None, template: Path | None = None, as_user: str | None = None
) -> int:
    """Import a file, or write the template. Exit 1 when a cell is wrong; then nothing was changed."""
    table, apply = known_imports()[kind]
    if template:
        template.write_bytes(template_workbook(table.columns, str(table.title)))
        return DONE
    if file is None:
        raise WrongCallError(_("请写明要导入的文件，或用 --template 先取得模板。"))
    actor = actor_named(as_user)
    draft = check(table, file.read_bytes(), file.name, actor)
    complain(*map(str, draft.error_list()))
    if draft.is_applicable:
        apply(actor=actor, ask=Ask(), draft=draft)
    counted = {
        "added": draft.added,
        "changed": draft.changed,
        "same": draft.unchanged,
        "wrong": draft.wrong,
    }
    say(_("新增 %(added)s 变更 %(changed)s 未变 %(same)s 错误 %(wrong)s") % counted)
    return FAULTY if draft.wrong else DONE

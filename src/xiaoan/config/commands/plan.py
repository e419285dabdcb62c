"""`xiaoan plan …`: reading a document, attaching the official text."""

import json
from pathlib import Path

from django.utils.translation import gettext as _

from xiaoan.config.commands.terminal import DONE, actor_named, say
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import NotFound
from xiaoan.plans.acts import attach_document
from xiaoan.plans.pack.sections import published_pack
from xiaoan.plans.reading import read_plan


def plan_read(*, file: Path, as_json: bool) -> int:
    """`xiaoan plan read FILE [--json]`: the document as the contract states it, or its clauses as a list."""
    read = read_plan(file)
    if as_json:
        say(json.dumps(read.as_json(), ensure_ascii=False, indent=2))
    else:
        say(*(f"{clause.code}\t{clause.label}{clause.heading}" for clause in read.walk()))
    return DONE


def plan_attach(*, number: str, file: Path, as_user: str) -> int:
    """`xiaoan plan attach NUMBER FILE --as USER`: show the official text in place of the restated one."""
    actor = actor_named(as_user)
    pack = published_pack(actor.district_id)
    if pack is None:
        raise NotFound(_("还没有发布规则库，请先发布。"))
    attach_document(actor=actor, ask=Ask(), pack=pack, number=number, data=file.read_bytes(), name=file.name)
    say(_("已附上 %(number)s 的官方文本。") % {"number": number})
    return DONE

"""`xiaoan pack …`: checking a folder, storing and publishing a version."""

from dataclasses import replace
from pathlib import Path

from django.utils.translation import gettext as _

from xiaoan.config.commands.terminal import DONE, FAULTY, WrongCallError, actor_named, complain, say
from xiaoan.foundation.actor import Actor, Ask, robot
from xiaoan.organisations.models import Unit
from xiaoan.plans.acts import load_pack, publish_pack
from xiaoan.plans.acts.packs import checked_pack, same_version
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import PackState, PackVersion
from xiaoan.plans.pack.changes import PackChanges
from xiaoan.plans.pack.checks import check_pack
from xiaoan.plans.pack.files import Files, PackText, read_folder, read_pack
from xiaoan.plans.pack.sections import changes_against, published_pack
from xiaoan.plans.reading import PlanDocument, read_plan

REASON = "the command line answers for the whole district"


def pack_check(*, folder: Path, document: Path | None = None) -> int:
    """`xiaoan pack check DIR [--document FILE]`: every fault as `file:line: words`."""
    pack = read_pack(read_folder(folder))
    faults = check_pack(pack, _official(pack, document) if document else {})
    complain(*(f"{fault}{_('（提醒）')}" if fault.is_warning else str(fault) for fault in faults))
    if any(not fault.is_warning for fault in faults):
        return FAULTY
    say(_("规则库没有错误：%(number)d 项任务。") % {"number": len(pack.duties)})
    return DONE


def _official(pack: PackText, document: Path) -> dict[str, PlanDocument]:
    """The official text under its number; a text that names none stands for the pack's only document."""
    official = read_plan(document)
    numbers = [row.number for row in pack.sheet.documents] if "pack" in pack.sections else []
    number = official.number if official.number in numbers or len(numbers) != 1 else numbers[0]
    return {number or "": official}


def pack_load(
    *, folder: Path, as_user: str | None = None, dry_run: bool = False, publish: bool = False
) -> int:
    """`xiaoan pack load DIR [--dry-run] [--publish --as USER]`: store a version, show what it changes.

    The same version again changes nothing, and says so.
    """
    actor = _loader(as_user, publish=publish)
    files = read_folder(folder)
    pack = checked_pack(files, actor.district_id)
    stored = same_version(actor.district_id, pack)
    _report(changes_against(published_pack(actor.district_id), pack), stored)
    if not dry_run:
        _store(actor, files, stored, publish=publish)
    return DONE


def _loader(as_user: str | None, *, publish: bool) -> Actor:
    """Who loads: the user named; without one the machine, for the installation's only district."""
    if as_user:
        return actor_named(as_user)
    roots = list(Unit.objects.everything(REASON).filter(parent=None).values_list("id", flat=True)[:2])
    if publish or len(roots) != 1:
        raise WrongCallError(_("请用 --as 写明由谁办理。"))
    return robot(district_id=roots[0], cause="xiaoan pack load")


def _store(actor: Actor, files: Files, stored: PackVersion | None, *, publish: bool) -> None:
    """Store the version unless it is there, and publish it where asked."""
    district = Unit.objects.everything(REASON).get(pk=actor.district_id)
    version = stored or load_pack(actor=actor, ask=Ask(), district=district, files=files)
    if publish and version.state == PackState.LOADED:
        publish_pack(actor=actor, ask=Ask(), pack=version)
        recompute(actor.district_id)
        say(_("已发布 %(pack)s。") % {"pack": version})


def _report(changes: PackChanges, stored: PackVersion | None) -> None:
    """What a version changes against the one in force."""
    if stored and stored.state != PackState.LOADED:
        changes = replace(changes, added=(), changed={}, ended=(), files=())
    say(*changes.lines())
    counted = {"added": len(changes.added), "changed": len(changes.changed), "ended": len(changes.ended)}
    say(_("任务：新增 %(added)d 变更 %(changed)d 终止 %(ended)d") % counted)
    if stored:
        say(_("这个版本已经载入过，没有变化。"))

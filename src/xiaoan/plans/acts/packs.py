"""Acts on packs and their documents; acts on cells stand in `cell_acts`."""

# ruff: noqa: ARG001 - every act takes `actor` and `ask`, used or not

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from xiaoan.foundation import clock
from xiaoan.foundation.actor import Actor, Ask
from xiaoan.foundation.acts import Outcome, act
from xiaoan.foundation.errors import Conflict, RuleBroken, WrongStep
from xiaoan.foundation.records import change_guarded
from xiaoan.organisations.models import Unit
from xiaoan.organisations.queries import hold_register
from xiaoan.plans.events import DocumentAttached, DutyConfirmed, PackPublished
from xiaoan.plans.models import Duty, PackState, PackVersion, PlanDocument
from xiaoan.plans.pack import publishing
from xiaoan.plans.pack.attaching import place_citations
from xiaoan.plans.pack.checks import check_pack
from xiaoan.plans.pack.faults import FaultyPack
from xiaoan.plans.pack.files import PackText, read_pack
from xiaoan.plans.pack.sections import published_pack
from xiaoan.plans.pack.storing import official_of, store_document, store_pack
from xiaoan.plans.permissions import (
    may_attach_document,
    may_confirm_parameter,
    may_load_pack,
    may_publish_pack,
)
from xiaoan.plans.reading import PlanDocument as ReadDocument
from xiaoan.plans.reading import read_plan_bytes

REASON = "the acts' own look at a pack"


def checked_pack(files: Mapping[str, str], district_id: object) -> PackText:
    """A pack without faults, its words found in the official texts as well. Raises `FaultyPack`."""
    pack = read_pack(files)
    officials = {}
    if "pack" in pack.sections:
        officials = _officials(district_id, [row.number for row in pack.sheet.documents])
    faults = [fault for fault in check_pack(pack, officials) if not fault.is_warning]
    if faults:
        raise FaultyPack(faults)
    return pack


def _officials(district_id: object, numbers: list[str]) -> dict[str, ReadDocument]:
    """Official texts that the bureau has attached, read again."""
    found = {number: official_of(district_id, number) for number in numbers}
    return {
        number: read_plan_bytes(text.body.encode(), name=number) for number, text in found.items() if text
    }


def same_version(district_id: object, pack: PackText) -> PackVersion | None:
    """The stored version of a pack's name and edition. Raises `Conflict` when its content is another."""
    rows = PackVersion.objects.everything(REASON)
    stored = rows.filter(district_id=district_id, name=pack.sheet.name, edition=pack.sheet.version).first()
    if stored and stored.digest != pack.digest:
        raise Conflict(
            _(
                "版本 %(edition)s 已经载入过，内容却不同。已载入的版本不再改动，请在 pack.yaml 里换一个 version。"
            )
            % {"edition": stored.edition}
        )
    return stored


@act(may=may_load_pack, robot=True)
def load_pack(*, actor: Actor, ask: Ask, district: Unit, files: Mapping[str, str]) -> Outcome[PackVersion]:
    """Check a pack and store it whole; nothing is in force before it is published.

    The same pack again is the version that is there. Raises `FaultyPack`, and `Conflict` where the same
    name and version came with other content.
    """
    pack = checked_pack(files, district.id)
    hold_register(actor)
    if stored := same_version(district.id, pack):
        return Outcome(stored)
    version = store_pack(pack, district=district, actor=actor)
    return Outcome(version, {"name": [None, version.name], "edition": [None, version.edition]})


@act(may=may_publish_pack)
def publish_pack(*, actor: Actor, ask: Ask, pack: PackVersion) -> Outcome[PackVersion]:
    """Put a loaded version in force, in place of the one before it. Versions of a district go one by one."""
    hold_register(actor)
    if pack.state != PackState.LOADED:
        raise WrongStep(_("这个版本已经发布过。"))
    previous = published_pack(pack.district_id)
    changes = change_guarded(
        pack,
        seen=ask.seen,
        state=PackState.PUBLISHED,
        published_by_id=actor.person_id,
        published_at=clock.now(),
    )
    if previous:
        change_guarded(previous, seen=None, state=PackState.SUPERSEDED)
    publishing.hand_out(pack, actor=actor, ask=ask)
    publishing.replace(previous, pack)
    happened = PackPublished(
        district_id=pack.district_id,
        unit_id=pack.unit_id,
        record_id=pack.id,
        happened_on=clock.today(),
    )
    return Outcome(pack, {"state": changes["state"]}, (happened,))


@act(may=may_attach_document)
def attach_document(  # noqa: PLR0913 - an uploaded file is its bytes and its name
    *, actor: Actor, ask: Ask, pack: PackVersion, number: str, data: bytes, name: str
) -> Outcome[PlanDocument]:
    """Show the official text in place of the restatement.

    Every citation is placed in it again. Raises `RuleBroken` naming the words that do not stand in their
    clause exactly once, and `UnreadableDocument` for a file that is no text.
    """
    restated = _restated(pack, number)
    read = read_plan_bytes(data, name=name)
    if read.number not in {None, restated.number}:
        words = _("这份文件的文号是 %(read)s，不是 %(number)s。")
        raise RuleBroken({"file": [words % {"read": read.number, "number": restated.number}]})
    document = store_document(
        read,
        district_id=pack.district_id,
        unit_id=pack.unit_id,
        created_by_id=actor.person_id,
        code=restated.code,
        number=restated.number,
        title_zh=read.title or restated.title_zh,
        title_en=restated.title_en,
        issuer=read.issuer or restated.issuer,
        official=True,
    )
    place_citations(document, read)
    attached = DocumentAttached(
        district_id=document.district_id,
        unit_id=document.unit_id,
        record_id=document.id,
        happened_on=clock.today(),
    )
    return Outcome(document, {"digest": [restated.digest, document.digest]}, (attached,))


def _restated(pack: PackVersion, number: str) -> PlanDocument:
    """The pack's restatement of a document, named by its number or its short code."""
    named = Q(number=number) | Q(code=number)
    found = PlanDocument.objects.everything(REASON).filter(named, pack=pack).first()
    if found is None:
        raise RuleBroken({"number": [_("规则库里没有文号为 %(number)s 的文件。") % {"number": number}]})
    return found


@act(may=may_confirm_parameter)
def confirm_parameter(
    *, actor: Actor, ask: Ask, pack: PackVersion, codes: Sequence[str]
) -> Outcome[PackVersion]:
    """Stand by the 参 and 推 of these duties, once; from then on their cells have a status."""
    duties = Duty.objects.everything(REASON).filter(pack=pack, must_be_confirmed=True, code__in=codes)
    unknown = set(codes) - set(duties.values_list("code", flat=True))
    if unknown or not codes:
        raise RuleBroken({"codes": [_("请选择需要确认的任务。")]})
    waiting = list(duties.filter(confirmed_at=None).values_list("code", flat=True))
    duties.filter(confirmed_at=None).update(confirmed_at=clock.now(), confirmed_by_id=actor.person_id)
    happened = DutyConfirmed(
        district_id=pack.district_id, unit_id=pack.unit_id, record_id=pack.id, happened_on=clock.today()
    )
    return Outcome(pack, {"confirmed": [None, sorted(waiting)]}, (happened,))

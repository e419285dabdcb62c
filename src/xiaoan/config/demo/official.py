"""The official text in place of the restated one (`--plan FILE`)."""

from hashlib import sha256
from pathlib import Path
from uuid import uuid5

from xiaoan.config.demo.acting import NAMESPACE
from xiaoan.foundation.actor import Ask
from xiaoan.foundation.errors import RuleBroken
from xiaoan.people.queries import actor_for, demo_cast
from xiaoan.plans.acts import attach_document
from xiaoan.plans.models import PackState, PackVersion, PlanDocument


def attach(file: Path) -> None:
    """Attach a file to the first document of the pack in force, by the legal section; the same file once only.

    Raises `RuleBroken` for a file that cannot be read, and what the act refuses.
    """
    try:
        data = file.read_bytes()
    except OSError as missing:
        raise RuleBroken({"file": [f"{file}: {missing.strerror}"]}) from missing
    actors = (actor_for(login.account.person) for login in demo_cast())
    legal = next(actor for actor in actors if any(held.role == "legal" for held in actor.postings))
    pack = PackVersion.objects.visible_to(legal).get(state=PackState.PUBLISHED)
    document = PlanDocument.objects.visible_to(legal).filter(pack=pack).order_by("code")[0]
    ask = Ask(submission_id=uuid5(NAMESPACE, f"attach {sha256(data).hexdigest()}"))
    attach_document(actor=legal, ask=ask, pack=pack, number=document.number, data=data, name=file.name)

"""A published pack for tests."""

from pathlib import Path

from xiaoan.foundation.actor import Ask
from xiaoan.organisations.models import Unit
from xiaoan.people.tests.factories import Cast
from xiaoan.plans.acts import load_pack, publish_pack
from xiaoan.plans.jobs import recompute
from xiaoan.plans.models import PackVersion
from xiaoan.plans.pack.files import read_folder

ROOT = Path(__file__).resolve().parents[4]
FIRST_PACK = next((ROOT / "packs").glob("*/pack.yaml")).parent.name


def pack_files(name: str = "yunhe-2025") -> dict[str, str]:
    """The files of a pack of the repository."""
    shelf = ROOT / "packs" if name == FIRST_PACK else ROOT / "tests" / "packs"
    return read_folder(shelf / name)


def pack_files_without(name: str) -> dict[str, str]:
    """The tiny pack without a file or a folder, and without the checklists, which speak of the others' entries."""
    return {path: text for path, text in pack_files().items() if not path.startswith((name, "checklists/"))}


def load(cast: Cast, files: dict[str, str] | None = None) -> PackVersion:
    """A version stored by the legal section of the cast."""
    district = Unit.objects.everything("a factory").get(pk=cast.bureau.pk)
    return load_pack(actor=cast.actor("bai"), ask=Ask(), district=district, files=files or pack_files())


def publish(cast: Cast, pack: str = "yunhe-2025", files: dict[str, str] | None = None) -> PackVersion:
    """A pack in force in the cast's district, its cells made and counted once."""
    version = publish_pack(actor=cast.actor("bai"), ask=Ask(), pack=load(cast, files or pack_files(pack)))
    recompute(version.district_id)
    return version

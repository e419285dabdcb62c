"""The command line `xiaoan`. Exit codes: 0 done, 1 refused or invalid (words on stderr), 2 usage."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name
LANGUAGES = {"zh": "zh-hans", "en": "en"}
IMPORTS = ("units", "places", "people", "appointments")


def parser() -> argparse.ArgumentParser:
    """The whole command line as data: `command` names the function that does it."""
    top = argparse.ArgumentParser(prog="xiaoan", description="校安: runs a school-safety action plan")
    top.add_argument("--lang", choices=LANGUAGES, default="zh", help="language of what is printed")
    commands = top.add_subparsers(dest="name", required=True, metavar="COMMAND")

    init = _command(commands, "init", "make the database, the district and its first administrator")
    init.add_argument("--district", required=True, metavar="CODE")
    init.add_argument("--name", required=True, dest="district_name")
    init.add_argument("--admin", required=True, metavar="USER")

    demo = _command(commands, "demo", "an invented district, ready to look at")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument(
        "--plan", type=Path, metavar="FILE", help="the official text, shown instead of the restated one"
    )
    demo.add_argument("--reload", action="store_true", help="serve for development")
    demo.add_argument("--prepare-only", action="store_true", help="make the data and stop")

    serve = _command(commands, "serve", "serve pages and run the worker")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)

    shell = _command(commands, "shell", "a Python shell in which `actor` is somebody")
    shell.add_argument("--as", required=True, dest="as_user", metavar="USER")

    _plan(commands)
    _pack(commands)
    _imports(commands)
    duties = _command(commands, "duties", "duties by unit and period with their status")
    duties.add_argument("--json", action="store_true", dest="as_json")
    for name in ("district", "unit", "duty", "period", "status"):
        duties.add_argument(f"--{name}", default="", metavar=name.upper())
    return top


def _command(commands: Subparsers, name: str, words: str) -> argparse.ArgumentParser:
    """One command; `--lang` may stand before or after its name."""
    found = commands.add_parser(name, help=words, description=words)
    found.add_argument("--lang", choices=LANGUAGES, default=argparse.SUPPRESS)
    return found


def _plan(commands: Subparsers) -> None:
    """`plan read` and `plan attach`."""
    plan = _command(commands, "plan", "documents of a plan").add_subparsers(dest="verb", required=True)
    read = _command(plan, "read", "read a plan document into its clauses")
    read.add_argument("file", type=Path)
    read.add_argument("--json", action="store_true", dest="as_json")
    attach = _command(plan, "attach", "bring the official text in place of the restated one")
    attach.add_argument("number", help="the document's code in the pack")
    attach.add_argument("file", type=Path)
    attach.add_argument("--as", required=True, dest="as_user", metavar="USER")


def _pack(commands: Subparsers) -> None:
    """`pack check` and `pack load`."""
    pack = _command(commands, "pack", "policy packs").add_subparsers(dest="verb", required=True)
    check = _command(pack, "check", "validate a pack, and its key words against the official text")
    check.add_argument("folder", type=Path)
    check.add_argument("--document", type=Path, metavar="FILE")
    load = _command(pack, "load", "load a pack, show what it changes, publish it")
    load.add_argument("folder", type=Path)
    load.add_argument("--dry-run", action="store_true")
    load.add_argument("--publish", action="store_true")
    load.add_argument("--as", dest="as_user", metavar="USER")


def _imports(commands: Subparsers) -> None:
    """`import units|places|people|appointments`."""
    imports = _command(commands, "import", "master data from Excel")
    imports.add_argument("kind", choices=IMPORTS)
    imports.add_argument("file", type=Path, nargs="?")
    imports.add_argument(
        "--template", type=Path, metavar="FILE", help="write an empty workbook with the headings"
    )
    imports.add_argument("--as", dest="as_user", metavar="USER")


COMMANDS = {
    "init": "xiaoan.config.commands.instance:init",
    "demo": "xiaoan.config.demo:demo",
    "serve": "xiaoan.config.serving:serve",
    "shell": "xiaoan.config.commands.instance:shell",
    "plan read": "xiaoan.config.commands.plan:plan_read",
    "plan attach": "xiaoan.config.commands.plan:plan_attach",
    "pack check": "xiaoan.config.commands.packs:pack_check",
    "pack load": "xiaoan.config.commands.packs:pack_load",
    "import": "xiaoan.config.commands.imports:import_file",
    "duties": "xiaoan.config.commands.duties:duties",
}
"""Where each command is; its options are the function's keyword arguments."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. What it refuses is said on stderr, without a traceback."""
    options = vars(parser().parse_args(argv))
    name = " ".join(filter(None, [options.pop("name"), options.pop("verb", None)]))
    if name == "demo":  # before settings are read: the demo is an instance of its own
        import_module("xiaoan.config.demo_environment").enter()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiaoan.config.settings")
    import django  # import: settings must be known first
    from django.utils import translation  # import: settings must be known first

    django.setup()
    with translation.override(LANGUAGES[options.pop("lang")]):
        return run(name, options)


def run(name: str, options: dict[str, Any]) -> int:
    """Call a command with its options; its refusal becomes an exit code and words on stderr."""
    from xiaoan.config.commands import terminal  # import: settings must be known first
    from xiaoan.foundation.errors import Refused  # import: settings must be known first

    module, function = COMMANDS[name].split(":")
    command: Callable[..., int] = getattr(import_module(module), function)
    try:
        return command(**options)
    except Refused as refused:
        terminal.complain(str(refused))
        return terminal.FAULTY
    except terminal.WrongCallError as wrong:
        terminal.complain(str(wrong))
    except (FileNotFoundError, IsADirectoryError, PermissionError) as missing:
        terminal.complain(terminal.cannot_open(missing.filename))
    return terminal.WRONG_CALL


if __name__ == "__main__":
    sys.exit(main())

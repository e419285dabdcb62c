"""`xiaoan plan`, `pack` and `duties`: arguments of the command line handed to the commands of `plans`."""

import argparse
from pathlib import Path

from xiaoan.plans import commands


def plan_read(arguments: argparse.Namespace) -> int:
    """`xiaoan plan read FILE [--json]`."""
    return commands.plan_read(Path(arguments.file), as_json=arguments.json)


def plan_attach(arguments: argparse.Namespace) -> int:
    """`xiaoan plan attach NUMBER FILE --as USER`."""
    return commands.plan_attach(arguments.number, Path(arguments.file), as_user=arguments.as_user)


def pack_check(arguments: argparse.Namespace) -> int:
    """`xiaoan pack check DIR [--document FILE]`."""
    document = Path(arguments.document) if arguments.document else None
    return commands.pack_check(Path(arguments.folder), document=document)


def pack_load(arguments: argparse.Namespace) -> int:
    """`xiaoan pack load DIR [--dry-run] [--publish] [--as USER]`."""
    return commands.pack_load(
        Path(arguments.folder),
        as_user=arguments.as_user,
        dry_run=arguments.dry_run,
        publish=arguments.publish,
    )


def duties(arguments: argparse.Namespace) -> int:
    """`xiaoan duties [--json] [--district CODE] [--unit CODE] [--duty CODE] [--period P] [--status S]`."""
    return commands.duties(
        as_json=arguments.json,
        lang=arguments.lang,
        district=arguments.district,
        period=arguments.period,
        unit=arguments.unit,
        duty=arguments.duty,
        status=arguments.status,
    )

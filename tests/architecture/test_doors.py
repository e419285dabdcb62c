"""Two doors to a table: `visible_to(actor)` for people, `everything(reason)` for the machine's rooms."""

import ast

from tests.architecture.source import here, module_of, python_files, room_of, tree

MACHINE_ROOMS = {"indicators", "jobs", "reactions", "pack", "migrations", "commands", "cells"}
WRITING_ROOMS = {"acts", "imports"}
"""Behind a rule that has been asked: an act writes the rows that it was granted (docs/decisions)."""
UNSCOPED_WITH_A_REASON = {
    "people/queries.py": "an actor is made of its own appointments; responsibility is asked for any day",
    "organisations/queries.py": "the district's tree and calendar as rules and cells read them",
}
WRITERS = {"create", "bulk_create", "bulk_update"}
TABLES_WITHOUT_SCOPE = {
    "foundation": "the primitives' own tables stand below scope",
}


def manager_uses():
    """(file, line, method) of every `Model.objects.method`."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Attribute) and getattr(node.value, "attr", None) == "objects":
                yield path, node.lineno, node.attr


def is_excused(path, method):
    place = "/".join(path.parts[-2:])
    return method == "everything" and (
        room_of(path) in MACHINE_ROOMS | WRITING_ROOMS or place in UNSCOPED_WITH_A_REASON
    )


def test_tables_are_entered_by_a_door():
    wrong = [
        f"{here(path, line)} .objects.{method}"
        for path, line, method in manager_uses()
        if module_of(path) not in TABLES_WITHOUT_SCOPE
        and method not in WRITERS | {"visible_to"}
        and not is_excused(path, method)
    ]
    assert wrong == []


def test_nothing_but_the_clock_reads_the_clock():
    readers = {"now", "today", "utcnow"}
    wrong = [
        here(path, node.lineno)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in readers
        and getattr(node.value, "id", "") in {"datetime", "date", "timezone"}
        and path.name != "clock.py"
    ]
    assert wrong == []

"""Rooms: a module offers its public rooms to those above, and imports run downward inside it."""

import ast

from tests.architecture.source import PACKAGE, here, imports, module_of, python_files, room_of, tree

PUBLIC = {"models", "queries", "acts", "events", "lifecycle", "permissions"}
SHELLS = {"foundation", "config"}
ORDER = [
    ["apps"],
    ["urls"],
    ["views"],
    ["forms"],
    ["reactions", "jobs", "commands"],
    ["acts"],
    ["queries", "indicators", "events", "pack"],
    ["lifecycle"],
    ["permissions"],
    ["models"],
]
FLOOR = {room: level for level, rooms in enumerate(ORDER) for room in rooms}


def inner_imports():
    """(file, line, module, room) of imports of the product by the product, foundation and config left out."""
    for path in python_files():
        for name, line in imports(path):
            parts = name.split(".")
            if parts[0] == "xiaoan" and len(parts) > 2 and parts[1] not in SHELLS:
                yield path, line, parts[1], parts[2]


def test_only_public_rooms_are_entered_from_above():
    wrong = [
        here(path, line)
        for path, line, module, room in inner_imports()
        if module != module_of(path) and module_of(path) != "config" and room not in PUBLIC
    ]
    assert wrong == []


def test_inside_a_module_imports_run_downward():
    wrong = [
        here(path, line)
        for path, line, module, room in inner_imports()
        if module == module_of(path)
        and room_of(path) in FLOOR
        and room in FLOOR
        and room != room_of(path)
        and FLOOR[room] < FLOOR[room_of(path)]
    ]
    assert wrong == []


def test_only_the_record_points_upward_by_name():
    """A relation given as a string counts as an import: only `Record` may use it upward."""
    column = [path.name for path in PACKAGE.iterdir() if path.is_dir()]
    wrong = []
    for path in python_files():
        for node in ast.walk(tree(path)):
            if not (isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith(("Key", "Field"))):
                continue
            target = node.args[0].value if node.args and isinstance(node.args[0], ast.Constant) else ""
            module = str(target).split(".")[0]
            if "." in str(target) and module in column and module_of(path) == "foundation":
                wrong.append((path.name, target))
    assert set(wrong) == {("records.py", "organisations.Unit"), ("records.py", "people.Person")}


def test_functions_import_only_for_a_reason():
    """An import inside a function says why on its line: `# import: <reason>`."""
    wrong = []
    for path in python_files():
        text = path.read_text(encoding="utf-8").splitlines()
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                wrong += [
                    here(path, node.lineno)
                    for node in ast.walk(function)
                    if isinstance(node, ast.Import | ast.ImportFrom)
                    and "# import:" not in text[node.lineno - 1]
                ]
    assert wrong == []

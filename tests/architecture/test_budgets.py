"""Budgets of size. When a file grows past its budget, find the missing noun."""

import ast

from tests.architecture.source import PACKAGE, ROOT, here, python_files, tree

FILE, TEST_FILE, FUNCTION, SHORT, TEMPLATE = 400, 600, 40, 20, 200
LARGER_WITH_A_REASON: dict[str, str] = {}


def lines(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def functions():
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield here(path, node.lineno), node.end_lineno - node.lineno + 1


def test_files_stay_within_their_budget():
    source = [path for path in python_files() if lines(path) > FILE]
    tests = [path for path in python_files(tests=True) if lines(path) > TEST_FILE]
    templates = [path for path in PACKAGE.rglob("*.html") if lines(path) > TEMPLATE]
    over = {str(path.relative_to(ROOT)) for path in (*source, *tests, *templates)}
    assert over == set(LARGER_WITH_A_REASON)


def test_no_function_is_longer_than_forty_lines():
    assert [place for place, length in functions() if length > FUNCTION] == []


def test_nine_of_ten_functions_have_at_most_twenty_lines():
    lengths = [length for _place, length in functions()]
    assert sum(length <= SHORT for length in lengths) / len(lengths) >= 0.9

"""Words of the interface, as the sources write them and the catalogues translate them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.source import PACKAGE, python_files, tree

CJK = re.compile(r"[\u3400-\u9fff]")
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
IN_TEMPLATE = re.compile(
    r"""\b(?:_|n?gettext)\((?P<first>u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))(?:, ?(?P<second>u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")))?"""
)


def python_words() -> Iterator[tuple[str, str]]:
    """(word, place) of every call of a translator in Python."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", getattr(node.func, "attr", "")) in CALLS
            ):
                for each in node.args[:2]:
                    if isinstance(each, ast.Constant) and isinstance(each.value, str):
                        yield each.value, f"{path.relative_to(PACKAGE)}:{node.lineno}"


def template_words() -> Iterator[tuple[str, str]]:
    """(word, place) of every translated word in a template."""
    for path in sorted(PACKAGE.rglob("templates/**/*.html")):
        for found in IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"))):
            for word in (found["first"], found["second"]):
                if word:
                    yield ast.literal_eval(word), str(path.relative_to(PACKAGE))


def used_words() -> dict[str, str]:
    """Every word that a source hands to a translator, with a place where it does."""
    return dict([*python_words(), *template_words()])


def catalogues() -> list[Path]:
    """The English catalogues of the modules."""
    return sorted(PACKAGE.rglob("locale/en/LC_MESSAGES/django.po"))


def english() -> dict[str, str]:
    """What the catalogues say for each word; empty where one of its forms is missing or doubtful."""
    found: dict[str, str] = {}
    for path in catalogues():
        with path.open("rb") as file:
            messages = list(read_po(file))
        for message in messages:
            word = message.id if isinstance(message.id, str) else message.id[0]
            forms = [message.string] if isinstance(message.string, str) else list(message.string)
            if word:
                found[word] = found.get(word) or (forms[-1] if all(forms) and not message.fuzzy else "")
    return found

"""English catalogues: the modules' catalogues are one at run time, so one message has one translation."""

from collections import defaultdict

from babel.messages.pofile import read_po

from tests.architecture.source import PACKAGE


def translations():
    """(context, message) -> its translations, by module."""
    found = defaultdict(dict)
    for path in PACKAGE.rglob("en/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    found[message.context, str(message.id)][str(path.relative_to(PACKAGE))] = message.string
    return found


def test_a_message_is_translated_alike_everywhere():
    differing = {
        key: by for key, by in translations().items() if len({str(each) for each in by.values()}) > 1
    }
    assert differing == {}


def test_no_translation_is_empty_or_fuzzy():
    empty = [
        key for key, by in translations().items() for words in by.values() if not words or "" in [*words]
    ]
    assert empty == []

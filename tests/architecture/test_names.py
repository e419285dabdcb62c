"""Names: short enough for every database, and no place of the first district in the source."""

from django.apps import apps
from django.db import connection

from tests.architecture.source import PACKAGE, ROOT

OURS = {config.label for config in apps.get_app_configs() if config.name.startswith("xiaoan")}
LONGEST = 30


def our_models():
    return [model for model in apps.get_models() if model._meta.app_label in OURS]


def test_tables_columns_indexes_and_constraints_have_short_names():
    names = set()
    for model in our_models():
        meta = model._meta
        names |= {meta.db_table, *(field.column for field in meta.local_fields)}
        names |= {each.name for each in (*meta.indexes, *meta.constraints)}
    assert [name for name in names if len(name) > LONGEST] == []


def test_every_table_is_named_by_its_module(db):
    prefixes = {model._meta.db_table.split("_")[0] for model in our_models()}
    assert len(prefixes) == len({model._meta.app_label for model in our_models()})
    assert connection.introspection.table_names()


def test_no_place_of_the_first_district_stands_in_the_source():
    words = ("青浦", "qingpu", "青教")
    texts = [
        path for path in PACKAGE.rglob("*") if path.suffix in {".py", ".html", ".po", ".csv", ".js", ".css"}
    ]
    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if "static" not in path.parts
        and any(word in path.read_text(encoding="utf-8").lower() for word in words)
    ]
    assert found == []

from django.db import migrations

from xiaoan.foundation.guards import guard_journal, unguard_journal


def up(apps, schema_editor):
    guard_journal(schema_editor.connection)


def down(apps, schema_editor):
    unguard_journal(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]
    operations = [migrations.RunPython(up, down)]

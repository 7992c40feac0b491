from django.db import migrations, models

from foundation.migration_rows import write_again
from foundation.rules.text import search_key


def _search_key(row):
    row.search_key = search_key(f"{row.last_name} {row.first_name}")[:250]


def fill_keys(apps, schema_editor):
    """Under which key those are found who were written down before there was one."""
    rows = apps.get_model("accounts", "User")._base_manager.filter(search_key="")
    write_again(rows.only("pk", "last_name", "first_name"), ["search_key"], _search_key)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0010_single_key_shortcuts'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='search_key',
            field=models.CharField(default='', editable=False, max_length=250),
        ),
        # Last: PostgreSQL changes no table of which rows were just written.
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]

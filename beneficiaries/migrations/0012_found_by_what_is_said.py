import django.db.models.functions.text
from django.db import migrations, models

from foundation.migration_rows import write_again
from foundation.rules.text import search_key


def _search_key(row):
    row.search_key = search_key(row.name)[:200]


def fill_keys(apps, schema_editor):
    """Under which key those are found who were written down before there was one."""
    rows = apps.get_model("beneficiaries", "Partner")._base_manager.filter(search_key="")
    write_again(rows.only("pk", "name"), ["search_key"], _search_key)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_found_by_name'),
        ('beneficiaries', '0011_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='partner',
            name='search_key',
            field=models.CharField(default='', editable=False, max_length=200),
        ),
        migrations.AddIndex(
            model_name='beneficiary',
            index=models.Index(fields=['organisation', 'birth_date'], name='beneficiary_by_birth'),
        ),
        migrations.AddIndex(
            model_name='beneficiary',
            index=models.Index(fields=['organisation', 'phone'], name='beneficiary_by_phone'),
        ),
        migrations.AddIndex(
            model_name='beneficiary',
            index=models.Index(models.F('organisation'), django.db.models.functions.text.Upper('email'), name='beneficiary_by_email'),
        ),
        # Last: PostgreSQL changes no table of which rows were just written.
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]

from django.db import migrations, models

from foundation.migration_rows import write_again
from foundation.rules.text import search_key


def _search_key(row):
    row.search_key = search_key(row.name)[:250]


def fill_keys(apps, schema_editor):
    """Under which key those are found who were written down before there was one."""
    rows = apps.get_model("employers", "CompanyContact")._base_manager.filter(search_key="")
    write_again(rows.only("pk", "name"), ["search_key"], _search_key)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0011_found_by_name'),
        ('employers', '0007_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='companycontact',
            name='search_key',
            field=models.CharField(default='', editable=False, max_length=250),
        ),
        migrations.AddIndex(
            model_name='company',
            index=models.Index(fields=['organisation', 'phone'], name='company_by_phone'),
        ),
        migrations.AddIndex(
            model_name='companycontact',
            index=models.Index(fields=['phone'], name='company_person_by_phone'),
        ),
        # Last: PostgreSQL changes no table of which rows were just written.
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
    ]

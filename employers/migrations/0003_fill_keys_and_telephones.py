from django.db import migrations

from employers.rules.names import firm_key
from foundation.migration_rows import rewrite_telephones, write_again


def _name_key(company):
    company.name_key = firm_key(company.name)[:250]


def fill_keys(apps, schema_editor):
    """Under which two names are one firm, of firms that were written down before there was such a key."""
    company = apps.get_model("employers", "Company")
    write_again(company.objects.filter(name_key="").only("pk", "name"), ["name_key"], _name_key)


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_telephones_and_names")]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        rewrite_telephones("employers", ("Company", "CompanyContact")),
    ]

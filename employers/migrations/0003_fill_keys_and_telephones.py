from django.db import migrations

from employers.rules.names import firm_key

BATCH = 1000


def fill_keys(apps, schema_editor):
    """Under which two names are one firm, of firms that were written down before there was such a key."""
    company = apps.get_model("employers", "Company")
    batch = []
    for row in company.objects.filter(name_key="").only("pk", "name").iterator(BATCH):
        row.name_key = firm_key(row.name)[:250]
        batch.append(row)
    company.objects.bulk_update(batch, ["name_key"], batch_size=BATCH)


def rewrite_telephones(apps, schema_editor):
    """The field itself puts a number in its one form."""
    for name in ("Company", "CompanyContact"):
        model = apps.get_model("employers", name)
        batch = list(model.objects.exclude(phone="").only("pk", "phone"))
        model.objects.bulk_update(batch, ["phone"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_telephones_and_names")]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(rewrite_telephones, migrations.RunPython.noop),
    ]

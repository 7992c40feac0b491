from django.db import migrations

from beneficiaries.rules.names import known_as

BATCH = 1000


def fill_keys(apps, schema_editor):
    """By which keys people are found, who were written down before there were any."""
    person = apps.get_model("beneficiaries", "Beneficiary")
    rows = person.objects.filter(known_as="").only("pk", "first_name", "last_name", "other_names")
    batch = []
    for row in rows.iterator(BATCH):
        row.known_as = known_as(row.first_name, row.last_name, row.other_names)
        batch.append(row)
        if len(batch) == BATCH:
            person.objects.bulk_update(batch, ["known_as"])
            batch = []
    person.objects.bulk_update(batch, ["known_as"])


def rewrite_telephones(apps, schema_editor):
    """The field itself puts a number in its one form."""
    for name in ("Beneficiary", "Partner"):
        model = apps.get_model("beneficiaries", name)
        batch = list(model.objects.exclude(phone="").only("pk", "phone"))
        model.objects.bulk_update(batch, ["phone"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0006_telephones_and_names")]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RunPython(rewrite_telephones, migrations.RunPython.noop),
    ]

from django.db import migrations

BATCH = 1000


def rewrite_telephones(apps, schema_editor):
    """The field itself puts a number in its one form."""
    for name in ("Organisation",):
        model = apps.get_model("accounts", name)
        batch = list(model.objects.exclude(phone="").only("pk", "phone"))
        model.objects.bulk_update(batch, ["phone"], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_telephones_and_names")]

    operations = [migrations.RunPython(rewrite_telephones, migrations.RunPython.noop)]

from django.db import migrations

from beneficiaries.rules.names import known_as
from foundation.migration_rows import rewrite_telephones, write_again


def _known_as(person):
    person.known_as = known_as(person.first_name, person.last_name, person.other_names)


def fill_keys(apps, schema_editor):
    """By which keys people are found, who were written down before there were any."""
    person = apps.get_model("beneficiaries", "Beneficiary")
    rows = person.objects.filter(known_as="").only("pk", "first_name", "last_name", "other_names")
    write_again(rows, ["known_as"], _known_as)


class Migration(migrations.Migration):
    dependencies = [("beneficiaries", "0006_telephones_and_names")]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        rewrite_telephones("beneficiaries", ("Beneficiary", "Partner")),
    ]

from django.db import migrations

from foundation.migration_rows import rewrite_telephones


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_telephones_and_names")]

    operations = [rewrite_telephones("accounts", ("Organisation",))]

import json
import uuid

from django.db import migrations, models

from foundation.migration_rows import write_again


def _form_of(draft):
    """The form that what was typed belongs to; a draft of before may not say."""
    try:
        draft.submission_id = uuid.UUID(json.loads(draft.content)["submission_id"])
    except (KeyError, ValueError):
        draft.submission_id = uuid.uuid4()


def tell_forms(apps, schema_editor):
    write_again(apps.get_model("followup", "ContactDraft").objects.all(), ["submission_id"], _form_of)


class Migration(migrations.Migration):
    dependencies = [("followup", "0006_who_wrote_it_down")]

    operations = [
        migrations.AddField("contactdraft", "page", models.CharField(blank=True, max_length=36), preserve_default=True),
        migrations.AddField("contactdraft", "submission_id", models.UUIDField(null=True)),
        migrations.RunPython(tell_forms, migrations.RunPython.noop),
    ]

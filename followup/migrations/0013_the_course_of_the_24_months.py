from django.db import migrations, models


def nothing_began(apps, schema_editor):
    """Before pre-hire there is no course to compute; the others are computed once the upgrade is done
    (`followup.apps`).
    """
    status = apps.get_model("followup", "CaseStatus")._base_manager
    status.filter(prehire_started_on__isnull=True).update(prehire_course={})


class Migration(migrations.Migration):
    dependencies = [("followup", "0012_words")]

    operations = [
        migrations.AddField(
            model_name="casestatus",
            name="prehire_course",
            field=models.JSONField(null=True),
        ),
        migrations.RunPython(nothing_began, migrations.RunPython.noop),
    ]

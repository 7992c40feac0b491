from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0007_a_draft_by_form")]

    operations = [
        migrations.AlterField("contactdraft", "submission_id", models.UUIDField()),
        migrations.RemoveConstraint("contactdraft", "draft_one_per_author_and_case"),
        migrations.AlterModelOptions(
            "contactdraft", {"verbose_name": "brouillon de contact", "ordering": ["-updated_at"]}
        ),
        migrations.AddConstraint(
            "contactdraft", models.UniqueConstraint(fields=["author", "submission_id"], name="draft_one_per_form")
        ),
    ]

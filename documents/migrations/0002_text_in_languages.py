"""A text has a language; what was written before is French.

SQLite makes the table anew for a column more, without its triggers: what keeps a text as it was written (`reporting`,
0006) is put back last.
"""

from django.db import migrations, models

from foundation.migration_sql import sql_by_database

TABLE = "reporting_documenttemplate"
KEPT = [
    f"""
    CREATE TRIGGER {TABLE}_kept BEFORE UPDATE ON {TABLE}
    BEGIN SELECT RAISE(ABORT, 'A document that was made never changes.'); END
    """
]
OFF = [f"DROP TRIGGER {TABLE}_kept"]
ONCE = "Une autre version vient d’être enregistrée. Rechargez la page."


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_from_reporting"),
    ]

    operations = [
        sql_by_database({"sqlite": OFF}, {"sqlite": KEPT}),
        migrations.AlterModelOptions(
            name="documenttemplate",
            options={
                "ordering": ["organisation", "kind", "language", "-version"],
                "verbose_name": "texte de document",
                "verbose_name_plural": "textes de documents",
            },
        ),
        migrations.RemoveConstraint(model_name="documenttemplate", name="document_template_version_once"),
        migrations.AddField(
            model_name="documenttemplate",
            name="language",
            field=models.CharField(
                choices=[("fr-be", "français"), ("nl-be", "néerlandais"), ("de-be", "allemand")],
                default="fr-be",
                max_length=10,
                verbose_name="langue",
            ),
        ),
        migrations.AddConstraint(
            model_name="documenttemplate",
            constraint=models.UniqueConstraint(
                fields=("organisation", "kind", "language", "version"),
                name="document_template_version_once",
                violation_error_message=ONCE,
            ),
        ),
        sql_by_database({"sqlite": KEPT}, {"sqlite": OFF}),
    ]

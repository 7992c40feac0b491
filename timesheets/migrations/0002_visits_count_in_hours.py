"""Sheets count visits to firms; what was signed before held none, and is not told to lack any.

SQLite makes the table anew for a column more, without its triggers: what keeps signed hours as they were signed
(`reporting`, 0008) is taken off first and put back last, on both databases, and keeps the new column too.
"""

from django.db import migrations, models

from foundation.migration_sql import sql_by_database

TABLE = "reporting_sheetsignature"
SIGNED = ("organisation_id", "sheet_id", "signed_name", "signed_on", "signed_at", "lines", "fingerprint")
REFUSAL = "What was signed never changes."


def triggers(columns):
    """The statements that have each database refuse another value in these columns of a signature."""
    return {
        "postgresql": [
            f"""
            CREATE TRIGGER ancrage_signed_hours BEFORE UPDATE ON {TABLE}
            FOR EACH ROW WHEN ({" OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in columns)})
            EXECUTE FUNCTION ancrage_signed_hours_are_frozen()
            """
        ],
        "sqlite": [
            f"""
            CREATE TRIGGER ancrage_signed_hours BEFORE UPDATE ON {TABLE}
            WHEN {" OR ".join(f"OLD.{one} IS NOT NEW.{one}" for one in columns)}
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
            """
        ],
    }


OFF = {
    "postgresql": [f"DROP TRIGGER ancrage_signed_hours ON {TABLE}"],
    "sqlite": ["DROP TRIGGER ancrage_signed_hours"],
}


class Migration(migrations.Migration):
    dependencies = [
        ("timesheets", "0001_from_reporting"),
    ]

    operations = [
        sql_by_database(OFF, triggers(SIGNED)),
        migrations.AddField(
            model_name="sheetsignature",
            name="with_visits",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="visites aux entreprises comprises"
            ),
        ),
        migrations.AlterField(
            model_name="sheetsignature",
            name="with_visits",
            field=models.BooleanField(default=True, editable=False, verbose_name="visites aux entreprises comprises"),
        ),
        migrations.AlterField(
            model_name="timeentry",
            name="activity",
            field=models.CharField(
                choices=[
                    ("PREPARATION", "préparation et suites"),
                    ("PROSPECTION", "prospection, hors visites et appels consignés"),
                    ("MEETING", "réunion d’équipe ou de réseau"),
                    ("ADMIN", "travail administratif"),
                    ("TRAINING", "formation suivie"),
                    ("TRAVEL", "déplacement"),
                    ("OTHER", "autre"),
                ],
                max_length=12,
                verbose_name="activité",
            ),
        ),
        sql_by_database(triggers((*SIGNED, "with_visits")), OFF),
    ]

"""What a coach signed never changes: not a line, not the name, not the day, whoever writes.

A countersignature and a reopening are written beside it. PostgreSQL refuses deletions too; on SQLite, the embedded
database of trials, emptying the database must remain possible.
"""

from django.db import migrations

from foundation.migration_sql import sql_by_database

TABLE = "reporting_sheetsignature"
SIGNED = ("organisation_id", "sheet_id", "signed_name", "signed_on", "signed_at", "lines", "fingerprint")

POSTGRESQL = [
    """
    CREATE FUNCTION ancrage_signed_hours_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'What was signed never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    f"""
    CREATE TRIGGER ancrage_signed_hours BEFORE UPDATE ON {TABLE}
    FOR EACH ROW WHEN ({" OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in SIGNED)})
    EXECUTE FUNCTION ancrage_signed_hours_are_frozen()
    """,
    f"""
    CREATE TRIGGER ancrage_signed_hours_stay BEFORE DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION ancrage_signed_hours_are_frozen()
    """,
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER ancrage_signed_hours_stay ON {TABLE}",
    f"DROP TRIGGER ancrage_signed_hours ON {TABLE}",
    "DROP FUNCTION ancrage_signed_hours_are_frozen()",
]
SQLITE = [
    f"""
    CREATE TRIGGER ancrage_signed_hours BEFORE UPDATE ON {TABLE}
    WHEN {" OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in SIGNED)}
    BEGIN SELECT RAISE(ABORT, 'What was signed never changes.'); END
    """
]
SQLITE_BACK = ["DROP TRIGGER ancrage_signed_hours"]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_esf_export_without_layout")]

    operations = [
        sql_by_database(
            {"postgresql": POSTGRESQL, "sqlite": SQLITE}, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}
        )
    ]

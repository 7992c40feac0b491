"""What was sent never changes: not its figures, not its files, not the words about it, whoever writes.

PostgreSQL refuses changes and deletions. SQLite, the embedded database of trials, refuses changes only: it has no
TRUNCATE, and emptying a trial database must remain possible.
"""

from django.db import migrations

from foundation.migration_sql import sql_by_database

SENT = "EXISTS (SELECT 1 FROM reporting_reportrun WHERE id = {row}.run_id AND submitted_at IS NOT NULL)"
PARTS = ("reporting_runfigures", "reporting_reportfile")

POSTGRESQL = [
    """
    CREATE FUNCTION ancrage_sent_report_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'A report that was sent never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER ancrage_sent_run BEFORE UPDATE OR DELETE ON reporting_reportrun
    FOR EACH ROW WHEN (OLD.submitted_at IS NOT NULL) EXECUTE FUNCTION ancrage_sent_report_is_frozen()
    """,
    f"""
    CREATE FUNCTION ancrage_part_of_sent_report_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP <> 'INSERT' THEN
            IF {SENT.format(row="OLD")} THEN
                RAISE EXCEPTION 'A report that was sent never changes.' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        IF {SENT.format(row="NEW")} THEN
            RAISE EXCEPTION 'A report that was sent never changes.' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END
    $$
    """,
    *(
        f"""
        CREATE TRIGGER ancrage_part_of_sent BEFORE INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION ancrage_part_of_sent_report_is_frozen()
        """
        for table in PARTS
    ),
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER ancrage_part_of_sent ON {table}" for table in PARTS),
    "DROP TRIGGER ancrage_sent_run ON reporting_reportrun",
    "DROP FUNCTION ancrage_part_of_sent_report_is_frozen()",
    "DROP FUNCTION ancrage_sent_report_is_frozen()",
]
SQLITE = [
    """
    CREATE TRIGGER ancrage_sent_run BEFORE UPDATE ON reporting_reportrun WHEN OLD.submitted_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'A report that was sent never changes.'); END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_{verb.lower()}_sent BEFORE {verb} ON {table} WHEN {SENT.format(row=row)}
        BEGIN SELECT RAISE(ABORT, 'A report that was sent never changes.'); END
        """
        for table in PARTS
        for verb, row in (("UPDATE", "OLD"), ("INSERT", "NEW"))
    ),
]
SQLITE_BACK = [
    "DROP TRIGGER ancrage_sent_run",
    *(f"DROP TRIGGER {table}_{verb}_sent" for table in PARTS for verb in ("update", "insert")),
]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_runs")]

    operations = [
        sql_by_database(
            {"postgresql": POSTGRESQL, "sqlite": SQLITE}, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}
        )
    ]

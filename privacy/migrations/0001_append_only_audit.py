"""The audit trail can only grow: nobody rewrites who did what, not even a script with the application's rights.

PostgreSQL refuses changes and deletions. SQLite, the embedded database of trials, refuses changes only: it has no
TRUNCATE, and emptying a trial database must remain possible.
"""

from django.db import migrations

from foundation.migration_sql import sql_by_database

POSTGRESQL = [
    """
    CREATE FUNCTION ancrage_audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'The audit trail is append-only.' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER ancrage_audit_append_only BEFORE UPDATE OR DELETE ON auditlog_logentry
    FOR EACH ROW EXECUTE FUNCTION ancrage_audit_is_append_only()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER ancrage_audit_append_only ON auditlog_logentry",
    "DROP FUNCTION ancrage_audit_is_append_only()",
]
SQLITE = [
    """
    CREATE TRIGGER ancrage_audit_append_only BEFORE UPDATE ON auditlog_logentry
    BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END
    """
]
SQLITE_BACK = ["DROP TRIGGER ancrage_audit_append_only"]


class Migration(migrations.Migration):
    dependencies = [("auditlog", "0017_add_actor_email")]

    operations = [
        sql_by_database(
            {"postgresql": POSTGRESQL, "sqlite": SQLITE}, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}
        )
    ]

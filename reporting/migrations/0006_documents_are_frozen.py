"""A document that was made, and a version of its text, never change, whoever writes."""

from django.db import migrations

from foundation.migration_sql import sql_by_database

KEPT = ("reporting_produceddocument", "reporting_documenttemplate")

POSTGRESQL = [
    """
    CREATE FUNCTION ancrage_document_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'A document that was made never changes.' USING ERRCODE = 'integrity_constraint_violation';
    END
    $$
    """,
    *(
        f"""
        CREATE TRIGGER ancrage_document_kept BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION ancrage_document_is_frozen()
        """
        for table in KEPT
    ),
]
POSTGRESQL_BACK = [
    *(f"DROP TRIGGER ancrage_document_kept ON {table}" for table in KEPT),
    "DROP FUNCTION ancrage_document_is_frozen()",
]
SQLITE = [
    f"""
    CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}
    BEGIN SELECT RAISE(ABORT, 'A document that was made never changes.'); END
    """
    for table in KEPT
]
SQLITE_BACK = [f"DROP TRIGGER {table}_kept" for table in KEPT]


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_documents")]

    operations = [
        sql_by_database(
            {"postgresql": POSTGRESQL, "sqlite": SQLITE}, {"postgresql": POSTGRESQL_BACK, "sqlite": SQLITE_BACK}
        )
    ]

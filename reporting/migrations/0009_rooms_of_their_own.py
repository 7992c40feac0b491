"""Documents, ESF+ records and time sheets have rooms of their own; their tables stay where they are."""

from django.db import migrations

MOVED = (
    "ProducedDocument",
    "DocumentTemplate",
    "Letterhead",
    "EsfFileColumn",
    "EsfFileExport",
    "EsfFileLayout",
    "EsfRefusal",
    "EsfResult",
    "EsfParticipation",
    "SheetSignature",
    "TimeEntry",
    "TimeSheet",
)


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0008_signed_hours_are_frozen"),
        ("documents", "0001_from_reporting"),
        ("esf", "0001_from_reporting"),
        ("timesheets", "0001_from_reporting"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name=name) for name in MOVED]),
    ]

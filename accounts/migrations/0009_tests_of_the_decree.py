"""The tests that the decree of 2023 brought are no more than an assumption on the days before 2024.

A row that an installation received is cut in two on the first day of the decree, with the same value on both sides: no
deadline moves, and the page says from when the text speaks.
"""

from datetime import date

from django.db import migrations

FIRST_DAY, DECREE_FROM = date(2000, 1, 1), date(2024, 1, 1)
BEFORE = "Ancien cadre des MIRE (décret du 11 mars 2004) : autre règle, à vérifier ; valeur du décret de 2023"
KEYS = (
    "insertion.same_employer_months",
    "insertion.several_employers_days",
    "intake.months",
    "eligibility.mire.registered_months",
    "eligibility.mire.window_months",
    "eligibility.mire.young_under_age",
    "eligibility.mire.young_registered_months",
    "eligibility.mire.senior_age",
    "eligibility.mire.inactive_months",
)


def cut_in_two(apps, schema_editor):
    """Only rows that the installation received, and that still hold on that day."""
    rows = apps.get_model("accounts", "Parameter")
    for row in rows.objects.filter(key__in=KEYS, valid_from=FIRST_DAY, created_by=None):
        if row.valid_to is not None and row.valid_to <= DECREE_FROM:
            continue
        last, source, status = row.valid_to, row.source, row.status
        row.valid_to, row.source, row.status = DECREE_FROM, BEFORE, "ASSUMPTION"
        row.save(update_fields=["valid_to", "source", "status"])
        rows.objects.create(
            key=row.key, value=row.value, valid_from=DECREE_FROM, valid_to=last, source=source, status=status
        )


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_stewards_and_houses")]

    operations = [migrations.RunPython(cut_in_two, migrations.RunPython.noop)]

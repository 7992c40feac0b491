"""What was told of a contract and taken back leaves its table, as all that is taken back does (docs/decisions, 0024)."""

import foundation.constraints
from django.conf import settings
from django.db import migrations, models


def _tell(apps, row, kind, on, words, by, reason):
    apps.get_model("accounts", "TakenBack")._base_manager.create(
        organisation_id=row.employment.case.organisation_id,
        kind=kind,
        row=row.pk,
        subject=row.employment.case_id,
        words=f"{words} du {on:%d/%m/%Y}",
        fact_on=on,
        reason=reason,
        taken_on=row.withdrawn_on,
        taken_by_id=by,
    )


def take_out(apps, schema_editor):
    """The rows that were only marked go, and their trace stays."""
    for name, kind, day, words in (
        ("Amendment", "avenant", "effective_on", "avenant"),
        ("TemporaryUnemployment", "chomage", "starts_on", "chômage temporaire"),
        ("EmploymentVerification", "verification", "asked_on", "vérification d’emploi"),
    ):
        marked = apps.get_model("placements", name)._base_manager.exclude(withdrawn_on=None)
        for row in marked.select_related("employment__case"):
            by = getattr(row, "withdrawn_by_id", None) or row.recorded_by_id
            reason = getattr(row, "withdraw_reason", "") or getattr(row, "withdrawn_reason", "")
            _tell(apps, row, kind, getattr(row, day), words, by, reason)
        marked.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_tests_of_the_decree"),
        ("placements", "0010_contracts_as_they_change"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(take_out, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='amendment',
            name='amendment_withdrawn_with_reason',
        ),
        migrations.RemoveConstraint(
            model_name='employmentverification',
            name='verification_withdrawn_with_reason',
        ),
        migrations.RemoveConstraint(
            model_name='employmentverification',
            name='verification_once',
        ),
        migrations.RemoveConstraint(
            model_name='temporaryunemployment',
            name='temporary_unemployment_withdrawn_with_reason',
        ),
        migrations.RemoveConstraint(
            model_name='temporaryunemployment',
            name='temporary_unemployment_days_once',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='withdraw_reason',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='withdrawn_by',
        ),
        migrations.RemoveField(
            model_name='amendment',
            name='withdrawn_on',
        ),
        migrations.RemoveField(
            model_name='employmentverification',
            name='withdrawn_on',
        ),
        migrations.RemoveField(
            model_name='employmentverification',
            name='withdrawn_reason',
        ),
        migrations.RemoveField(
            model_name='temporaryunemployment',
            name='withdraw_reason',
        ),
        migrations.RemoveField(
            model_name='temporaryunemployment',
            name='withdrawn_by',
        ),
        migrations.RemoveField(
            model_name='temporaryunemployment',
            name='withdrawn_on',
        ),
        migrations.AddConstraint(
            model_name='employmentverification',
            constraint=models.UniqueConstraint(fields=('employment', 'asked_on', 'how', 'seen_on'), name='verification_once', violation_error_message='Cette vérification est déjà notée.'),
        ),
        migrations.AddConstraint(
            model_name='temporaryunemployment',
            constraint=foundation.constraints.NoOverlap(end='ends_on', inclusive=True, name='temporary_unemployment_days_once', scope='employment', start='starts_on', violation_error_message='Un autre chômage temporaire couvre déjà une partie de ces jours.'),
        ),
    ]

"""The tables of this room were those of `reporting`: only the state moves, and the trail keeps its rows."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from foundation.migration_state import content_types_follow


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contenttypes', '0002_remove_content_type_name'),
        ('reporting', '0008_signed_hours_are_frozen'),
        ('accounts', '0004_inspector_access_ends'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='TimeSheet',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('month', models.DateField(verbose_name='mois')),
                        ('coach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='time_sheets', to=settings.AUTH_USER_MODEL, verbose_name='jobcoach')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                    ],
                    options={
                        'verbose_name': 'feuille de prestations',
                        'verbose_name_plural': 'feuilles de prestations',
                        'db_table': 'reporting_timesheet',
                        'ordering': ['-month', 'coach'],
                    },
                ),
                migrations.CreateModel(
                    name='TimeEntry',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('on', models.DateField(verbose_name='date')),
                        ('minutes', models.PositiveSmallIntegerField(verbose_name='durée')),
                        ('activity', models.CharField(choices=[('PREPARATION', 'préparation et suites'), ('PROSPECTION', 'prospection d’entreprises'), ('MEETING', 'réunion d’équipe ou de réseau'), ('ADMIN', 'travail administratif'), ('TRAINING', 'formation suivie'), ('TRAVEL', 'déplacement'), ('OTHER', 'autre')], max_length=12, verbose_name='activité')),
                        ('words', models.CharField(blank=True, max_length=200, verbose_name='précision')),
                        ('submission_id', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                        ('project', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project', verbose_name='projet')),
                        ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='timesheets.timesheet')),
                    ],
                    options={
                        'verbose_name': 'autre prestation',
                        'verbose_name_plural': 'autres prestations',
                        'db_table': 'reporting_timeentry',
                        'ordering': ['on', 'created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='SheetSignature',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('signed_name', models.CharField(max_length=201, verbose_name='signée par')),
                        ('signed_on', models.DateField(verbose_name='signée le')),
                        ('signed_at', models.DateTimeField(verbose_name='moment de la signature')),
                        ('lines', models.JSONField(blank=True, default=list, verbose_name='lignes signées')),
                        ('fingerprint', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('countersigned_name', models.CharField(blank=True, max_length=201, verbose_name='visée par')),
                        ('countersigned_on', models.DateField(blank=True, null=True, verbose_name='visée le')),
                        ('reopened_on', models.DateField(blank=True, null=True, verbose_name='rouverte le')),
                        ('reopen_reason', models.CharField(blank=True, max_length=300, verbose_name='motif de la réouverture')),
                        ('countersigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                        ('reopened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='rouverte par')),
                        ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='timesheets.timesheet')),
                    ],
                    options={
                        'verbose_name': 'signature d’une feuille de prestations',
                        'verbose_name_plural': 'signatures de feuilles de prestations',
                        'db_table': 'reporting_sheetsignature',
                        'ordering': ['sheet', 'signed_at'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='timesheet',
                    constraint=models.UniqueConstraint(fields=('organisation', 'coach', 'month'), name='time_sheet_once'),
                ),
                migrations.AddConstraint(
                    model_name='timesheet',
                    constraint=models.CheckConstraint(condition=models.Q(('month__day', 1)), name='time_sheet_month_is_a_first_day'),
                ),
                migrations.AddIndex(
                    model_name='timeentry',
                    index=models.Index(fields=['organisation', 'on'], name='time_entry_by_day'),
                ),
                migrations.AddConstraint(
                    model_name='timeentry',
                    constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0), ('minutes__lte', 1440)), name='time_entry_fits_in_a_day'),
                ),
                migrations.AddConstraint(
                    model_name='sheetsignature',
                    constraint=models.UniqueConstraint(condition=models.Q(('reopened_on__isnull', True)), fields=('sheet',), name='signature_one_standing_per_sheet', violation_error_message='Cette feuille est déjà signée.'),
                ),
                migrations.AddConstraint(
                    model_name='sheetsignature',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('countersigned_by__isnull', True), ('countersigned_name', ''), ('countersigned_on__isnull', True)), models.Q(('countersigned_by__isnull', False), ('countersigned_on__gte', models.F('signed_on')), models.Q(('countersigned_name', ''), _negated=True)), _connector='OR'), name='signature_countersigned_whole'),
                ),
                migrations.AddConstraint(
                    model_name='sheetsignature',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('reopen_reason', ''), ('reopened_by__isnull', True), ('reopened_on__isnull', True)), models.Q(('reopened_by__isnull', False), ('reopened_on__gte', models.F('signed_on')), models.Q(('reopen_reason', ''), _negated=True)), _connector='OR'), name='signature_reopened_with_reason'),
                ),
            ],
        ),
        content_types_follow("reporting", "timesheets", ("timesheet", "timeentry", "sheetsignature")),
    ]

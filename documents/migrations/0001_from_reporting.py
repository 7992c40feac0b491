"""The tables of this room were those of `reporting`: only the state moves, and the trail keeps its rows."""

import django.db.models.deletion
import documents.models
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
        ('beneficiaries', '0005_situations_and_evidence'),
        ('followup', '0005_sessions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='DocumentTemplate',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('kind', models.CharField(choices=[('TRUST_CONTRACT', 'contrat de confiance'), ('CONVENTION', 'convention d’accompagnement'), ('TRIPARTITE', 'convention tripartite'), ('FOLLOW_UP', 'accord de suivi en entreprise'), ('CERTIFICATE', 'attestation d’accompagnement'), ('SUMMARY', 'synthèse du dossier'), ('LETTER', 'courrier'), ('ATTENDANCE', 'feuille de présence')], max_length=16, verbose_name='document')),
                        ('version', models.PositiveIntegerField(verbose_name='version')),
                        ('title', models.CharField(max_length=150, verbose_name='titre')),
                        ('body', models.TextField(max_length=20000, verbose_name='texte')),
                        ('valid_from', models.DateField(verbose_name='en vigueur à partir du')),
                        ('submission_id', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='écrite par')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                    ],
                    options={
                        'verbose_name': 'texte de document',
                        'verbose_name_plural': 'textes de documents',
                        'db_table': 'reporting_documenttemplate',
                        'ordering': ['organisation', 'kind', '-version'],
                    },
                ),
                migrations.CreateModel(
                    name='Letterhead',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('logo', models.FileField(blank=True, max_length=80, upload_to=documents.models.logo_name, verbose_name='logo')),
                        ('footer', models.CharField(blank=True, max_length=300, verbose_name='pied de page')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                    ],
                    options={
                        'verbose_name': 'en-tête',
                        'verbose_name_plural': 'en-têtes',
                        'db_table': 'reporting_letterhead',
                        'ordering': ['organisation', 'created_at'],
                    },
                ),
                migrations.CreateModel(
                    name='ProducedDocument',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('kind', models.CharField(choices=[('TRUST_CONTRACT', 'contrat de confiance'), ('CONVENTION', 'convention d’accompagnement'), ('TRIPARTITE', 'convention tripartite'), ('FOLLOW_UP', 'accord de suivi en entreprise'), ('CERTIFICATE', 'attestation d’accompagnement'), ('SUMMARY', 'synthèse du dossier'), ('LETTER', 'courrier'), ('ATTENDANCE', 'feuille de présence')], max_length=16, verbose_name='document')),
                        ('title', models.CharField(max_length=200, verbose_name='titre')),
                        ('dated_on', models.DateField(verbose_name='daté du')),
                        ('language', models.CharField(default='fr-BE', max_length=10, verbose_name='langue')),
                        ('discreet', models.BooleanField(default=False, verbose_name='suivi discret')),
                        ('file', models.FileField(max_length=80, upload_to=documents.models.private_document_name, verbose_name='fichier')),
                        ('size', models.PositiveIntegerField(verbose_name='taille')),
                        ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('archive', models.FileField(max_length=80, upload_to=documents.models.private_document_name, verbose_name='copie d’archive')),
                        ('archive_size', models.PositiveIntegerField(verbose_name='taille de la copie d’archive')),
                        ('archive_sha256', models.CharField(max_length=64, verbose_name='empreinte de la copie d’archive')),
                        ('submission_id', models.UUIDField(blank=True, editable=False, null=True, unique=True)),
                        ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='beneficiaries.coachingcase', verbose_name='dossier')),
                        ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                        ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='documents', to='followup.collectivesession', verbose_name='séance')),
                        ('template', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.documenttemplate', verbose_name='texte')),
                    ],
                    options={
                        'verbose_name': 'document produit',
                        'verbose_name_plural': 'documents produits',
                        'db_table': 'reporting_produceddocument',
                        'ordering': ['-created_at', 'id'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='documenttemplate',
                    constraint=models.UniqueConstraint(fields=('organisation', 'kind', 'version'), name='document_template_version_once', violation_error_message='Une autre version vient d’être enregistrée. Rechargez la page.'),
                ),
                migrations.AddConstraint(
                    model_name='letterhead',
                    constraint=models.UniqueConstraint(fields=('organisation',), name='letterhead_one_per_organisation'),
                ),
                migrations.AddIndex(
                    model_name='produceddocument',
                    index=models.Index(fields=['case', '-created_at'], name='document_by_case'),
                ),
                migrations.AddConstraint(
                    model_name='produceddocument',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('case__isnull', False), ('session__isnull', True)), models.Q(('case__isnull', True), ('session__isnull', False)), _connector='OR'), name='document_about_one_thing'),
                ),
            ],
        ),
        content_types_follow("reporting", "documents", ("letterhead", "documenttemplate", "produceddocument")),
    ]

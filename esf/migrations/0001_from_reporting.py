"""The tables of this room were those of `reporting`: only the state moves, and the trail keeps its rows."""

import django.db.models.deletion
import privacy.fields
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
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='EsfFileLayout',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('valid_from', models.DateField(verbose_name='en vigueur depuis le')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='d’après')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                    ],
                    options={
                        'verbose_name': 'modèle du fichier des participants',
                        'verbose_name_plural': 'modèles du fichier des participants',
                        'db_table': 'reporting_esffilelayout',
                        'ordering': ['-valid_from'],
                    },
                ),
                migrations.CreateModel(
                    name='EsfFileExport',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('first', models.DateField(verbose_name='du')),
                        ('last', models.DateField(verbose_name='au')),
                        ('lines', models.PositiveIntegerField(verbose_name='lignes')),
                        ('sha256', models.CharField(max_length=64, verbose_name='empreinte')),
                        ('exported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='exporté par')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                        ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.project', verbose_name='projet')),
                        ('layout', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exports', to='esf.esffilelayout', verbose_name='modèle')),
                    ],
                    options={
                        'verbose_name': 'export du fichier des participants',
                        'verbose_name_plural': 'exports du fichier des participants',
                        'db_table': 'reporting_esffileexport',
                        'ordering': ['-created_at', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='EsfFileColumn',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='place')),
                        ('header', models.CharField(max_length=120, verbose_name='en-tête')),
                        ('source', models.CharField(max_length=30, verbose_name='donnée')),
                        ('codes', models.JSONField(blank=True, default=dict, verbose_name='codes')),
                        ('layout', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='columns', to='esf.esffilelayout')),
                    ],
                    options={
                        'verbose_name': 'colonne du fichier des participants',
                        'verbose_name_plural': 'colonnes du fichier des participants',
                        'db_table': 'reporting_esffilecolumn',
                        'ordering': ['layout', 'position', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='EsfParticipation',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('entry_on', models.DateField(verbose_name='entrée dans le projet')),
                        ('status', models.CharField(blank=True, choices=[('unemployed', 'sans emploi, inscrit·e comme demandeur·euse d’emploi'), ('inactive', 'inactif·ve\xa0: ni emploi, ni inscription, ou études à temps plein'), ('employed', 'à l’emploi ou indépendant·e')], max_length=10, verbose_name='situation à l’entrée')),
                        ('unemployed_since', models.DateField(blank=True, null=True, verbose_name='sans emploi depuis le')),
                        ('isced', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'aucun diplôme (CITE 0)'), (1, 'primaire, CEB (CITE 1)'), (2, 'secondaire inférieur, CE1D, CESI ou CESDD (CITE 2)'), (3, 'secondaire supérieur, CESS ou CQ6 (CITE 3)'), (4, 'post-secondaire non supérieur, septième année (CITE 4)'), (5, 'supérieur de type court, brevet (CITE 5)'), (6, 'bachelier (CITE 6)'), (7, 'master (CITE 7)'), (8, 'doctorat (CITE 8)')], null=True, verbose_name='niveau d’études')),
                        ('nationality', models.CharField(blank=True, choices=[('belgian', 'belge'), ('eu', 'd’un autre pays de l’Union européenne'), ('third_country', 'd’un pays tiers'), ('stateless', 'apatride')], max_length=13, verbose_name='nationalité')),
                        ('answers', privacy.fields.EncryptedTextField(context='esf.participation.answers', default='-----', verbose_name='réponses que la personne peut refuser')),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='esf_participations', to='beneficiaries.beneficiary', verbose_name='personne')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='accounts.organisation', verbose_name='organisme')),
                        ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='esf_participations', to='accounts.project', verbose_name='projet')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'fiche FSE+',
                        'verbose_name_plural': 'fiches FSE+',
                        'db_table': 'reporting_esfparticipation',
                        'ordering': ['project', 'entry_on', 'id'],
                    },
                ),
                migrations.CreateModel(
                    name='EsfRefusal',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('question', models.CharField(choices=[('foreign_background', 'Origine étrangère'), ('disability', 'Handicap'), ('minority', 'Appartenance à une minorité'), ('homeless', 'Sans-abri ou exclusion du logement'), ('rural', 'Domicile en zone rurale')], max_length=20, verbose_name='question')),
                        ('asked_on', models.DateField(verbose_name='demandé le')),
                        ('proof', models.CharField(max_length=300, verbose_name='preuve de la demande')),
                        ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='refusals', to='esf.esfparticipation')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'refus de répondre (FSE+)',
                        'verbose_name_plural': 'refus de répondre (FSE+)',
                        'db_table': 'reporting_esfrefusal',
                        'ordering': ['participation', 'question'],
                    },
                ),
                migrations.CreateModel(
                    name='EsfResult',
                    fields=[
                        ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='créé le')),
                        ('updated_at', models.DateTimeField(auto_now=True, verbose_name='modifié le')),
                        ('moment', models.CharField(choices=[('EXIT', 'dans les quatre semaines après la sortie'), ('SIX_MONTHS', 'six mois après la sortie')], max_length=10, verbose_name='moment')),
                        ('employed', models.BooleanField(default=False, verbose_name='à l’emploi ou indépendant·e')),
                        ('job_searching', models.BooleanField(default=False, verbose_name='en recherche d’emploi')),
                        ('in_training', models.BooleanField(default=False, verbose_name='en études ou en formation')),
                        ('qualification', models.BooleanField(default=False, verbose_name='a obtenu une qualification')),
                        ('improved', models.BooleanField(default=False, verbose_name='situation améliorée sur le marché du travail')),
                        ('improvement', models.CharField(blank=True, max_length=200, verbose_name='en quoi elle s’est améliorée')),
                        ('source', models.CharField(choices=[('TALK', 'la personne, de vive voix'), ('WRITING', 'la personne, par écrit'), ('DOCUMENT', 'un contrat, une attestation ou un diplôme vu'), ('REGISTER', 'DIMONA ou FOREM'), ('CASE_FILE', 'le dossier d’accompagnement'), ('UNREACHED', 'personne injoignable, rien n’est connu')], max_length=10, verbose_name='source')),
                        ('seen_on', models.DateField(verbose_name='constaté le')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='esf_results', to='beneficiaries.coachingcase')),
                        ('participation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='esf.esfparticipation')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'résultat FSE+',
                        'verbose_name_plural': 'résultats FSE+',
                        'db_table': 'reporting_esfresult',
                        'ordering': ['case', 'moment'],
                    },
                ),
                migrations.AddConstraint(
                    model_name='esffilelayout',
                    constraint=models.UniqueConstraint(fields=('organisation', 'valid_from'), name='esf_layout_once_a_day', violation_error_message='Un modèle entre déjà en vigueur ce jour-là.'),
                ),
                migrations.AddConstraint(
                    model_name='esfparticipation',
                    constraint=models.UniqueConstraint(fields=('beneficiary', 'project'), name='esf_participation_once', violation_error_message='Cette personne a déjà une fiche pour ce projet.'),
                ),
                migrations.AddConstraint(
                    model_name='esfparticipation',
                    constraint=models.CheckConstraint(condition=models.Q(('unemployed_since__isnull', True), models.Q(('status', 'unemployed'), ('unemployed_since__lte', models.F('entry_on'))), _connector='OR'), name='esf_unemployed_since_before_entry', violation_error_message='La période sans emploi commence au plus tard le jour de l’entrée.'),
                ),
                migrations.AddConstraint(
                    model_name='esfrefusal',
                    constraint=models.UniqueConstraint(fields=('participation', 'question'), name='esf_refusal_once'),
                ),
                migrations.AddConstraint(
                    model_name='esfresult',
                    constraint=models.UniqueConstraint(fields=('case', 'moment'), name='esf_result_once', violation_error_message='Ce résultat est déjà enregistré.'),
                ),
                migrations.AddConstraint(
                    model_name='esfresult',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('improved', False), ('moment', 'EXIT')), models.Q(('in_training', False), ('job_searching', False), ('moment', 'SIX_MONTHS'), ('qualification', False)), _connector='OR'), name='esf_result_of_its_moment'),
                ),
                migrations.AddConstraint(
                    model_name='esfresult',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('source', 'UNREACHED'), _negated=True), models.Q(('employed', False), ('improved', False), ('in_training', False), ('job_searching', False), ('qualification', False)), _connector='OR'), name='esf_unreached_knows_nothing'),
                ),
            ],
        ),
        content_types_follow("reporting", "esf", ("esfparticipation", "esfrefusal", "esfresult", "esffilelayout", "esffilecolumn", "esffileexport")),
    ]

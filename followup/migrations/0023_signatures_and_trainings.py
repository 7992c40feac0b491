"""Two more things are due: a paper to be signed, the review of a training."""

from typing import Any

from django.db import migrations, models


def ask_again(apps: Any, schema_editor: Any) -> None:
    """Have what is due of the cases concerned computed anew as the upgrade ends (`followup.apps`): a status without
    its pace is one that waits for it.
    """
    status = apps.get_model("followup", "CaseStatus")
    status.objects.filter(phase__in=("PREPARATORY", "PRE_HIRE", "HIRE")).update(pace=None)


class Migration(migrations.Migration):

    dependencies = [
        ('followup', '0022_sessions_and_taken_hours'),
    ]

    operations = [
        migrations.AlterField(
            model_name='deadline',
            name='kind',
            field=models.CharField(choices=[('FIRST_MEETING', 'premier entretien'), ('CONTACT', 'contact avec la personne'), ('EMPLOYER', 'contact avec l’employeur'), ('APPOINTMENT', 'rendez-vous sans résultat'), ('NEWS_ASKED', 'demande de la coordination'), ('TASK', 'tâche à faire'), ('NO_SHOWS', 'absences de suite'), ('SIGNATURE', 'document à signer'), ('INTAKE_END', 'fin de l’accueil'), ('PREHIRE_END', 'fin des 24 mois'), ('FOLLOW_UP_MISSING', 'suivi à convenir'), ('TRAINING_END', 'bilan d’un stage'), ('CONTRACT_END', 'fin d’un contrat'), ('JOB_ENDED', 'emploi terminé'), ('FOLLOW_UP_END', 'fin du suivi'), ('DECISION', 'demande à décider'), ('SUSPENSION_REVIEW', 'suspension à revoir'), ('RESULTS_4_WEEKS', 'résultats FSE+ à 4 semaines'), ('RESULTS_6_MONTHS', 'résultats FSE+ à 6 mois')], max_length=17),
        ),
        migrations.AlterField(
            model_name='mutedrule',
            name='rule',
            field=models.CharField(choices=[('FIRST_MEETING', 'premier entretien'), ('CONTACT', 'contact avec la personne'), ('EMPLOYER', 'contact avec l’employeur'), ('APPOINTMENT', 'rendez-vous sans résultat'), ('NEWS_ASKED', 'demande de la coordination'), ('TASK', 'tâche à faire'), ('NO_SHOWS', 'absences de suite'), ('SIGNATURE', 'document à signer'), ('INTAKE_END', 'fin de l’accueil'), ('PREHIRE_END', 'fin des 24 mois'), ('FOLLOW_UP_MISSING', 'suivi à convenir'), ('TRAINING_END', 'bilan d’un stage'), ('CONTRACT_END', 'fin d’un contrat'), ('JOB_ENDED', 'emploi terminé'), ('FOLLOW_UP_END', 'fin du suivi'), ('DECISION', 'demande à décider'), ('SUSPENSION_REVIEW', 'suspension à revoir'), ('RESULTS_4_WEEKS', 'résultats FSE+ à 4 semaines'), ('RESULTS_6_MONTHS', 'résultats FSE+ à 6 mois')], max_length=17, verbose_name='rappel'),
        ),
        migrations.AlterField(
            model_name='reminder',
            name='rule',
            field=models.CharField(choices=[('FIRST_MEETING', 'premier entretien'), ('CONTACT', 'contact avec la personne'), ('EMPLOYER', 'contact avec l’employeur'), ('APPOINTMENT', 'rendez-vous sans résultat'), ('NEWS_ASKED', 'demande de la coordination'), ('TASK', 'tâche à faire'), ('NO_SHOWS', 'absences de suite'), ('SIGNATURE', 'document à signer'), ('INTAKE_END', 'fin de l’accueil'), ('PREHIRE_END', 'fin des 24 mois'), ('FOLLOW_UP_MISSING', 'suivi à convenir'), ('TRAINING_END', 'bilan d’un stage'), ('CONTRACT_END', 'fin d’un contrat'), ('JOB_ENDED', 'emploi terminé'), ('FOLLOW_UP_END', 'fin du suivi'), ('DECISION', 'demande à décider'), ('SUSPENSION_REVIEW', 'suspension à revoir'), ('RESULTS_4_WEEKS', 'résultats FSE+ à 4 semaines'), ('RESULTS_6_MONTHS', 'résultats FSE+ à 6 mois')], max_length=17, verbose_name='rappel'),
        ),
        migrations.RunPython(ask_again, migrations.RunPython.noop),
    ]

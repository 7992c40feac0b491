"""A person has a language for their papers; whoever is known already reads French until somebody says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('beneficiaries', '0013_people_by_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='beneficiary',
            name='language',
            field=models.CharField(choices=[('fr-be', 'français'), ('nl-be', 'néerlandais'), ('de-be', 'allemand')], default='fr-be', max_length=10, verbose_name='langue de ses papiers'),
        ),
    ]

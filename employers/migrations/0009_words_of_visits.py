from django.db import migrations

import foundation.word_index
from foundation.migration_rows import write_again
from foundation.rules.words import words_index


def _words(visit):
    visit.words = words_index(visit.summary)


def fill_words(apps, schema_editor):
    """By which words visits are found, that were written down before there were any."""
    visits = apps.get_model("employers", "ProspectionContact")._base_manager
    write_again(visits.filter(words="").exclude(summary="").only("pk", "summary"), ["words"], _words)


class Migration(migrations.Migration):
    dependencies = [("employers", "0008_found_by_what_is_said")]

    operations = [
        migrations.AddField(
            model_name="prospectioncontact",
            name="words",
            field=foundation.word_index.WordsField(blank=True, default="", editable=False, of="summary"),
        ),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
    ]

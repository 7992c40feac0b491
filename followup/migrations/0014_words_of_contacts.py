from django.db import migrations

import foundation.word_index
from foundation.rules.words import words_index
from foundation.migration_rows import write_again


def _words(contact):
    contact.words = words_index(contact.summary)


def fill_words(apps, schema_editor):
    """By which words contacts are found, that were written down before there were any."""
    contact = apps.get_model("followup", "Contact")
    write_again(contact.objects.filter(words="").exclude(summary="").only("pk", "summary"), ["words"], _words)


class Migration(migrations.Migration):
    dependencies = [("followup", "0013_the_course_of_the_24_months")]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="words",
            field=foundation.word_index.WordsField(blank=True, default="", editable=False, of="summary"),
        ),
        migrations.RunPython(fill_words, migrations.RunPython.noop),
    ]

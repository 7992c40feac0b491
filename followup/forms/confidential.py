"""What is kept apart from a contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm

LONGEST_NOTE = 20_000


class ConfidentialNoteForm(AncrageForm):
    words = forms.CharField(
        label=_("Note confidentielle"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Vidée, elle est effacée."),
    )

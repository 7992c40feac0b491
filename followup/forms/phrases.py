"""Phrases of one's own, written as they are read: one a line."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm


class PhrasesForm(AncrageForm):
    phrases = forms.CharField(
        label=_("Mes phrases"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "Une par ligne, dans l’ordre où elles s’offrent sous le récit ; douze au plus. "
            "Vous seul·e les voyez. Pour en retirer une, effacez sa ligne."
        ),
    )

    mark_optional = False

"""Correcting the past of a case: each correction keeps its reason."""

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import AncrageForm, FrenchDateField


class ReasonForm(AncrageForm):
    reason = forms.CharField(
        label=_("Motif de la correction"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Il reste dans l’historique, à côté de l’ancienne valeur."),
    )


class PhaseStartForm(ReasonForm):
    """Since when, and why it was wrong."""

    starts_on = FrenchDateField(label=_("La phase a commencé le"), not_future=True)

    field_order = ("starts_on", "reason")

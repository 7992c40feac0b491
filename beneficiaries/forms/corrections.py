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


class SignatureForm(ReasonForm):
    """When a document was really signed, and by whom."""

    signed_on = FrenchDateField(label=_("Signé le"), not_future=True)
    third_party = forms.CharField(label=_("Autre partie signataire"), max_length=150, required=False)
    signatories = forms.CharField(label=_("Signataires"), max_length=300, required=False)

    field_order = ("signed_on", "third_party", "signatories", "reason")

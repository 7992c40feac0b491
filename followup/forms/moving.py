"""To whose case a contact goes, and why."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import CoachingCase
from foundation.forms import AncrageForm


class CaseField(forms.ModelChoiceField):
    """A case by the name of its person and the day it opened: people come back, and have namesakes."""

    def label_from_instance(self, obj: CoachingCase) -> str:
        return f"{obj.beneficiary.full_name} ({obj.opened_on:%d/%m/%Y})"


class ContactMoveForm(AncrageForm):
    case = CaseField(label=_("Le bon dossier"), queryset=CoachingCase.objects.none(), empty_label=_("Choisissez…"))
    reason = forms.CharField(
        label=_("Motif"),
        max_length=300,
        initial=_("Noté dans le mauvais dossier"),
        help_text=_("Il reste dans l’historique."),
    )

    def __init__(self, *args: Any, cases: QuerySet[CoachingCase], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cases

"""To whose case a contact goes, and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.models import CoachingCase
from foundation.choosing import ChoosingField
from foundation.forms import AncrageForm


class ContactMoveForm(AncrageForm):
    case = ChoosingField(
        "cases",
        label=_("Le bon dossier"),
        queryset=CoachingCase.objects.none(),
        help_text=_("Quelques lettres du nom, une date de naissance, un téléphone."),
    )
    reason = forms.CharField(
        label=_("Motif"),
        max_length=300,
        initial=_("Noté dans le mauvais dossier"),
        help_text=_("Il reste dans l’historique."),
    )

    def __init__(self, *args: Any, viewer: User, but: CoachingCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case: Any = self.fields["case"]
        case.offer(viewer, but=but.pk)

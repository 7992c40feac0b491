"""Days of the 24 months that another organisation used before: typed when a case is opened, or on its clock later."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from beneficiaries.services.elsewhere import ElsewhereStatement
from foundation.forms import AncrageForm, FrenchDateField
from foundation.layouts import Folded, Row

FIELDS = ("elsewhere_at", "elsewhere_from", "elsewhere_until", "elsewhere_days", "elsewhere_proof_on")
ELSEWHERE_ROWS = ("elsewhere_at", Row("elsewhere_from", "elsewhere_until"), Row("elsewhere_days", "elsewhere_proof_on"))
ELSEWHERE = Folded(
    _("Des 24 mois déjà utilisés dans une autre MIRE"),
    *ELSEWHERE_ROWS,
    help_text=_("Rien à remplir pour qui n’a pas été accompagné ailleurs. L’attestation s’ajoute ensuite, au dossier."),
)


class ElsewhereFields(AncrageForm):
    """Where, when, how many days, and the day of what proves it: all of it, or nothing."""

    elsewhere_at = forms.CharField(
        label=_("Organisme"), max_length=150, required=False, help_text=_("Son nom, comme sur l’attestation.")
    )
    elsewhere_from = FrenchDateField(label=_("Accompagnement, du"), not_future=True, required=False)
    elsewhere_until = FrenchDateField(label=_("au (compris)"), not_future=True, required=False)
    elsewhere_days = forms.IntegerField(
        label=_("Jours des 24 mois utilisés"),
        required=False,
        min_value=1,
        max_value=1500,
        help_text=_("Sans les jours d’arrêt, comme l’attestation le dit."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    elsewhere_proof_on = FrenchDateField(label=_("Date de l’attestation"), not_future=True, required=False)

    def clean(self) -> dict[str, Any]:
        """What was begun is told whole."""
        data: dict[str, Any] = super().clean() or {}
        if any(data.get(name) for name in FIELDS):
            for name in FIELDS:
                if name in data and not data[name]:
                    words = _now("Remplissez « %(label)s ».") % {"label": self.fields[name].label}
                    self.add_error(name, ValidationError(words, code="required"))
        return data

    def elsewhere(self, **more: Any) -> ElsewhereStatement | None:
        """What the service receives, with `more`; nothing when nothing was typed."""
        data = self.cleaned_data
        if not data.get("elsewhere_at"):
            return None
        return ElsewhereStatement(
            at=data["elsewhere_at"],
            first=data["elsewhere_from"],
            last=data["elsewhere_until"],
            days=data["elsewhere_days"],
            proof_on=data["elsewhere_proof_on"],
            **more,
        )

"""Asking for an exception, deciding it, withdrawing it, taking it back."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beneficiaries.forms.papers import PaperFileField
from beneficiaries.models import ExceptionRequest
from beneficiaries.registries import ExceptionKind
from beneficiaries.services.exceptions import ExceptionStatement
from foundation.forms import AncrageForm, FrenchDateField


def months_field() -> forms.IntegerField:
    """How many months are asked or granted."""
    return forms.IntegerField(
        label=_("Nombre de mois"),
        min_value=1,
        max_value=24,
        help_text=_("De 1 à 24."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )


class ExceptionForm(AncrageForm):
    """What is asked, why, and on what paper."""

    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 4}))
    document = forms.CharField(
        label=_("Pièce sur laquelle la demande se fonde"),
        max_length=200,
        help_text=_("Quel document, de quand et de qui : « attestation du CPAS du 3 mars »."),
    )
    file = PaperFileField(label=_("Fichier"), required=False, help_text=_("PDF, JPEG ou PNG, 10 Mo au plus."))

    def __init__(self, *args: Any, kind: ExceptionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "months" in kind.fields:
            self.fields = {"months": months_field(), **self.fields}

    def statement(self) -> ExceptionStatement:
        """What was typed, as the service reads it."""
        return ExceptionStatement(**self.cleaned_data, confirmed=self.said_yes_to)


class AnswerForm(AncrageForm):
    """The answer, with words; months and days may be others than those asked."""

    granted = forms.ChoiceField(
        label=_("Décision"), choices=[("oui", _("Accorder")), ("non", _("Refuser"))], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Votre décision, en quelques mots"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Nécessaire pour un refus, ou si vous accordez autre chose. La personne qui a demandé le lira."),
    )
    on = FrenchDateField(label=_("Décidée le"), not_future=True)

    def __init__(self, *args: Any, exception: ExceptionRequest, kind: ExceptionKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.amendable = kind.fields
        if "months" in kind.fields:
            self.fields["months"] = months_field()
            self.fields["months"].initial = exception.months
        if "starts_on" in kind.fields:
            self.fields["starts_on"] = FrenchDateField(label=_("Premier jour accordé"), initial=exception.starts_on)
            self.fields["ends_on"] = FrenchDateField(
                label=_("Dernier jour accordé"),
                initial=exception.ends_on,
                required=False,
                may_be_open=True,
                help_text=_("Compris. Vide tant que la fin n’est pas connue."),
            )

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        cleaned = super().clean() or {}
        if cleaned.get("granted") == "non" and not (cleaned.get("note") or "").strip():
            self.add_error("note", ValidationError(_("Un refus garde son motif."), code="refusal_reason"))
        return cleaned

    def amended(self) -> dict[str, Any]:
        """What is granted instead of what was asked."""
        return {name: self.cleaned_data[name] for name in self.amendable}


class ReasonForm(AncrageForm):
    """Why a request is withdrawn."""

    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 3}))


class TakeBackForm(ReasonForm):
    """From when, and why, what was granted holds no more."""

    on = FrenchDateField(label=_("À partir du"), not_future=True)

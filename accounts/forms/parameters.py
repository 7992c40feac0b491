"""Forms of the dated values: they read and check; services write."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import ParameterStatus
from accounts.parameters import Definition, InvalidParameterValue, choices_of
from accounts.parameters.kinds import Codes, WholeList
from foundation.forms import AncrageForm, FrenchDateField


class DatedValueForm(AncrageForm):
    """What every act on a dated value asks; ``confirmed`` is set by the page that shows what would move."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meaning: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meaning = meaning
        if "value" not in self.fields:
            return
        value = self.fields["value"]
        if meaning.kind.lines > 1:
            value.widget = forms.Textarea(attrs={"rows": meaning.kind.lines})
        if isinstance(meaning.kind, Codes | WholeList):
            value.help_text = _("Séparez les valeurs par des virgules.")
            if isinstance(meaning.kind, Codes) and (codes := choices_of(meaning.key)):
                known = " ; ".join(f"{code} ({label})" for code, label in codes)
                value.help_text += " " + _("Codes possibles : %(codes)s.") % {"codes": known}
            if getattr(meaning.kind, "may_be_empty", False):
                value.help_text += " " + _("« aucun » pour une liste vide.")
        elif meaning.unit:
            value.help_text = _("En %(unit)s.") % {"unit": meaning.unit}

    def clean_value(self) -> Any:
        """The JSON value of what was typed."""
        try:
            return self.meaning.parse(self.cleaned_data["value"])
        except InvalidParameterValue as error:
            raise ValidationError(str(error), code="value") from error

    @property
    def source_status(self) -> ParameterStatus:
        """Whether the source was seen; what an organisation decides for itself is no assumption."""
        return ParameterStatus(self.cleaned_data.get("status") or ParameterStatus.CONFIRMED)


def _value() -> forms.CharField:
    return forms.CharField(label=_("Nouvelle valeur"), max_length=500)


def _source() -> forms.CharField:
    return forms.CharField(
        label=_("Source"), max_length=300, help_text=_("Le texte et l’article, ou la décision, qui fixe cette valeur.")
    )


def _status() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Statut"), choices=ParameterStatus.choices, widget=forms.RadioSelect, initial=ParameterStatus.CONFIRMED
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Motif"), max_length=300, help_text=_("Il reste dans l’historique de la valeur, avec votre nom.")
    )


class OwnValueForm(DatedValueForm):
    """A value that an organisation sets for itself."""

    value = _value()
    valid_from = FrenchDateField(
        label=_("En vigueur à partir du"), help_text=_("Ce qui s’est passé avant ce jour garde l’ancienne valeur.")
    )
    source = _source()


class InstallationValueForm(OwnValueForm):
    """A value of the installation; the steward says whether its source was seen."""

    status = _status()


class GiveUpForm(DatedValueForm):
    """From when an organisation reads the installation's value again."""

    valid_from = FrenchDateField(
        label=_("À partir du"), help_text=_("Ce qui s’est passé avant ce jour garde la valeur de l’organisme.")
    )
    source = _source()


class WithdrawForm(DatedValueForm):
    """Why a value that has not taken force is taken back."""

    reason = _reason()


class SupersedeOwnForm(DatedValueForm):
    """What stands from which day in the place of a value that has taken force, and why."""

    value = _value()
    since = FrenchDateField(
        label=_("Vaut à partir du"),
        help_text=_(
            "Le premier jour de la valeur à remplacer, ou un jour plus tôt, la remplace tout entière ; un jour plus "
            "tard lui laisse les jours d’avant."
        ),
    )
    reason = _reason()
    source = _source()


class SupersedeInstallationForm(SupersedeOwnForm):
    """The same for the installation."""

    status = _status()

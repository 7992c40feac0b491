"""Forms about what changes the 24 months: suspensions, extensions, and trying without writing."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beneficiaries.forms.elsewhere import ELSEWHERE_ROWS, FIELDS, ElsewhereFields
from beneficiaries.forms.papers import PaperFileField
from beneficiaries.services.elsewhere import ElsewhereStatement
from employers.enums import ContractType
from employers.models import Company
from foundation.forms import AncrageForm, FilterForm, FrenchDateField
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates
from placements.enums import SuspensionReason
from placements.forms.hiring import LAST_DAY_HELP
from placements.rules.contract_kinds import last_day_fault
from placements.services.clocks import SuspensionRequest
from placements.services.guards import last_day_words

PAPER_HELP = _("PDF, JPEG ou PNG, 10 Mo au plus.")


class SuspensionForm(AncrageForm):
    """Which days are not to be counted, why, and on what paper."""

    reason = forms.ChoiceField(label=_("Motif"), choices=SuspensionReason.choices, widget=forms.RadioSelect)
    starts_on = FrenchDateField(label=_("Premier jour suspendu"))
    ends_on = FrenchDateField(
        label=_("Dernier jour suspendu"),
        required=False,
        help_text=_("Compris. Vide tant que la fin n’est pas connue."),
        may_be_open=True,
    )
    evidence = forms.CharField(
        label=_("Pièce qui le prouve"),
        max_length=200,
        help_text=_("Quel document, de quand et de qui : « certificat médical du 3 mars, Dr Exemple »."),
    )
    words = forms.CharField(label=_("En quelques mots"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    file = PaperFileField(label=_("Fichier"), required=False, help_text=PAPER_HELP)

    layout = Layout("reason", "words", Row("starts_on", "ends_on"), "evidence", "file")

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("Le dernier jour précède le premier."), code="order"))
        return cleaned

    def request(self) -> SuspensionRequest:
        """What was typed, as the service reads it."""
        return SuspensionRequest(**self.cleaned_data, confirmed=self.said_yes_to)


class DecisionForm(AncrageForm):
    """The answer to a request. A refusal says why."""

    approved = forms.ChoiceField(
        label=_("Décision"),
        choices=[("oui", _("Approuver")), ("non", _("Refuser"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Remarque"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("En cas de refus, dites pourquoi : la personne qui a demandé le lira ici."),
    )
    on = FrenchDateField(label=_("Décidée le"), not_future=True)


class SuspensionEndForm(AncrageForm):
    """The last day suspended: known at last, or corrected."""

    ends_on = FrenchDateField(label=_("Dernier jour suspendu"), help_text=_("Compris. L’horloge repart le lendemain."))


class StillHoldsForm(AncrageForm):
    """A suspension without an end was looked at again."""

    on = FrenchDateField(label=_("Regardée le"), not_future=True)
    note = forms.CharField(
        label=_("Ce qui a été vérifié"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Auprès de qui, sur quel papier : « nouveau certificat du 3 mars »."),
    )


class ExtensionForm(AncrageForm):
    """Months added in writing."""

    months = forms.IntegerField(
        label=_("Nombre de mois"),
        min_value=1,
        max_value=24,
        help_text=_("De 1 à 24."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.CharField(label=_("Motif"), widget=forms.Textarea(attrs={"rows": 3}))
    document = forms.CharField(
        label=_("Document qui l’accorde"),
        max_length=200,
        help_text=_("Quel écrit, de quand et de qui : « décision du comité du 5 janvier »."),
    )
    granted_on = FrenchDateField(label=_("Accordée le"), not_future=True)
    file = PaperFileField(label=_("Fichier"), required=False, help_text=PAPER_HELP)
    # How many extensions the page showed: the same one is not granted from two tabs.
    already_granted = forms.IntegerField(widget=forms.HiddenInput, required=False)

    layout = Layout(Row("months", "granted_on"), "reason", "document", "file")


class ElsewhereForm(ElsewhereFields):
    """Days of the 24 months that another organisation used before, with their paper."""

    file = PaperFileField(label=_("Fichier"), required=False, help_text=PAPER_HELP)
    reason = forms.CharField(label=_("Motif de la correction"), widget=forms.Textarea(attrs={"rows": 2}))

    layout = Layout(*ELSEWHERE_ROWS, "file", "reason")

    def __init__(self, *args: Any, corrects: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FIELDS:
            self.fields[name].required = True
        if not corrects:
            del self.fields["reason"]

    def stated(self) -> ElsewhereStatement:
        """What the service receives."""
        told = self.elsewhere(file=self.cleaned_data["file"], reason=self.cleaned_data.get("reason", ""))
        if told is None:
            raise ValueError("the fields are required")
        return told


class WhatIfForm(FilterForm):
    """A contract, a suspension, or both, that are tried and never written; the address holds them."""

    contrat = forms.ChoiceField(
        label=_("Type de contrat"), required=False, choices=[("", _("Aucun contrat")), *ContractType.choices]
    )
    employeur = forms.ChoiceField(
        label=_("Employeur"),
        required=False,
        help_text=_("Chez un employeur déjà connu de la personne, le suivi peut être le même."),
    )
    debut = FrenchDateField(label=_("Premier jour de travail"), required=False, bounds=dates.WORK_DAY)
    fin = FrenchDateField(
        label=_("Dernier jour de travail"),
        required=False,
        help_text=LAST_DAY_HELP,
        bounds=dates.CONTRACT_END,
        may_be_open=True,
    )
    arret = FrenchDateField(label=_("Premier jour suspendu"), required=False)
    reprise = FrenchDateField(
        label=_("Dernier jour suspendu"),
        required=False,
        help_text=_("Compris. Vide si la fin n’est pas connue."),
        may_be_open=True,
    )

    layout = Layout(
        Section(_("Un contrat"), Row("contrat", "employeur"), Row("debut", "fin")),
        Section(_("Une suspension"), Row("arret", "reprise")),
    )

    def __init__(self, *args: Any, firms: dict[UUID, Company], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        employer = cast(forms.ChoiceField, self.fields["employeur"])
        known = [(str(pk), firm.name) for pk, firm in firms.items()]
        employer.choices = [("", _("Un autre employeur")), *known]

    def clean(self) -> dict[str, Any]:
        """Dates in order, and a contract as it could be written."""
        cleaned = super().clean() or {}
        if cleaned.get("contrat") and "debut" in cleaned and not cleaned["debut"]:
            self._refuse("debut", _("Indiquez le premier jour de travail."))
        if cleaned.get("debut") and "contrat" in cleaned and not cleaned["contrat"]:
            self._refuse("contrat", _("Choisissez le type de contrat."))
        for first, last in (("debut", "fin"), ("arret", "reprise")):
            begins, ends = cleaned.get(first), cleaned.get(last)
            if ends and begins and ends < begins:
                self._refuse(last, _("Le dernier jour précède le premier."))
            elif ends and first in cleaned and not begins:
                self._refuse(first, _("Indiquez le premier jour."))
        kind, ends = cleaned.get("contrat"), cleaned.get("fin")
        if kind and "fin" in cleaned and (fault := last_day_fault(kind, ends)):
            self._refuse("fin", last_day_words(fault, kind))
        return cleaned

    def _refuse(self, field: str, sentence: Any) -> None:
        if field not in self.errors:
            self.add_error(field, ValidationError(sentence, code="invalid"))

    @property
    def tries_something(self) -> bool:
        """Whether a contract or a suspension is there to be tried."""
        return self.is_valid() and bool(self.cleaned_data["contrat"] or self.cleaned_data["arret"])

"""Correcting a contract that was recorded wrongly."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from beneficiaries.forms.corrections import ReasonForm
from employers.enums import ContractType
from employers.forms.fields import CommitteeField
from foundation.forms import FrenchDateField, FrenchDecimalField
from foundation.layouts import Layout, Row, Section
from foundation.rules import dates
from foundation.rules.periods import add_months
from placements.enums import EndReason, Origin
from placements.forms.hiring import LAST_DAY_HELP, AidField, UserCompanyField
from placements.models import Employment
from placements.rules.contract_kinds import last_day_fault
from placements.services.corrections import CorrectedTerms
from placements.services.guards import last_day_words

# A first day typed wrong is corrected within this many months: their aids are offered.
AID_MONTHS = 12


class EmploymentCorrectionForm(ReasonForm):
    """The contract as it should have been written, and why it was not."""

    job_title = forms.CharField(label=_("Fonction"), max_length=150)
    contract_type = forms.ChoiceField(label=_("Contrat"), choices=ContractType.choices)
    weekly_hours = FrenchDecimalField(
        label=_("Heures par semaine"), required=False, min_value=1, max_value=50, max_digits=4, decimal_places=2
    )
    joint_committee = CommitteeField()
    origin = forms.ChoiceField(label=_("Origine"), choices=Origin.choices)
    user_company = UserCompanyField()
    aid = AidField()
    starts_on = FrenchDateField(label=_("Premier jour"), bounds=dates.WORK_DAY)
    ends_on = FrenchDateField(
        label=_("Dernier jour prévu"),
        required=False,
        help_text=LAST_DAY_HELP,
        bounds=dates.CONTRACT_END,
        may_be_open=True,
    )
    ended_on = FrenchDateField(
        label=_("Dernier jour presté"),
        required=False,
        help_text=_("Vide tant que la fin n’est pas enregistrée."),
        bounds=dates.WORK_DAY,
        may_be_open=True,
    )
    end_reason = forms.ChoiceField(label=_("Motif de fin"), required=False, choices=[("", "–"), *EndReason.choices])

    layout = Layout(
        Section(
            _("Le contrat"),
            "job_title",
            Row("contract_type", "weekly_hours"),
            Row("starts_on", "ends_on"),
            "user_company",
            "joint_committee",
            "origin",
            "aid",
        ),
        Section(_("La fin, si elle est enregistrée"), Row("ended_on", "end_reason")),
        Section(_("La correction"), "reason"),
    )

    def __init__(self, *args: Any, employment: Employment, viewer: User, **kwargs: Any) -> None:
        """The aids offered are those of the days around the contract."""
        super().__init__(*args, **kwargs)
        cast(UserCompanyField, self.fields["user_company"]).offer(viewer, makes=True)
        first, last = (add_months(employment.starts_on, months) for months in (-AID_MONTHS, AID_MONTHS))
        cast(AidField, self.fields["aid"]).offer(first, last, employment.aid)

    def clean(self) -> dict[str, Any]:
        """An end has its reason, a reason its end; the type and the planned end agree."""
        cleaned = super().clean() or {}
        ended, why = cleaned.get("ended_on"), cleaned.get("end_reason")
        if ended and not why and "end_reason" in cleaned:
            self._refuse("end_reason", _("Choisissez le motif de fin."))
        elif why and not ended and "ended_on" in cleaned:
            self._refuse("ended_on", _("Indiquez le dernier jour presté."))
        kind, planned = cleaned.get("contract_type"), cleaned.get("ends_on")
        if kind and "ends_on" in cleaned and (fault := last_day_fault(kind, planned)):
            self._refuse("ends_on", last_day_words(fault, kind))
        if ended and planned and ended > planned:
            self._refuse("ended_on", _("Le dernier jour presté ne dépasse pas le dernier jour prévu."))
        return cleaned

    def _refuse(self, field: str, sentence: Any) -> None:
        self.add_error(field, ValidationError(sentence, code="invalid"))

    def terms(self) -> CorrectedTerms:
        """What was typed, as the service reads it."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return CorrectedTerms(**data, confirmed=self.said_yes_to)

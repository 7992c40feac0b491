"""The check of eligibility: registration, criteria, the paper seen; judged by the engine of the organisation's law."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.eligibility import (
    CriterionLine,
    assess,
    criterion_labels,
    derogation_possible,
    lines_on,
    proven_by,
)
from beneficiaries.enums import EvidenceKind
from beneficiaries.forms.path import refuse_half
from beneficiaries.models import Beneficiary
from beneficiaries.rules.eligibility import BLOCKING_LABELS, EligibilityResult, Profile
from beneficiaries.services.path import EligibilityStatement
from foundation.forms import AncrageForm, FrenchDateField
from foundation.rules.periods import Period

YES_NO = [("yes", gettext_lazy("oui")), ("no", gettext_lazy("non"))]
# How many finished registrations can be typed besides the present one: enough for 36 months of comings and goings.
EARLIER = (1, 2)


class EligibilityForm(AncrageForm):
    """What was seen on the day support starts. Birth date and diploma come from the person's record."""

    checked_on = FrenchDateField(
        label=gettext_lazy("Vérifiée le"),
        not_future=True,
        help_text=gettext_lazy("Le jour où l’accompagnement commence : l’âge et l’inscription se jugent ce jour-là."),
    )
    registered = forms.ChoiceField(
        label=gettext_lazy("Est-elle inscrite au FOREM comme demandeuse d’emploi inoccupée ce jour-là ?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    registered_since = FrenchDateField(label=gettext_lazy("Inscrite depuis le"), required=False, not_future=True)
    first_1 = FrenchDateField(label=gettext_lazy("Inscription précédente : du"), required=False, not_future=True)
    last_1 = FrenchDateField(label=gettext_lazy("au (compris)"), required=False, not_future=True)
    first_2 = FrenchDateField(label=gettext_lazy("Et encore avant : du"), required=False, not_future=True)
    last_2 = FrenchDateField(label=gettext_lazy("au (compris)"), required=False, not_future=True)
    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Critères prouvés"), required=False, widget=forms.CheckboxSelectMultiple
    )
    derogation = forms.BooleanField(label=gettext_lazy("Une dérogation est accordée"), required=False)
    derogation_reason = forms.CharField(
        label=gettext_lazy("Motif de la dérogation"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    evidence_kind = forms.ChoiceField(
        label=gettext_lazy("Pièce vue"), choices=[("", gettext_lazy("Choisissez…")), *EvidenceKind.choices]
    )
    evidence_on = FrenchDateField(label=gettext_lazy("Date de la pièce"), not_future=True)

    mark_optional = False

    def __init__(self, *args: Any, regime: str, beneficiary: Beneficiary, on: date, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "checked_on": on,
            "registered_since": beneficiary.jobseeker_since,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.regime = regime
        self.beneficiary = beneficiary
        self.on = on
        self.result: EligibilityResult | None = None
        self.proven: list[str] = []
        lines = lines_on(regime, on)
        criteria: Any = self.fields["criteria"]
        criteria.choices = [(line.code, line.label) for line in lines if line.ticked_by_hand and line.usable]
        papers = {kind.value for line in lines for kind in line.evidence} | {EvidenceKind.DECISION.value}
        if not derogation_possible(regime, on):
            papers.discard(EvidenceKind.DECISION.value)
            del self.fields["derogation"]
            del self.fields["derogation_reason"]
        evidence: Any = self.fields["evidence_kind"]
        evidence.choices = [choice for choice in evidence.choices if not choice[0] or choice[0] in papers]

    # --- what the page shows --------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[tuple[CriterionLine, Any]]:
        """The criteria in the order of the law; those that are ticked come with their box."""
        boxes = {option.data["value"]: option for option in self["criteria"]}
        found = lines_on(self.regime, self.on, self.result or self._at_first_sight())
        return [(line, boxes.get(line.code)) for line in found]

    def _at_first_sight(self) -> EligibilityResult:
        """What the record alone says, before anything is typed."""
        since = self.beneficiary.jobseeker_since
        return assess(self.regime, self._profile([Period(since)] if since else [], registered=bool(since)), self.on)

    # --- what is checked ------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any] | None:
        """Have the engine judge, then ask whether the paper proves what it found."""
        data = super().clean()
        periods = list(self._periods())
        on = self.cleaned_data.get("checked_on")
        if on is None or self.errors:
            return data
        registered = self.cleaned_data["registered"] == "yes"
        self.result = assess(self.regime, self._profile(periods, registered=registered), on)
        if self.result.blocking:
            self._explain_blocking(self.result.blocking)
        elif self.cleaned_data.get("derogation"):
            self._check_derogation()
        else:
            self._check_paper()
        return data

    def _periods(self) -> Iterator[Period]:
        data = self.cleaned_data
        since = data.get("registered_since")
        if since is not None and data.get("registered") == "yes":
            yield Period(since)
        for number in EARLIER:
            first, last = data.get(f"first_{number}"), data.get(f"last_{number}")
            if f"first_{number}" in self.errors or f"last_{number}" in self.errors:
                continue
            try:
                refuse_half(first, last)
            except ValidationError as error:
                self.add_error(f"last_{number}", error)
                continue
            if first is not None:
                yield Period.from_inclusive(first, last)

    def _profile(self, periods: list[Period], *, registered: bool) -> Profile:
        data = getattr(self, "cleaned_data", {})
        return Profile(
            birth_date=self.beneficiary.birth_date,
            registered_inoccupied_on_date=registered,
            registered_inoccupied_periods=periods,
            highest_diploma=self.beneficiary.education,
            ticked=frozenset(data.get("criteria", ())),
            derogation=bool(data.get("derogation")),
        )

    def _explain_blocking(self, codes: tuple[str, ...]) -> None:
        for code in codes:
            field = "registered" if code == "not_registered" else None
            self.add_error(field, ValidationError(BLOCKING_LABELS[code], code=code))

    def _check_derogation(self) -> None:
        if self.result and self.result.criteria:
            labels = criterion_labels(self.regime)
            sentence = _("Un critère de la liste est établi (%(label)s) : la dérogation n’est pas nécessaire.")
            self.add_error(
                "derogation",
                ValidationError(sentence % {"label": labels[self.result.criteria[0]]}, code="not_needed"),
            )
        if not self.cleaned_data["derogation_reason"].strip():
            self.add_error(
                "derogation_reason", ValidationError(_("Une dérogation demande un motif."), code="derogation_reason")
            )
        if self.cleaned_data["evidence_kind"] != EvidenceKind.DECISION:
            self.add_error(
                "evidence_kind",
                ValidationError(_("Une dérogation se prouve par la décision qui l’accorde."), code="decision"),
            )

    def _check_paper(self) -> None:
        found = self.result.criteria if self.result else ()
        if not found:
            self.add_error(
                "criteria",
                ValidationError(
                    _(
                        "Aucun critère n’est établi : la personne n’est pas éligible en l’état. "
                        "Cochez le critère prouvé, ou complétez ce qui reste à vérifier."
                    ),
                    code="no_criterion",
                ),
            )
            return
        paper = self.cleaned_data["evidence_kind"]
        self.proven = proven_by(self.regime, found, paper)
        unproven = [code for code in self.cleaned_data["criteria"] if code not in self.proven]
        if unproven or not self.proven:
            self.add_error("evidence_kind", ValidationError(self._papers_wanted(unproven or found), code="paper"))

    def _papers_wanted(self, codes: Any) -> str:
        wanted = [
            _("« %(criterion)s » demande : %(papers)s.") % {"criterion": line.label, "papers": line.evidence_words}
            for line in lines_on(self.regime, self.on)
            if line.code in codes
        ]
        return " ".join([_("Cette pièce ne le prouve pas."), *wanted])

    def statement(self) -> EligibilityStatement:
        """What the service receives."""
        data = self.cleaned_data
        derogation = bool(data.get("derogation"))
        return EligibilityStatement(
            regime=self.regime,
            checked_on=data["checked_on"],
            evidence_kind=data["evidence_kind"],
            evidence_on=data["evidence_on"],
            criteria=[] if derogation else self.proven,
            is_derogation=derogation,
            derogation_reason=data["derogation_reason"] if derogation else "",
        )

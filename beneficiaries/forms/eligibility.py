"""The check of eligibility: what the file knows, what is added, the criteria, the papers; the law's engine judges."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.enums import EvidenceKind
from beneficiaries.forms.papers import PaperFileField
from beneficiaries.forms.path import refuse_half
from beneficiaries.models import Beneficiary, Evidence, Situation
from beneficiaries.rules.eligibility import EligibilityResult, KnownWork, blocking_words, in_reference
from beneficiaries.rules.situations import SituationKind
from beneficiaries.selectors.derogations import DerogationQuota
from beneficiaries.selectors.eligibility import (
    CriterionLine,
    assess,
    criterion_labels,
    derogation_possible,
    known_periods,
    lines_on,
    policy_of,
    profile_of,
    proven_by,
)
from beneficiaries.services.eligibility import EligibilityStatement
from beneficiaries.services.papers import PaperStatement
from beneficiaries.services.situations import SituationStatement
from foundation.forms import AncrageForm, FrenchDateField
from foundation.rules.periods import Period

YES_NO = [("yes", gettext_lazy("oui")), ("no", gettext_lazy("non"))]
# How many finished registrations can be typed besides the present one: enough for 36 months of comings and goings.
EARLIER = (1, 2)
# The new papers that can be stated at once: the names of their fields end so. More are added to the file beforehand.
PAPERS = ("", "_2", "_3")
ASKED_ONCE = ("registered", "registered_since", "first_1", "last_1", "first_2", "last_2")


class EligibilityForm(AncrageForm):
    """What was seen on the day support starts. Birth date, diploma and situations come from the file.

    Registrations are asked only when the file knows of none that runs; what is typed is noted as situations.
    """

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
    stayed_unoccupied = forms.BooleanField(
        label=gettext_lazy("Elle est restée inscrite comme inoccupée pendant ces contrats"),
        required=False,
        help_text=gettext_lazy(
            "Temps partiel involontaire ou activité complémentaire : ces jours comptent alors comme inoccupés."
        ),
    )
    criteria = forms.MultipleChoiceField(
        label=gettext_lazy("Critères prouvés"), required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.MultipleChoiceField(
        label=gettext_lazy("Pièces déjà au dossier"), required=False, widget=forms.CheckboxSelectMultiple
    )
    derogation = forms.BooleanField(label=gettext_lazy("Une dérogation est accordée"), required=False)
    derogation_reason = forms.CharField(
        label=gettext_lazy("Motif de la dérogation"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    over_quota = forms.BooleanField(label=gettext_lazy("Je l’accorde au-delà du quota"), required=False)

    mark_optional = False

    def __init__(
        self,
        *args: Any,
        regime: str,
        beneficiary: Beneficiary,
        on: date,
        situations: Sequence[Situation] = (),
        papers: Sequence[Evidence] = (),
        quota: DerogationQuota | None = None,
        work: Sequence[KnownWork] = (),
        may_derogate: bool = True,
        **kwargs: Any,
    ) -> None:
        """`may_derogate`: a derogation was granted for the case, or whoever checks may grant it."""
        self.work = in_reference(work, on, policy_of(regime, on).reference_months)
        self.may_derogate = may_derogate
        self.regime, self.beneficiary, self.on, self.quota = regime, beneficiary, on, quota
        self.known = known_periods(situations)
        self.known_papers = {str(paper.pk): paper for paper in papers}
        self.result: EligibilityResult | None = None
        self.kept: list[str] = []
        kwargs["initial"] = {
            "checked_on": on,
            "registered_since": beneficiary.jobseeker_since,
            "evidence": list(self.known_papers),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        if self.registration_known:
            for name in ASKED_ONCE:
                del self.fields[name]
        if not self.work:
            del self.fields["stayed_unoccupied"]
        lines = lines_on(regime, on)
        criteria: Any = self.fields["criteria"]
        criteria.choices = [(line.code, line.label) for line in lines if line.ticked_by_hand and line.usable]
        self._offer_papers(lines)

    @property
    def registration_known(self) -> bool:
        """Whether the file knows a registration that runs today: nothing is asked of it again."""
        return any(kind == SituationKind.REGISTERED and period.contains(self.on) for kind, period in self.known)

    def _offer_papers(self, lines: Sequence[CriterionLine]) -> None:
        """The papers of the file to tick, and room for new ones of the kinds that this law asks for."""
        known: Any = self.fields["evidence"]
        known.choices = [(pk, str(paper)) for pk, paper in self.known_papers.items()]
        kinds = {kind.value for line in lines for kind in line.evidence} | {EvidenceKind.DECISION.value}
        if not self.may_derogate or not derogation_possible(self.regime, self.on):
            kinds.discard(EvidenceKind.DECISION.value)
            for name in ("derogation", "derogation_reason", "over_quota"):
                del self.fields[name]
        choices = [("", _("Choisissez…")), *(choice for choice in EvidenceKind.choices if choice[0] in kinds)]
        for suffix in PAPERS:
            self.fields[f"evidence_kind{suffix}"] = forms.ChoiceField(
                label=_("Pièce vue"), choices=choices, required=False
            )
            self.fields[f"evidence_on{suffix}"] = FrenchDateField(
                label=_("Date de la pièce"), required=False, not_future=True
            )
            self.fields[f"evidence_file{suffix}"] = PaperFileField(label=_("Fichier (facultatif)"), required=False)

    # --- what the page shows --------------------------------------------------------------------------------------

    @cached_property
    def lines(self) -> list[tuple[CriterionLine, Any]]:
        """The criteria in the order of the law; those that are ticked come with their box."""
        boxes = {option.data["value"]: option for option in self["criteria"]}
        found = lines_on(self.regime, self.on, self.result or self._at_first_sight())
        return [(line, boxes.get(line.code)) for line in found]

    def new_papers(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each new paper: its kind, its date, its file."""
        return [
            (self[f"evidence_kind{suffix}"], self[f"evidence_on{suffix}"], self[f"evidence_file{suffix}"])
            for suffix in PAPERS
        ]

    def _at_first_sight(self) -> EligibilityResult:
        """What the file alone says, before anything is typed."""
        periods = list(self.known)
        since = self.beneficiary.jobseeker_since
        if since and not self.registration_known:
            periods.append((SituationKind.REGISTERED, Period(since)))
        return assess(self.regime, profile_of(self.beneficiary, periods, self.on, work=self.work), self.on)

    # --- what is checked ------------------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any] | None:
        """Have the engine judge, then ask whether the papers prove what it found."""
        data = super().clean()
        self._typed = list(self._typed_registrations())
        self._refuse_half_papers()
        on = self.cleaned_data.get("checked_on")
        if on is None or self.errors:
            return data
        derogation = bool(self.cleaned_data.get("derogation"))
        periods = [*self.known, *((one.kind, Period.from_inclusive(one.starts_on, one.ends_on)) for one in self._typed)]
        profile = profile_of(
            self.beneficiary,
            periods,
            on,
            ticked=self.cleaned_data["criteria"],
            derogation=derogation,
            work=self.work,
            stayed_unoccupied=bool(self.cleaned_data.get("stayed_unoccupied")),
        )
        self.result = assess(self.regime, profile, on)
        if self.result.blocking:
            self._explain_blocking(self.result.blocking)
        elif derogation:
            self._check_derogation()
        else:
            self._check_papers()
        return data

    def _typed_registrations(self) -> Iterator[SituationStatement]:
        if self.registration_known:
            return
        data = self.cleaned_data
        since = data.get("registered_since")
        if data.get("registered") == "yes" and "registered_since" not in self.errors:
            if since is None:
                self.add_error("registered_since", ValidationError(_("Écrivez depuis quand."), code="since"))
            else:
                yield SituationStatement(kind=SituationKind.REGISTERED, starts_on=since)
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
                yield SituationStatement(kind=SituationKind.REGISTERED, starts_on=first, ends_on=last)

    def _refuse_half_papers(self) -> None:
        """A paper has a kind and a date; at least one is stated, or ticked among those of the file."""
        data = self.cleaned_data
        stated = False
        for suffix in PAPERS:
            kind, on, file = (data.get(f"evidence_{part}{suffix}") for part in ("kind", "on", "file"))
            stated = stated or bool(kind)
            if not kind and (on or file) and f"evidence_kind{suffix}" not in self.errors:
                self.add_error(
                    f"evidence_kind{suffix}", ValidationError(_("Choisissez ce qu’est cette pièce."), "kind")
                )
            if kind and not on and f"evidence_on{suffix}" not in self.errors:
                self.add_error(f"evidence_on{suffix}", ValidationError(_("Écrivez la date de cette pièce."), "date"))
        if not stated and not data.get("evidence") and "evidence_kind" not in self.errors:
            self.add_error("evidence_kind", ValidationError(_("Indiquez au moins une pièce vue."), code="no_paper"))

    def _kinds_seen(self) -> set[str]:
        """The kinds of all the papers stated."""
        data = self.cleaned_data
        new = {data[f"evidence_kind{suffix}"] for suffix in PAPERS if data.get(f"evidence_kind{suffix}")}
        return new | {self.known_papers[pk].kind for pk in data["evidence"]}

    def _explain_blocking(self, codes: tuple[str, ...]) -> None:
        for code in codes:
            field = "registered" if code == "not_registered" and "registered" in self.fields else None
            self.add_error(field, ValidationError(blocking_words(code), code=code))

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
        if EvidenceKind.DECISION not in self._kinds_seen():
            self.add_error(
                "evidence_kind",
                ValidationError(_("Une dérogation se prouve par la décision qui l’accorde."), code="decision"),
            )

    def _check_papers(self) -> None:
        found = self.result.criteria if self.result else ()
        contradicted = [one for one in self.result.findings if one.contradicted] if self.result else []
        for finding in contradicted:
            if finding.code in self.cleaned_data["criteria"]:
                sentence = _("« %(criterion)s » : %(reason)s") % {"criterion": finding.label, "reason": finding.reason}
                self.add_error("criteria", ValidationError(sentence, code="contradicted"))
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
        kinds = self._kinds_seen()
        self.kept = [code for code in found if any(proven_by(self.regime, [code], kind) for kind in kinds)]
        unproven = [code for code in self.cleaned_data["criteria"] if code in found and code not in self.kept]
        if unproven or not self.kept:
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
            criteria=[] if derogation else self.kept,
            is_derogation=derogation,
            derogation_reason=data["derogation_reason"] if derogation else "",
            over_quota_confirmed=bool(data.get("over_quota")),
            situations=self._typed,
            papers=[
                PaperStatement(
                    kind=data[f"evidence_kind{suffix}"],
                    dated_on=data[f"evidence_on{suffix}"],
                    file=data.get(f"evidence_file{suffix}"),
                )
                for suffix in PAPERS
                if data.get(f"evidence_kind{suffix}")
            ],
            evidence=[UUID(pk) for pk in data["evidence"]],
            stayed_unoccupied=bool(data.get("stayed_unoccupied")),
            confirmed=self.said_yes_to,
        )

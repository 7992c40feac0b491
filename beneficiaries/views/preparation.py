"""What opens pre-hire: eligibility, coachability, signed documents."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.permissions import allows
from beneficiaries.enums import EvidenceKind
from beneficiaries.forms.eligibility import EligibilityForm
from beneficiaries.forms.path import AgreementForm, CoachabilityForm
from beneficiaries.models import CoachabilityCheck, EligibilityCheck, ExceptionRequest, TrustAgreement
from beneficiaries.registries import known_work
from beneficiaries.rules.agreements import AgreementKind
from beneficiaries.selectors.derogations import DerogationQuota, quota_with
from beneficiaries.selectors.eligibility import derogation_possible, late_registration, regime_of
from beneficiaries.selectors.snapshots import read_snapshot
from beneficiaries.services.derogations import granted_derogation
from beneficiaries.services.path import check_coachability, check_eligibility, sign_agreement
from beneficiaries.views.case_file import TO_PATH, CaseActView, CaseFileMixin
from foundation.rules.periods import age_on


class EligibilityView(CaseActView):
    """The check, made once and frozen with its evidence."""

    form_class = EligibilityForm
    template_name = "beneficiaries/eligibility.html"
    page_title = gettext_lazy("Vérifier l’éligibilité")
    submit_label = gettext_lazy("Enregistrer et figer")
    success_message = gettext_lazy("L’éligibilité est vérifiée. Elle est figée avec ses pièces.")
    case_select = ("eligibility",)
    case_prefetch = ("beneficiary__situations", "evidences")
    leads_to = TO_PATH.at("preparation")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back to the path when nothing is left to check."""
        if hasattr(self.case, "eligibility"):
            messages.info(request, _("L’éligibilité de cette personne est déjà vérifiée et figée."))
            return redirect(self.leads_to.address(self))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The law of the organisation, what the file knows, and the day."""
        regime = regime_of(self.case.organisation, self.on)
        return {
            **super().get_form_kwargs(),
            "regime": regime,
            "beneficiary": self.case.beneficiary,
            "on": self.on,
            "situations": self.case.beneficiary.situations.all(),
            "papers": [paper for paper in self.case.evidences.all() if paper.kind != EvidenceKind.AGREEMENT],
            "work": known_work(self.case.beneficiary),
            "quota": self.quota if derogation_possible(regime, self.on) else None,
            "may_derogate": self.granted is not None or allows(self.actor, "beneficiaries.decide_exception", self.case),
        }

    @cached_property
    def quota(self) -> DerogationQuota:
        """Where one more derogation would stand today."""
        return quota_with(self.case, self.on)

    @cached_property
    def granted(self) -> ExceptionRequest | None:
        """The derogation that the coordination granted for the case."""
        return granted_derogation(self.case)

    def get_initial(self) -> dict[str, Any]:
        """The reason of a derogation that was granted: it is ready to be used."""
        return {"derogation_reason": self.granted.reason} if self.granted is not None else {}

    def act(self, form: EligibilityForm) -> EligibilityCheck:
        """Freeze what was established."""
        return check_eligibility(case=self.case, statement=form.statement(), actor=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the law, and what of the person's record the engine reads."""
        birth = self.case.beneficiary.birth_date
        situations = self.case.beneficiary.situations.all()
        return super().get_context_data(
            regime=regime_of(self.case.organisation, self.on),
            age=age_on(birth, self.on) if birth else None,
            situations=situations,
            register_by=late_registration(situations, self.on),
            **kwargs,
        )


class FrozenEligibilityView(CaseFileMixin, TemplateView):
    """What was frozen, as it was that day."""

    template_name = "beneficiaries/eligibility_frozen.html"
    tab_name = "beneficiaries:case_path"
    case_select = ("eligibility__checked_by",)

    def prepare(self) -> None:
        """Nothing is shown of what was not checked."""
        if not hasattr(self.case, "eligibility"):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check = self.case.eligibility
        return super().get_context_data(check=check, frozen=read_snapshot(check), **kwargs)


class CoachabilityView(CaseActView):
    """The four conditions; seen again, they replace what was there."""

    form_class = CoachabilityForm
    page_title = gettext_lazy("Coachabilité")
    case_select = ("coachability",)
    leads_to = TO_PATH.at("preparation")

    def get_initial(self) -> dict[str, Any]:
        """What was seen the last time, today."""
        seen: CoachabilityCheck | None = getattr(self.case, "coachability", None)
        known = (
            {name: getattr(seen, name) for name in ("volunteer", "informed", "available", "ordinary_job")}
            if seen
            else {}
        )
        return {**known, "checked_on": self.on}

    def act(self, form: CoachabilityForm) -> CoachabilityCheck:
        data = form.cleaned_data
        return check_coachability(
            case=self.case,
            volunteer=data["volunteer"],
            informed=data["informed"],
            available=data["available"],
            ordinary_job=data["ordinary_job"],
            on=data["checked_on"],
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        """Say whether the four are met."""
        if self.result.is_complete:
            return _("Les quatre conditions de coachabilité sont réunies.")
        return _("C’est noté. Les quatre conditions ne sont pas encore réunies.")


class AgreementView(CaseActView):
    """A document was signed."""

    form_class = AgreementForm
    page_title = gettext_lazy("Enregistrer une signature")
    case_prefetch = ("agreements",)
    leads_to = TO_PATH.at("preparation")

    @property
    def signed(self) -> frozenset[str]:
        """The documents that the case has already."""
        return frozenset(agreement.kind for agreement in self.case.agreements.all())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back to the path when every document is signed."""
        if self.signed >= set(AgreementKind.values):
            messages.info(request, _("Tous les documents sont déjà enregistrés pour ce dossier."))
            return redirect(self.leads_to.address(self))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """What is signed already is not offered."""
        return {**super().get_form_kwargs(), "signed": self.signed}

    def get_initial(self) -> dict[str, Any]:
        """The document that the link names, today."""
        house = self.case.organisation.short_name or self.case.organisation.name
        return {
            "kind": self.request.GET.get("document", ""),
            "signed_on": self.on,
            "signatories": f"{self.case.beneficiary.full_name}, {self.actor.get_full_name()} ({house})",
        }

    def act(self, form: AgreementForm) -> TrustAgreement:
        data = form.cleaned_data
        return sign_agreement(
            case=self.case,
            kind=data["kind"],
            signed_on=data["signed_on"],
            third_party=data["third_party"],
            signatories=data["signatories"],
            file=data["file"],
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        label = cast(TrustAgreement, self.result).get_kind_display()
        return _("Signature enregistrée : %(document)s.") % {"document": label}

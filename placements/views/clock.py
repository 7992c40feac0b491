"""How the 24-month deadline comes about, and what a decision or a contract would change to it."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.parameters import Key, value_on
from beneficiaries.enums import ExceptionCode
from beneficiaries.models import CoachingCase
from beneficiaries.services.elsewhere import note_days_elsewhere
from beneficiaries.views.case_file import CaseActView, CaseFileMixin
from beneficiaries.views.exceptions import ExceptionAskView
from foundation.formatting import days_words
from foundation.ways import Way
from placements.enums import RequestState
from placements.forms.clocks import (
    DecisionForm,
    ElsewhereForm,
    ExtensionForm,
    StillHoldsForm,
    SuspensionEndForm,
    SuspensionForm,
)
from placements.forms.hiring import DatedReasonForm
from placements.models import ClockExtension, ClockSuspension
from placements.rules.clocks import Suspension
from placements.selectors.clock_page import clock_page, suspension_words
from placements.selectors.clocks import ClockFacts
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.what_if import Shift, shift, with_extension, with_suspension, without_suspension
from placements.services import clocks as services
from placements.views.base import JOBS_TAB, EffectActView

CLOCK_PAGE = "placements:case_clock"
TO_CLOCK = Way(CLOCK_PAGE, "case.pk", words=gettext_lazy("Retour au calcul"), next_wins=True)

# Lengths of an extension whose deadline is told before anything is typed.
TOLD_MONTHS = (1, 2, 3, 6, 9, 12)


class CaseClockView(CaseFileMixin, TemplateView):
    """« Comment cette date est calculée », line by line; the suspensions and the extensions."""

    template_name = "placements/clock.html"
    tab_name = JOBS_TAB

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["page"] = clock_page(self.case, self.actor, self.on)
        return context


class ClockActView(EffectActView):
    """The page of one act on the 24 months."""

    leads_to = TO_CLOCK


class SuspensionRequestView(ClockActView):
    """Somebody who cannot look for work for a while: the days may be left out of the count."""

    form_class = SuspensionForm
    page_title = gettext_lazy("Demander une suspension")
    submit_label = gettext_lazy("Envoyer la demande")
    effect_label = gettext_lazy("Si elle est approuvée")
    leads_to = TO_CLOCK.at("suspensions")
    consequences = (
        gettext_lazy("Rien ne change tant que la coordination n’a pas approuvé la demande."),
        gettext_lazy("Une fois approuvée, les jours suspendus ne comptent pas dans les 24 mois."),
        gettext_lazy("Un jour déjà couvert par un contrat qui arrête l’horloge ne compte pas deux fois."),
    )
    success_message = gettext_lazy("La demande est envoyée : elle attend la décision de la coordination.")

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """As if it were approved."""
        if not values.get("starts_on"):
            return None
        return with_suspension(facts, Suspension(values["starts_on"], values.get("ends_on")))

    def act(self, form: SuspensionForm) -> ClockSuspension:
        return services.request_suspension(case=self.case, request=form.request(), actor=self.actor)


class OneSuspensionView(ClockActView):
    """An act on one suspension of the case; that of another case is a 404."""

    permission = "placements.decide_clock"
    leads_to = TO_CLOCK.at("suspensions")
    # The states in which there is something to do.
    open_states: ClassVar[tuple[str, ...]] = (RequestState.REQUESTED, RequestState.APPROVED)

    @cached_property
    def suspension(self) -> ClockSuspension:
        """The suspension that the address names."""
        rows = ClockSuspension.objects.select_related("requested_by", "decided_by")
        found: ClockSuspension = get_object_or_404(rows, case=self.case, pk=self.kwargs["suspension_id"])
        found.case = self.case
        return found

    def prepare(self) -> None:
        """Find it first: what does not exist here is a 404, whatever is asked."""
        super().prepare()
        _found = self.suspension

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Send back to the list when somebody else has settled it."""
        if self.suspension.state not in self.open_states:
            messages.info(
                request, _("Cette suspension est déjà %(state)s.") % {"state": self.suspension.get_state_display()}
            )
            return redirect(self.leads_to.address(self))
        return super().get(request, *args, **kwargs)

    @property
    def approved(self) -> Suspension | None:
        """What of it counts already."""
        counts = self.suspension.state == RequestState.APPROVED
        return self.suspension.as_suspension() if counts else None

    def get_page_lead(self) -> str:
        return suspension_words(self.suspension)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(suspension=self.suspension, **kwargs)


class SuspensionDecideView(OneSuspensionView):
    """The coordinator's answer."""

    form_class = DecisionForm
    template_name = "placements/suspension_decide.html"
    page_title = gettext_lazy("Décider d’une suspension")
    submit_label = gettext_lazy("Enregistrer la décision")
    open_states = (RequestState.REQUESTED,)
    can_preview = False
    effect_label = gettext_lazy("Si vous approuvez")
    consequences = (gettext_lazy("Refusée, la demande reste ici avec le motif du refus, et rien ne change."),)

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """As if it were approved."""
        return with_suspension(facts, self.suspension.as_suspension(), instead_of=self.approved)

    def act(self, form: DecisionForm) -> ClockSuspension:
        data = form.cleaned_data
        return services.decide_suspension(
            suspension=self.suspension,
            approved=data["approved"] == "oui",
            on=data["on"],
            note=data["note"],
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        if self.result.state == RequestState.APPROVED:
            return _("La suspension est approuvée : l’échéance est recalculée.")
        return _("La demande est refusée, avec son motif.")


class SuspensionEndView(OneSuspensionView):
    form_class = SuspensionEndForm
    page_title = gettext_lazy("Donner le dernier jour de la suspension")
    submit_label = gettext_lazy("Enregistrer le dernier jour")
    success_message = gettext_lazy("Le dernier jour est enregistré : l’échéance est recalculée.")
    consequences = (gettext_lazy("L’horloge repart le lendemain du dernier jour suspendu."),)

    def get_initial(self) -> dict[str, Any]:
        """The day known, else today."""
        return {"ends_on": self.suspension.ends_on or max(self.on, self.suspension.starts_on)}

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """With the last day that is typed."""
        last: date | None = values.get("ends_on")
        if self.approved is None or last is None or last < self.suspension.starts_on:
            return None
        return with_suspension(facts, Suspension(self.suspension.starts_on, last), instead_of=self.approved)

    def act(self, form: SuspensionEndForm) -> ClockSuspension:
        return services.end_suspension(suspension=self.suspension, actor=self.actor, **form.cleaned_data)


class SuspensionConfirmView(OneSuspensionView):
    """A suspension without an end was looked at: it still holds."""

    form_class = StillHoldsForm
    permission = "beneficiaries.change_case"
    page_title = gettext_lazy("La suspension tient toujours ?")
    submit_label = gettext_lazy("Oui, elle tient toujours")
    success_message = gettext_lazy("C’est noté : la suspension tient toujours, et sera revue plus tard.")
    can_preview = False

    @property
    def consequences(self) -> tuple[str, ...]:
        days = value_on(Key.SUSPENSION_REVIEW_DAYS, self.on, self.case.organisation_id)
        return (
            _("Elle sera à revoir dans %(days)s.") % {"days": days_words(days)},
            _("Si la personne est revenue, la coordination donne plutôt le dernier jour."),
        )

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """Nothing moves."""
        return None

    def act(self, form: StillHoldsForm) -> ClockSuspension:
        return services.confirm_suspension(suspension=self.suspension, actor=self.actor, **form.cleaned_data)


class SuspensionCancelView(OneSuspensionView):
    """A suspension made by mistake."""

    form_class = DatedReasonForm
    page_title = gettext_lazy("Annuler une suspension")
    submit_label = gettext_lazy("Annuler la suspension")
    success_message = gettext_lazy("La suspension est annulée, avec son motif.")
    consequences = (gettext_lazy("Elle reste visible ici, marquée « annulée », et ne compte plus."),)
    can_preview = False
    danger = True

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.on}

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """Without it."""
        return without_suspension(facts, self.approved) if self.approved else facts

    def act(self, form: DatedReasonForm) -> ClockSuspension:
        return services.cancel_suspension(suspension=self.suspension, actor=self.actor, **form.cleaned_data)


class ElsewhereView(CaseActView):
    """Days of the 24 months already used at another organisation."""

    form_class = ElsewhereForm
    page_title = gettext_lazy("Jours déjà utilisés ailleurs")
    leads_to = TO_CLOCK.at("calcul")
    success_message = gettext_lazy("Les jours utilisés ailleurs sont notés : l’échéance est recalculée.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """A correction says why."""
        return {**super().get_form_kwargs(), "corrects": self.case.elsewhere_days > 0}

    def get_initial(self) -> dict[str, Any]:
        """What was noted before."""
        case = self.case
        if not case.elsewhere_days:
            return {}
        names = ("elsewhere_at", "elsewhere_from", "elsewhere_until", "elsewhere_days")
        return {name: getattr(case, name) for name in names}

    def act(self, form: ElsewhereForm) -> CoachingCase:
        return note_days_elsewhere(case=self.case, statement=form.stated(), actor=self.actor)


class ExtensionAskView(ExceptionAskView):
    """Months beyond the 24, asked of the coordination."""

    code = ExceptionCode.EXTENSION
    page_title = gettext_lazy("Demander une prolongation des 24 mois")


class ExtensionGrantView(ClockActView):
    """Months added to the 24 in writing."""

    form_class = ExtensionForm
    template_name = "placements/extension_grant.html"
    permission = "placements.decide_clock"
    page_title = gettext_lazy("Accorder une prolongation")
    submit_label = gettext_lazy("Accorder la prolongation")
    leads_to = TO_CLOCK.at("prolongations")
    consequences = (
        gettext_lazy("Les mois s’ajoutent aux 24, à partir du premier jour de la pré-embauche."),
        gettext_lazy("Une horloge épuisée repart si le nouveau délai n’est pas encore écoulé."),
        gettext_lazy("Elle peut se reprendre tant que ses mois n’ont pas commencé, avec un motif."),
    )

    def get_initial(self) -> dict[str, Any]:
        """Today, and what the page shows of the extensions granted before."""
        load_jobs(self.case)
        return {"granted_on": self.on, "already_granted": len(self.case.extensions.all())}

    def trial(self, facts: ClockFacts, values: dict[str, Any]) -> ClockFacts | None:
        """With the months that are typed."""
        months: int | None = values.get("months")
        return with_extension(facts, months) if months else None

    def act(self, form: ExtensionForm) -> ClockExtension:
        data = form.cleaned_data
        return services.grant_extension(
            case=self.case,
            months=data["months"],
            reason=data["reason"],
            document=data["document"],
            on=data["granted_on"],
            already_granted=data["already_granted"],
            file=data["file"],
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str:
        return _("%(months)s mois sont ajoutés : l’échéance est recalculée.") % {"months": self.result.months}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the deadline that each usual length would give."""
        return super().get_context_data(lengths=self.lengths(), **kwargs)

    def lengths(self) -> list[tuple[int, Shift]]:
        """Months, and what they change."""
        facts = loaded_clock_facts(self.case).started_by(self.on)
        found = ((months, shift(facts, with_extension(facts, months), self.on)) for months in TOLD_MONTHS)
        return [(months, change) for months, change in found if change is not None]

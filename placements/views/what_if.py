"""« Et si » : trying a contract or a suspension on a case. The address holds the trial; nothing is written."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.views.case_file import CaseMixin
from employers.enums import ContractType
from employers.models import Company
from foundation.formatting import days_words
from foundation.views import PageView
from foundation.ways import Way
from method.components import ClockFacts as ClockShown
from placements.enums import RequestState, SuspensionReason
from placements.forms.clocks import WhatIfForm
from placements.models import ClockSuspension, Employment
from placements.selectors.clock_page import Step, steps
from placements.selectors.clocks import ClockFacts
from placements.selectors.clocks_shown import followup_shown, prehire_shown
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.what_if import FollowUpShift, Shift, followup_shift, shift, with_contract, with_suspension


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What the tried contract and suspension would change, and the calculation that says so."""

    prehire: Shift | None
    followup: FollowUpShift
    clocks: tuple[ClockShown, ClockShown]
    steps: tuple[Step, ...]
    remarks: tuple[str, ...]
    has_contract: bool


class WhatIfView(CaseMixin, PageView):
    """Both clocks, as they are and as they would be."""

    template_name = "placements/what_if.html"
    page_title = gettext_lazy("Et si…")
    leads_to = Way("placements:case_clock", "case.pk", words=gettext_lazy("Comment l’échéance est calculée"))

    def get_page_lead(self) -> str | Promise:
        """Whose case, and that nothing is written."""
        return _("%(name)s – essayez un contrat ou une suspension : rien n’est enregistré.") % {
            "name": self.case.beneficiary.full_name
        }

    @cached_property
    def jobs(self) -> list[Employment]:
        """The contracts that count."""
        return [job for job in load_jobs(self.case) if job.cancelled_on is None]

    @cached_property
    def firms(self) -> dict[UUID, Company]:
        """The firms where the person works or has worked, by name."""
        known = {job.company_id: job.company for job in self.jobs}
        return dict(sorted(known.items(), key=lambda pair: (pair[1].name, pair[0])))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form, the clocks as they are, and the trial."""
        facts = loaded_clock_facts(self.case)
        form = WhatIfForm(self.request.GET or None, firms=self.firms)
        started = facts.prehire_started_on is not None
        tried = self.try_out(facts, form) if started and self.case.is_open and form.tries_something else None
        now = (prehire_shown(facts, self.jobs, self.on), followup_shown(facts, self.jobs, self.on))
        return super().get_context_data(form=form, now=now, trial=tried, started=started, **kwargs)

    def try_out(self, facts: ClockFacts, form: WhatIfForm) -> Trial:
        """The facts with what is tried, and what they give. The rows are built in memory and never saved."""
        jobs, contract = list(self.jobs), None
        suspensions = list(self.case.suspensions.all())
        after = facts
        if form.cleaned_data["contrat"]:
            job = self._tried_job(form)
            contract = job.as_contract()
            jobs = sorted([*jobs, job], key=lambda one: one.starts_on)
            after = with_contract(after, contract)
        if form.cleaned_data["arret"]:
            row = self._tried_suspension(form)
            suspensions.append(row)
            after = with_suspension(after, row.as_suspension())
        explanation = after.explained(self.on)
        return Trial(
            prehire=shift(facts, after, self.on),
            followup=followup_shift(facts, after, contract, self.on),
            clocks=(prehire_shown(after, jobs, self.on), followup_shown(after, jobs, self.on)),
            steps=tuple(steps(self.case, explanation, jobs, suspensions)) if explanation else (),
            remarks=tuple(self._remarks(facts, contract)),
            has_contract=contract is not None,
        )

    def _tried_job(self, form: WhatIfForm) -> Employment:
        data = form.cleaned_data
        firm = next((firm for pk, firm in self.firms.items() if str(pk) == data["employeur"]), None)
        return Employment(
            case=self.case,
            company=firm or Company(name=_("un autre employeur")),
            contract_type=data["contrat"],
            job_title=_("Contrat essayé"),
            starts_on=data["debut"],
            ends_on=data["fin"],
        )

    def _tried_suspension(self, form: WhatIfForm) -> ClockSuspension:
        return ClockSuspension(
            case=self.case,
            reason=SuspensionReason.OTHER,
            starts_on=form.cleaned_data["arret"],
            ends_on=form.cleaned_data["reprise"],
            state=RequestState.APPROVED,
        )

    def _remarks(self, facts: ClockFacts, contract: Any) -> list[str]:
        """What the figures alone would not say."""
        said: list[str] = []
        if contract is None:
            return said
        kind = str(ContractType(contract.type).label)
        if contract.type not in facts.policy.stopping_types:
            said.append(_("%(contract)s : ce type de contrat n’arrête pas l’horloge des 24 mois.") % {"contract": kind})
        if contract.type not in facts.policy.followed_types:
            said.append(_("%(contract)s : ce type de contrat n’ouvre pas de suivi.") % {"contract": kind})
        clock = facts.prehire(self.on)
        if clock is not None and clock.deadline is not None and contract.starts_on >= clock.deadline:
            said.append(_("Il commencerait après l’échéance : il viendrait trop tard pour la repousser."))
        worked = contract.worked.days()
        if worked is not None and contract.type in facts.policy.stopping_types:
            said.append(_("Du premier au dernier jour : %(days)s.") % {"days": days_words(worked)})
        return said

"""Making sure whether somebody is still at work: from their contract, and from the list of jobs nobody has news of."""

from datetime import date
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.views import PageView, paginate
from placements.forms.verifying import TakeBackForm, VerifyForm
from placements.models import EmploymentVerification
from placements.selectors.discretion import is_hidden
from placements.selectors.to_verify import jobs_to_verify
from placements.services.verifying import take_back_verification, verify_employment
from placements.views.base import TO_JOBS, EmploymentMixin, JobActView

PER_PAGE = 20


class VerifyView(EmploymentMixin, JobActView):
    """One asked: the person was still at work, or the job was over."""

    form_class = VerifyForm
    page_title = gettext_lazy("Vérifier l’emploi")
    submit_label = gettext_lazy("Enregistrer la vérification")
    success_message = gettext_lazy("La vérification est enregistrée : l’emploi est observé jusqu’à ce jour.")
    leads_to = TO_JOBS
    consequences = (
        gettext_lazy("L’emploi compte comme observé jusqu’à ce jour dans les rapports et dans l’onglet Emploi."),
        gettext_lazy("Rien n’est supposé après ce jour : une autre vérification ira plus loin."),
    )

    def get_page_lead(self) -> str:
        return f"{self.case.beneficiary.full_name} – {self.employment}"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whether the employer may be asked."""
        return {**super().get_form_kwargs(), "hides_employer": is_hidden(self.employment)}

    def get_initial(self) -> dict[str, Any]:
        return {"asked_on": self.on, "seen_on": self._asked_about()}

    def _asked_about(self) -> date:
        """Today, or the written last day once it is over."""
        last: date | None = self.employment.ends_on
        return self.on if last is None else min(last, self.on)

    def act(self, form: VerifyForm) -> EmploymentVerification:
        return verify_employment(employment=self.employment, found=form.verification(), actor=self.actor)


class TakeBackView(EmploymentMixin, JobActView):
    """A verification that was noted wrong."""

    form_class = TakeBackForm
    page_title = gettext_lazy("Reprendre une vérification")
    submit_label = gettext_lazy("Reprendre")
    success_message = gettext_lazy("La vérification est reprise : elle reste dans l’historique et ne compte plus.")
    leads_to = TO_JOBS
    consequences = (
        gettext_lazy("L’emploi n’est plus observé par elle ; les rapports la perdent, sauf ceux qui sont envoyés."),
        gettext_lazy("Une fin qu’elle avait fait écrire reste au contrat, où une coordination la corrige."),
    )

    @cached_property
    def verification(self) -> EmploymentVerification:
        """The one of the address: of this contract, and still standing."""
        rows = EmploymentVerification.objects.standing().filter(employment=self.employment)
        found = rows.filter(pk=self.kwargs["verification_id"]).first()
        if found is None:
            raise Http404
        return found

    def get_page_lead(self) -> str:
        return _("%(job)s, vérifié le %(day)s") % {
            "job": self.employment,
            "day": f"{self.verification.asked_on:%d/%m/%Y}",
        }

    def act(self, form: TakeBackForm) -> EmploymentVerification:
        return take_back_verification(
            verification=self.verification, reason=form.cleaned_data["reason"], actor=self.actor
        )


# In the address: only the cases of whoever reads, and of those for whom they stand in.
MINE = "les-miens"


class ToVerifyView(PermissionRequiredMixin, PageView):
    """The jobs of people who left, whose retention is asked and of which nobody has news."""

    template_name = "placements/to_verify.html"
    permission = "accounts.read_names"
    page_title = gettext_lazy("Emplois à vérifier")
    page_lead = gettext_lazy(
        "Après la sortie, rien n’est supposé : un emploi sans nouvelles sort des chiffres de maintien jusqu’à ce que "
        "quelqu’un vérifie."
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_mine = MINE in self.request.GET
        mine = [self.actor.pk, *self.actor.replaced_coaches] if is_mine else None
        found = jobs_to_verify(self.actor, today(), mine)
        page = paginate(self.request, found, PER_PAGE)
        for line in page.object_list:
            line.may_verify = allows(self.actor, "beneficiaries.change_case", line.job.case)
        return super().get_context_data(page_obj=page, is_mine=is_mine, **kwargs)

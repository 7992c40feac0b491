"""Making sure whether somebody is still at work: from their contract, and from the list of jobs nobody has news of."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from foundation.clock import today
from foundation.views import PageView, paginate
from placements.forms.verifying import VerifyForm
from placements.models import EmploymentVerification
from placements.selectors.discretion import is_hidden
from placements.selectors.to_verify import jobs_to_verify
from placements.services.verifying import verify_employment
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
        return str(self.employment)

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

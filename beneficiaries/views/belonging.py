"""Where a case belongs: the page that shows and changes it, its corrections, and the move of a whole project."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Project
from accounts.views.mixins import PermissionRequiredMixin
from beneficiaries.forms.belonging import BelongingChangeForm, BelongingCorrectForm, MoveCasesForm, ReferralForm
from beneficiaries.forms.corrections import ReasonForm
from beneficiaries.forms.handover import ticked_in
from beneficiaries.models import CaseBelonging, CoachingCase
from beneficiaries.selectors.belonging import belongings_of, open_cases_in
from beneficiaries.services.belonging import (
    change_belonging,
    correct_belonging,
    correct_referral,
    move_cases,
    withdraw_belonging,
)
from beneficiaries.views.case_file import CaseActView, to_case
from foundation.views import ActFormView
from foundation.ways import Way

TO_BELONGING = to_case("beneficiaries:case_path").at("rattachement")


class BelongingChangeView(CaseActView):
    """The case goes on in another project, at another site or with another referrer, from a day on."""

    form_class = BelongingChangeForm
    template_name = "beneficiaries/belonging.html"
    permission = "beneficiaries.correct_case"
    page_title = gettext_lazy("Changer le rattachement")
    submit_label = gettext_lazy("Changer à partir de ce jour")
    success_message = gettext_lazy("Le dossier est rattaché autrement ; ce qui précède reste où c’était.")
    leads_to = TO_BELONGING

    @cached_property
    def rows(self) -> list[CaseBelonging]:
        """Where the case belonged, in order."""
        return belongings_of(self.case)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "viewer": self.actor, "row": self.rows[-1]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(belongings=self.rows, **kwargs)

    def act(self, form: BelongingChangeForm) -> CaseBelonging:
        data = form.cleaned_data
        return change_belonging(
            case=self.case,
            belonging=form.belonging(),
            on=data["on"],
            reason=data["reason"],
            actor=self.actor,
            shown=data["shown"],
        )


class BelongingMixin(CaseActView):
    """A page about one row of where the case belonged."""

    permission = "beneficiaries.correct_case"
    leads_to = TO_BELONGING
    row: CaseBelonging

    def prepare(self) -> None:
        """Find the row of this case."""
        rows = CaseBelonging.objects.select_related("project", "site", "referrer").filter(case=self.case)
        self.row = get_object_or_404(rows, pk=self.kwargs["belonging_id"])
        self.row.case = self.case


class BelongingCorrectView(BelongingMixin):
    """It was typed wrong: as if it had been written so at once."""

    form_class = BelongingCorrectForm
    page_title = gettext_lazy("Corriger le rattachement")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("Le rattachement est corrigé ; l’ancien reste dans l’historique.")

    def get_page_lead(self) -> str | Promise:
        words = _("%(name)s. Heures et rapports de ces jours suivent ; ce qui est signé ou envoyé ne change pas.")
        return words % {"name": self.case.beneficiary.full_name}

    def get_form_kwargs(self) -> dict[str, Any]:
        is_first = self.row.starts_on == self.case.opened_on
        return {**super().get_form_kwargs(), "viewer": self.actor, "row": self.row, "is_first": is_first}

    def act(self, form: BelongingCorrectForm) -> CaseBelonging:
        data = form.cleaned_data
        return correct_belonging(
            row=self.row,
            belonging=form.belonging(),
            starts_on=data["starts_on"],
            reason=data["reason"],
            actor=self.actor,
        )


class BelongingWithdrawView(BelongingMixin):
    """The change never was."""

    form_class = ReasonForm
    template_name = "beneficiaries/case_confirm.html"
    page_title = gettext_lazy("Retirer ce changement de rattachement ?")
    submit_label = gettext_lazy("Retirer le changement")
    success_message = gettext_lazy("Le changement est retiré ; il reste dans l’historique.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consequences = (
            _("« %(row)s » disparaît : le dossier reste là où il était avant.") % {"row": self.row},
            _("Les heures et les rapports de ces jours reviennent à l’ancien projet ; ce qui est signé ne change pas."),
        )
        return super().get_context_data(consequences=consequences, **kwargs)

    def act(self, form: ReasonForm) -> None:
        withdraw_belonging(row=self.row, reason=form.cleaned_data["reason"], actor=self.actor)


class ReferralCorrectView(CaseActView):
    """The day on which the person was sent was typed wrong."""

    form_class = ReferralForm
    permission = "beneficiaries.correct_case"
    page_title = gettext_lazy("Corriger la date d’orientation")
    submit_label = gettext_lazy("Corriger")
    success_message = gettext_lazy("La date d’orientation est corrigée ; l’ancienne reste dans l’historique.")
    leads_to = TO_BELONGING

    def get_initial(self) -> dict[str, Any]:
        return {"referred_on": self.case.referred_on}

    def act(self, form: ReferralForm) -> CoachingCase:
        return correct_referral(case=self.case, actor=self.actor, **form.cleaned_data)


class MoveCasesView(PermissionRequiredMixin, ActFormView):
    """The open cases of a project that ends go on in the next one, from a day on, once it is confirmed."""

    template_name = "beneficiaries/move_cases.html"
    form_class = MoveCasesForm
    permission = "beneficiaries.correct_case"
    submit_label = gettext_lazy("Voir ce que ça change")
    leads_to = Way("beneficiaries:caseload_list", words=gettext_lazy("Transmettre des dossiers"))

    @cached_property
    def project(self) -> Project:
        """The project that the cases leave."""
        found: Project = get_object_or_404(Project.objects.visible_to(self.actor), pk=self.kwargs["project_id"])
        return found

    def get_permission_object(self) -> Any:
        return None

    def get_page_title(self) -> str | Promise:
        return _("Déplacer les dossiers du projet %(code)s") % {"code": self.project.code}

    def get_form_kwargs(self) -> dict[str, Any]:
        """The open cases of the project, and those that were ticked before somebody else moved them."""
        return {
            **super().get_form_kwargs(),
            "project": self.project,
            "successors": Project.objects.visible_to(self.actor).order_by("code", "pk"),
            "cases": open_cases_in(self.actor, self.project, ticked_in(self.request.POST)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("preview", False)
        return super().get_context_data(project=self.project, **kwargs)

    def form_valid(self, form: MoveCasesForm) -> HttpResponse:
        """Show what will change, until it is confirmed or corrected."""
        if "correct" in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, preview=True))

    def act(self, form: MoveCasesForm) -> list[CaseBelonging]:
        data = form.cleaned_data
        return move_cases(
            project=self.project,
            successor=data["successor"],
            cases=form.chosen(),
            on=data["on"],
            reason=data["reason"],
            actor=self.actor,
        )

    def get_success_message(self, form: Any) -> str | Promise:
        number = len(self.result)
        return ngettext("%(n)s dossier est déplacé.", "%(n)s dossiers sont déplacés.", number) % {"n": number}

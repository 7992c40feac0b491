"""Jobs to be filled: the list, one job with its objectivation, and what becomes of it."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.views.mixins import PermissionRequiredMixin
from employers import selectors
from employers.enums import VacancyState
from employers.forms.vacancies import (
    CloseVacancyForm,
    CompanyChoiceForm,
    RequirementRows,
    VacancyFilter,
    VacancyForm,
    requirement_rows,
    typed_rows,
)
from employers.models import Company, Vacancy
from employers.registries import vacancy_figures, vacancy_panels_for
from employers.services import vacancies as services
from employers.views.base import CHANGE, VIEW, VacancyMixin
from foundation.choosing import WORDS
from foundation.clock import today
from foundation.components import SummaryRow
from foundation.keyset import SortKey
from foundation.views import ActFormView, ConfirmActView, FilteredListMixin, PageMixin, PageView, PartialMixin
from foundation.ways import Way

# The button that asks for more rows of requirements, without writing anything.
MORE_ROWS = "more_rows"


class VacancyListView(PermissionRequiredMixin, PartialMixin, FilteredListMixin, PageView):
    """The jobs that firms announced, those still open unless another state is asked."""

    permission = VIEW
    filterset_class = VacancyFilter
    template_name = "employers/vacancy_list.html"
    partial_template_name = "employers/_vacancy_rows.html"
    page_title = gettext_lazy("Postes à pourvoir")
    keys = (SortKey("opened_on", backwards=True, told=True), SortKey("title"))

    def get_queryset(self) -> QuerySet[Vacancy]:
        """The latest first."""
        return selectors.vacancies(self.actor)

    def get_rows(self, page: list[Vacancy]) -> list[selectors.VacancyRow]:
        return selectors.vacancy_rows(page, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the columns that other apps bring."""
        can_change = allows(self.actor, CHANGE, self.actor.current_organisation)
        return super().get_context_data(figures=vacancy_figures, today=today(), can_change=can_change, **kwargs)


class VacancyDetailView(VacancyMixin, PageView):
    """One job: its tasks, what is asked and what they really need, its conditions, whom it was proposed to."""

    template_name = "employers/vacancy_detail.html"
    leads_to = Way("employers:vacancy_list", words=gettext_lazy("Postes à pourvoir"), next_wins=True)

    def get_page_title(self) -> str:
        return self.vacancy.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this app and the others know of the job."""
        return super().get_context_data(
            tasks=[line.strip(" -•\t") for line in self.vacancy.tasks.splitlines() if line.strip(" -•\t")],
            requirements=list(self.vacancy.requirements.all()),
            facts=vacancy_facts(self.vacancy),
            panels=vacancy_panels_for(self.vacancy, self.actor, today()),
            **kwargs,
        )


def vacancy_facts(vacancy: Vacancy) -> list[SummaryRow]:
    """The conditions of the job, as terms and values."""
    hours = _("%(hours)s h par semaine") % {"hours": vacancy.hours} if vacancy.hours else ""
    return [
        SummaryRow(_("Contrat proposé"), vacancy.get_contract_type_display()),
        SummaryRow(_("Temps de travail"), hours),
        SummaryRow(_("Horaire"), vacancy.schedule),
        SummaryRow(_("Lieu de travail"), vacancy.place),
        SummaryRow(_("Salaire"), vacancy.wage),
        SummaryRow(_("Places"), vacancy.positions),
        SummaryRow(_("Personne de référence"), str(vacancy.contact or "")),
    ]


TO_VACANCY = Way("employers:vacancy_detail", "vacancy.pk", words=lambda page: page.vacancy.title)


class VacancyFormView(ActFormView):
    """The form of a job: the job itself, then its requirements, one row each."""

    template_name = "employers/vacancy_form.html"
    form_class = VacancyForm
    actor: Any

    def get_company(self) -> Company:
        """The firm of the job."""
        raise NotImplementedError

    def get_vacancy(self) -> Vacancy:
        """The job to write."""
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        """The people offered are those of the firm."""
        return {**super().get_form_kwargs(), "company": self.get_company()}

    def initial_requirements(self) -> list[dict[str, Any]]:
        """The rows written before."""
        return []

    @cached_property
    def rows(self) -> RequirementRows:
        """The rows sent by the form, or those written before and a few blank ones."""
        if self.request.method == "POST":
            return requirement_rows(self.request.POST)
        return requirement_rows(initial=self.initial_requirements())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Write the job; or, asked for more rows, show the form again with them and nothing lost."""
        if MORE_ROWS in request.POST:
            return self.show_more_rows()
        form = self.get_form()
        rows_are_right = self.rows.is_valid()
        if form.is_valid() and rows_are_right:
            return self.form_valid(form)
        return self.form_invalid(form)

    def show_more_rows(self) -> HttpResponse:
        """Show what was typed, unjudged, with blank rows after it."""
        sent = self.request.POST
        self.rows = requirement_rows(initial=typed_rows(sent))
        form = VacancyForm(
            company=self.get_company(), initial={name: sent.get(name, "") for name in VacancyForm.base_fields}
        )
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows, every error of both, and the firm."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        errors = [*form.summary_errors(), *self.rows.summary_errors()] if form.is_bound else []
        context.update(rows=self.rows, errors=errors, company=self.get_company())
        return context

    def act(self, form: VacancyForm) -> Vacancy:
        return services.save_vacancy(
            vacancy=self.get_vacancy(),
            requirements=self.rows.requirements(),
            actor=self.actor,
            **form.cleaned_data,
        )


class VacancyCreateView(PermissionRequiredMixin, VacancyFormView):
    """A job that a firm announces; without a firm in the address, the firm is asked first."""

    permission = CHANGE
    page_title = gettext_lazy("Nouveau poste")
    submit_label = gettext_lazy("Enregistrer le poste")
    after = Way("employers:vacancy_detail", "result.pk", next_wins=True)

    @cached_property
    def choice(self) -> CompanyChoiceForm:
        """The firm that the address names, if any, among those that the user sees."""
        sent = self.request.GET if {"entreprise", WORDS.format("entreprise")} & self.request.GET.keys() else None
        return CompanyChoiceForm(sent, viewer=self.actor, create_url=self.create_url)

    @property
    def create_url(self) -> str:
        """The page that writes down a firm and comes back here with it."""
        return f"{reverse('employers:company_create')}?{urlencode({'next': self.request.path})}"

    @cached_property
    def company(self) -> Company | None:
        """The firm named by the address."""
        return self.choice.cleaned_data["entreprise"] if self.choice.is_valid() else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for the firm first."""
        return self.ask_company() if self.company is None else super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A job without a firm is not written."""
        return self.ask_company() if self.company is None else super().post(request, *args, **kwargs)

    def ask_company(self) -> HttpResponse:
        """Show the choice of the firm."""
        context = {
            "form": self.choice,
            "page_title": self.page_title,
            "page_lead": _("Pour quelle entreprise ?"),
            "back": self.get_back(),
            "create_url": self.create_url,
            "has_companies": Company.objects.visible_to(self.actor).exists(),
        }
        self.template_name = "employers/company_choice.html"
        # Django's own context of a form view would build the form of the job.
        return self.render_to_response({"view": self, **context})

    def get_company(self) -> Company:
        """The firm that announces the job."""
        if self.company is None:
            raise LookupError("the firm is asked before the job")
        return self.company

    def get_vacancy(self) -> Vacancy:
        """A new job of that firm."""
        return Vacancy(company=self.get_company())

    def get_page_lead(self) -> str:
        return self.company.name if self.company else ""

    def get_leads_to(self) -> Way:
        """To the firm, once it is known; else to the list."""
        if self.company:
            return Way("employers:company_detail", "company.pk", words=self.company.name)
        return Way("employers:vacancy_list", words=_("Postes à pourvoir"))

    def get_initial(self) -> dict[str, Any]:
        """Announced today, by the person of reference."""
        reference = self.get_company().people.filter(is_reference=True).first()
        return {
            "opened_on": today(),
            "contact": reference.pk if reference else None,
            "contract_type": "CDD",
            "place": self.get_company().town,
        }

    def get_success_message(self, form: Any) -> str:
        return _("Le poste est enregistré.")


class VacancyEditView(VacancyMixin, VacancyFormView):
    """A job is completed, its requirements are questioned."""

    permission = CHANGE
    page_title = gettext_lazy("Modifier le poste")
    success_message = gettext_lazy("Le poste est à jour.")
    leads_to = TO_VACANCY

    def get_company(self) -> Company:
        """The firm of the job: it does not change."""
        company: Company = self.vacancy.company
        return company

    def get_vacancy(self) -> Vacancy:
        return self.vacancy

    def get_page_lead(self) -> str:
        return str(self.vacancy)

    def get_initial(self) -> dict[str, Any]:
        return VacancyForm.initial_of(self.vacancy)

    def initial_requirements(self) -> list[dict[str, Any]]:
        return [
            {"stated": row.stated, "objectivated": row.objectivated, "negotiable": row.negotiable}
            for row in self.vacancy.requirements.all()
        ]


class VacancyActView(VacancyMixin, PageMixin):
    """The page of one act on a job."""

    permission = CHANGE
    leads_to = TO_VACANCY

    def get_page_lead(self) -> str:
        return str(self.vacancy)


class VacancyCloseView(VacancyActView, ActFormView):
    """A job is filled or withdrawn: it is no longer proposed to anybody."""

    form_class = CloseVacancyForm
    page_title = gettext_lazy("Clore le poste")
    submit_label = gettext_lazy("Clore le poste")

    def get_initial(self) -> dict[str, Any]:
        return {"on": today()}

    def act(self, form: CloseVacancyForm) -> Vacancy:
        return services.close_vacancy(vacancy=self.vacancy, actor=self.actor, **form.cleaned_data)

    def get_success_message(self, form: Any) -> str:
        return _("Le poste est %(state)s.") % {"state": self.result.get_state_display()}


class VacancyReopenView(VacancyActView, ConfirmActView):
    """A job closed too early, or that is to be filled again."""

    page_title = gettext_lazy("Rouvrir ce poste ?")
    submit_label = gettext_lazy("Rouvrir le poste")
    danger = False
    consequences = (
        gettext_lazy("Le poste redevient ouvert : il peut de nouveau être proposé."),
        gettext_lazy("Les propositions déjà faites gardent leur histoire."),
    )
    success_message = gettext_lazy("Le poste est de nouveau ouvert.")

    def act(self, form: Any) -> Vacancy:
        return services.close_vacancy(vacancy=self.vacancy, state=VacancyState.OPEN, on=today(), actor=self.actor)

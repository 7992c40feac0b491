"""Firms: who knows them and who is in them."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import allows
from accounts.selectors.records import takable_rows, with_todays_author
from accounts.views.mixins import PermissionRequiredMixin
from employers import selectors
from employers.forms.companies import (
    CompanyFilter,
    CompanyForm,
    NewCompanyForm,
    NewPersonForm,
    PersonForm,
)
from employers.models import Company, CompanyContact
from employers.registries import company_figures, company_panels_for
from employers.rules.joint_committees import committee_words
from employers.services import companies as services
from employers.views.base import CHANGE, VIEW, CompanyMixin
from foundation.choosing import MOST_LETTERS
from foundation.clock import today
from foundation.components import SummaryRow
from foundation.countries import COUNTRIES, HOME
from foundation.enterprise_number import bce_words
from foundation.keyset import SortKey
from foundation.phones import dialled
from foundation.views import ActFormView, FilteredListMixin, PageView, PartialMixin, paginate, safe_next
from foundation.ways import Way

# Visits shown at once on the page of a firm.
VISITS_PER_PAGE = 20


class CompanyListView(PermissionRequiredMixin, PartialMixin, FilteredListMixin, PageView):
    """The firms of the organisation, and who spoke to each last."""

    permission = VIEW
    filterset_class = CompanyFilter
    template_name = "employers/company_list.html"
    partial_template_name = "employers/_company_rows.html"
    page_title = gettext_lazy("Entreprises")
    keys = (SortKey("search_key"),)
    page_lead = gettext_lazy("Qui les connaît, qui leur a parlé en dernier, et ce qu’elles cherchent.")

    def get_queryset(self) -> QuerySet[Company]:
        """By name."""
        return selectors.companies(self.actor)

    def get_rows(self, page: list[Company]) -> list[selectors.CompanyRow]:
        """With last talks and counts."""
        return selectors.company_rows(page, today())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the columns that other apps bring."""
        can_change = allows(self.actor, CHANGE, self.actor.current_organisation)
        return super().get_context_data(figures=company_figures, today=today(), can_change=can_change, **kwargs)


class CompanyDetailView(CompanyMixin, PageView):
    """One firm, before knocking on its door."""

    template_name = "employers/company_detail.html"
    leads_to = Way("employers:company_list", words=gettext_lazy("Entreprises"), next_wins=True)

    def get_page_title(self) -> str:
        return self.company.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what this app and the others know of the firm."""
        may_add = allows(self.actor, CHANGE, self.company)
        found = with_todays_author(selectors.prospections(self.company), self.actor)
        visits = paginate(self.request, found, VISITS_PER_PAGE)
        return super().get_context_data(
            file=selectors.company_file(self.company, self.actor, today()),
            facts=company_facts(self.company),
            add_person=_("Ajouter") if may_add else "",
            one_door_days=selectors.ONE_DOOR_DAYS,
            page_obj=visits,
            takable=takable_rows(list(visits), self.company.organisation_id, self.actor),
            correctable={one.pk for one in visits if allows(self.actor, "employers.correct_visit", one)},
            panels=company_panels_for(self.company, self.actor, today()),
            **kwargs,
        )


def company_facts(company: Company) -> list[SummaryRow]:
    """What is known of the firm itself, as terms and values."""
    address = ", ".join(part for part in (company.street, f"{company.postal_code} {company.town}".strip()) if part)
    return [
        SummaryRow(_("Secteur"), company.get_sector_display() if company.sector else ""),
        SummaryRow(_("Taille"), company.get_size_display() if company.size else ""),
        SummaryRow(_("Commission paritaire"), committee_words(company.joint_committee)),
        SummaryRow(_("Adresse"), address),
        SummaryRow(_("Téléphone"), _link("tel", company.phone, dialled(company.phone))),
        SummaryRow(_("E-mail"), _link("mailto", company.email, company.email)),
        SummaryRow(_("Numéro BCE"), bce_words(company.bce_number)),
        *_abroad(company),
    ]


def _abroad(company: Company) -> list[SummaryRow]:
    """What is said of a firm of another country."""
    if company.country == HOME:
        return []
    return [
        SummaryRow(_("Pays"), COUNTRIES.get(company.country, company.country)),
        SummaryRow(_("Numéro dans ce pays"), company.foreign_number),
    ]


def _link(scheme: str, words: str, address: str) -> str:
    return format_html('<a href="{}:{}">{}</a>', scheme, address, words) if words else ""


class CompanyCreateView(PermissionRequiredMixin, ActFormView):
    """A firm that nobody knew yet."""

    permission = CHANGE
    form_class = NewCompanyForm
    page_title = gettext_lazy("Nouvelle entreprise")
    page_lead = gettext_lazy("Son nom suffit pour commencer.")
    submit_label = gettext_lazy("Enregistrer l’entreprise")
    leads_to = Way(
        "employers:company_list",
        words=lambda page: _("Retour") if safe_next(page.request) else _("Entreprises"),
        next_wins=True,
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        """Firms of the same name or number are looked for among those that the user sees."""
        return {**super().get_form_kwargs(), "viewer": self.actor}

    def get_initial(self) -> dict[str, Any]:
        """What was looked for elsewhere and not found."""
        typed = self.request.GET.get("nom", "").strip()[:MOST_LETTERS]
        return NewCompanyForm.initial_of_words(typed) if typed else {}

    def act(self, form: NewCompanyForm) -> Company:
        """Write the firm and the person of reference."""
        return services.register_company(
            company=Company(organisation=self.actor.current_organisation),
            reference=form.person(),
            actor=self.actor,
            submission_id=form.cleaned_data["submission_id"],
            confirmed=form.said_yes_to,
            **form.company_fields(),
        )

    def get_success_message(self, form: Any) -> str:
        return _("%(name)s est enregistrée.") % {"name": self.result.name}

    def get_success_url(self) -> str:
        """To the firm's page, or back to the page that asked for a firm, which then receives it."""
        asked = safe_next(self.request)
        if not asked:
            return reverse("employers:company_detail", args=[self.result.pk])
        joint = "&" if "?" in asked else "?"
        return f"{asked}{joint}{urlencode({'entreprise': self.result.pk})}"


class CompanyActView(CompanyMixin, ActFormView):
    """The page of one act on a firm."""

    permission = CHANGE
    leads_to = Way("employers:company_detail", "company.pk", words=lambda page: page.company.name)


class CompanyEditView(CompanyActView):
    """A firm is completed or corrected."""

    form_class = CompanyForm
    page_title = gettext_lazy("Modifier l’entreprise")
    success_message = gettext_lazy("L’entreprise est à jour.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Firms of the same number are looked for among those that the user sees."""
        return {**super().get_form_kwargs(), "viewer": self.actor, "company": self.company}

    def get_initial(self) -> dict[str, Any]:
        return CompanyForm.initial_of(self.company)

    def act(self, form: CompanyForm) -> Company:
        return services.save_company(
            company=self.company, actor=self.actor, confirmed=form.said_yes_to, **form.company_fields()
        )


class PersonCreateView(CompanyActView):
    """Somebody of the firm."""

    form_class = NewPersonForm
    page_title = gettext_lazy("Ajouter une personne")
    submit_label = gettext_lazy("Ajouter")

    def get_page_lead(self) -> str:
        return self.company.name

    def get_initial(self) -> dict[str, Any]:
        """The first person known is most often the one who decides."""
        return {"is_reference": not self.company.people.filter(is_reference=True).exists()}

    def act(self, form: PersonForm) -> CompanyContact:
        return services.save_company_person(
            person=CompanyContact(company=self.company), actor=self.actor, **form.cleaned_data
        )

    def get_success_message(self, form: Any) -> str:
        return _("%(name)s est dans le carnet de l’entreprise.") % {"name": self.result.name}


class PersonEditView(CompanyActView):
    """Somebody of the firm is corrected, or becomes the person of reference."""

    form_class = PersonForm
    page_title = gettext_lazy("Modifier la personne")
    success_message = gettext_lazy("C’est à jour.")

    @cached_property
    def person(self) -> CompanyContact:
        """The person whom the address names, in this firm."""
        found: CompanyContact = get_object_or_404(self.company.people.all(), pk=self.kwargs["person_id"])
        return found

    def get_page_lead(self) -> str:
        return self.company.name

    def get_initial(self) -> dict[str, Any]:
        return PersonForm.initial_of(self.person)

    def act(self, form: PersonForm) -> CompanyContact:
        return services.save_company_person(person=self.person, actor=self.actor, **form.cleaned_data)

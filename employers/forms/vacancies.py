"""Forms about jobs: what has to be done, what is asked, and what the tasks really need."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter

from accounts.models import User
from employers.enums import ContractType, VacancyState
from employers.models import Company, CompanyContact, Vacancy
from employers.services.vacancies import VACANCY_FIELDS, Requirement
from foundation.choosing import ChoosingField
from foundation.filters import ChoosingFilter, ListFilter, WordsFilter
from foundation.forms import AncrageForm, FilterForm, FrenchDateField, FrenchDecimalField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section

# Blank rows offered under the requirements already written; « Ajouter des lignes » gives as many more.
BLANK_ROWS = 3
MAX_ROWS = 30
ROWS_PREFIX = "requirements"
# The filter that lists jobs whatever their state.
ALL_STATES = "ALL"


class VacancyFilter(ListFilter):
    """What narrows the list of jobs. Without a state that makes sense, those still to be filled."""

    q = WordsFilter(label=_("Poste ou entreprise"), field_name="search_key", max_length=100)
    state = ChoiceFilter(
        label=_("État"),
        empty_label=_("Postes ouverts"),
        choices=[
            (VacancyState.FILLED.value, _("Postes pourvus")),
            (VacancyState.WITHDRAWN.value, _("Postes retirés")),
            (ALL_STATES, _("Tous les postes")),
        ],
        method="in_state",
    )
    company = ChoosingFilter("firms-with-jobs", label=_("Entreprise"), queryset=Company.objects.none())
    contract_type = ChoiceFilter(label=_("Contrat"), empty_label=_("Tous les contrats"), choices=ContractType.choices)

    def in_state(self, found: QuerySet[Vacancy], name: str, state: str) -> QuerySet[Vacancy]:
        """The jobs in a state, or in all."""
        return found if state == ALL_STATES else found.filter(state=state)

    def filter_queryset(self, queryset: QuerySet[Vacancy]) -> QuerySet[Vacancy]:
        """Narrow, to open jobs unless another state is asked."""
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(state=VacancyState.OPEN)
        narrowed: QuerySet[Vacancy] = super().filter_queryset(queryset)
        return narrowed


class CompanyChoiceForm(FilterForm):
    """For which firm: the first step where the firm is not known yet."""

    sheet = {"submit": _("Continuer"), "method": "get"}

    entreprise = ChoosingField(
        "firms",
        label=_("Entreprise"),
        queryset=Company.objects.none(),
        help_text=_("Quelques lettres du nom ou de la commune, ou le numéro d’entreprise."),
        error_messages={"invalid_choice": _("Cette entreprise n’est pas connue ici : choisissez-la dans la liste.")},
    )

    def __init__(self, *args: Any, viewer: User, create_url: str = "", **kwargs: Any) -> None:
        """`create_url`: the page that writes down a firm and comes back here."""
        super().__init__(*args, **kwargs)
        company: Any = self.fields["entreprise"]
        company.offer(viewer, makes_at=create_url)


class VacancyForm(SubmissionIdMixin, AncrageForm):
    """A job as the firm announces it."""

    title = forms.CharField(label=_("Intitulé du poste"), max_length=150)
    tasks = forms.CharField(
        label=_("Tâches"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Une tâche par ligne : ce que la personne fera vraiment, de l’arrivée au départ."),
    )
    contract_type = forms.ChoiceField(label=_("Contrat proposé"), choices=ContractType.choices)
    weekly_hours = FrenchDecimalField(
        label=_("Heures par semaine"), required=False, min_value=1, max_value=50, max_digits=4, decimal_places=2
    )
    positions = forms.IntegerField(
        label=_("Nombre de places"),
        min_value=1,
        max_value=500,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    schedule = forms.CharField(
        label=_("Horaire"), max_length=150, required=False, help_text=_("Par exemple : 6 h à 14 h, un samedi sur deux.")
    )
    place = forms.CharField(label=_("Lieu de travail"), max_length=150, required=False)
    wage = forms.CharField(label=_("Salaire"), max_length=100, required=False)
    contact = forms.ModelChoiceField(
        label=_("Personne de référence"), queryset=CompanyContact.objects.none(), required=False
    )
    opened_on = FrenchDateField(label=_("Annoncé le"), not_future=True)
    quality = forms.CharField(
        label=_("Qualité du poste"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Accueil, équipe, stabilité, perspectives, accès sans voiture : ce qui fait qu’on y reste."),
    )

    layout = Layout(
        Section(_("Le travail"), "title", "tasks"),
        Section(
            _("Les conditions"),
            Row("contract_type", "weekly_hours", "positions"),
            "schedule",
            Row("place", "wage"),
            Row("contact", "opened_on"),
        ),
        "quality",
    )

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contact: Any = self.fields["contact"]
        contact.queryset = company.people.order_by("-is_reference", "name", "id")
        contact.empty_label = _("Personne en particulier")

    @staticmethod
    def initial_of(vacancy: Vacancy) -> dict[str, Any]:
        """What the form shows at first."""
        known = {name: getattr(vacancy, name) for name in VACANCY_FIELDS}
        return {**known, "contact": vacancy.contact_id, "weekly_hours": vacancy.hours}


class RequirementForm(AncrageForm):
    """One requirement: as announced, as the tasks really need it. An empty row says nothing and is left out."""

    mark_optional = False

    stated = forms.CharField(label=_("Exigence annoncée"), max_length=200, required=False)
    objectivated = forms.CharField(label=_("Ce que les tâches demandent vraiment"), max_length=200, required=False)
    negotiable = forms.BooleanField(label=_("Négociable"), required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        """What the tasks need answers something that the employer announced."""
        data = super().clean() or self.cleaned_data
        if data.get("objectivated", "").strip() and not data.get("stated", "").strip():
            self.add_error("stated", _now("Écrivez aussi ce que l’employeur annonce."))
        return data

    def requirement(self) -> Requirement | None:
        """What the service receives; nothing for an empty row."""
        data = self.cleaned_data
        if not data.get("stated", "").strip():
            return None
        return Requirement(data["stated"], data["objectivated"], data["negotiable"])


class RequirementRows(forms.BaseFormSet):
    """The requirements of a job, in order, followed by blank rows."""

    def requirements(self) -> list[Requirement]:
        """What the service receives: the rows that say something."""
        found = (form.requirement() for form in self.forms)
        return [requirement for requirement in found if requirement is not None]

    def summary_errors(self) -> list[tuple[str, str]]:
        """Every error of every row, each with the id of its control; see `FormBehaviour.summary_errors`."""
        whole = [("", str(message)) for message in self.non_form_errors()]
        return [*whole, *(error for form in self.forms for error in form.summary_errors())]


_FormSet = forms.formset_factory(
    RequirementForm, formset=RequirementRows, extra=BLANK_ROWS, max_num=MAX_ROWS, absolute_max=MAX_ROWS
)


def requirement_rows(
    data: QueryDict | None = None, initial: Sequence[Mapping[str, Any]] | None = None
) -> RequirementRows:
    """The rows sent by the form, or those written before with a few blank ones after them."""
    return cast(RequirementRows, _FormSet(data, initial=initial, prefix=ROWS_PREFIX))


def typed_rows(data: QueryDict) -> list[dict[str, Any]]:
    """What the rows of a form hold, unjudged, without the empty ones."""
    rows = [
        {
            "stated": data.get(f"{ROWS_PREFIX}-{index}-stated", ""),
            "objectivated": data.get(f"{ROWS_PREFIX}-{index}-objectivated", ""),
            "negotiable": f"{ROWS_PREFIX}-{index}-negotiable" in data,
        }
        for index in range(MAX_ROWS)
    ]
    return [row for row in rows if row["stated"] or row["objectivated"]]


class CloseVacancyForm(AncrageForm):
    """What became of a job."""

    state = forms.ChoiceField(
        label=_("Qu’est-il devenu ?"),
        choices=[
            (VacancyState.FILLED.value, _("Pourvu : quelqu’un a été engagé")),
            (VacancyState.WITHDRAWN.value, _("Retiré : l’entreprise ne cherche plus")),
        ],
        widget=forms.RadioSelect,
    )
    on = FrenchDateField(label=_("Depuis le"), not_future=True)

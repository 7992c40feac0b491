"""Forms about firms, the people in them, and visits."""

from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter

from accounts.models import User
from employers import selectors
from employers.enums import CompanySize, ProspectionChannel, ProspectionResult, Sector
from employers.forms.fields import CommitteeField
from employers.models import Company, CompanyContact
from employers.services.companies import COMPANY_FIELDS, PERSON_FIELDS, PersonStatement, Visit
from foundation.enterprise_number import normalise_bce
from foundation.filters import BoxFilter, ListFilter
from foundation.forms import (
    AncrageForm,
    FrenchDateField,
    MinutesField,
    SubmissionIdMixin,
)
from foundation.layouts import Layout, Row, Section

WHERE = Section(_("Où et comment la joindre"), "street", Row("postal_code", "town"), Row("phone", "email"))


def known(kinds: type[TextChoices]) -> list[tuple[str, Any]]:
    """The choices that say something, without the one for what nobody knows."""
    return [(value, label) for value, label in kinds.choices if value]


def with_blank(kinds: type[TextChoices], words: Any) -> list[tuple[str, Any]]:
    """The same after an empty answer, in the words of the screen."""
    return [("", words), *known(kinds)]


class CompanyFilter(ListFilter):
    """What narrows the list of firms."""

    q = CharFilter(label=_("Nom, commune ou BCE"), max_length=100, method="by_words")
    sector = ChoiceFilter(label=_("Secteur"), empty_label=_("Tous les secteurs"), choices=known(Sector))
    town = ChoiceFilter(label=_("Commune"), empty_label=_("Toutes les communes"))
    hiring = BoxFilter(label=_("Avec un poste ouvert"), field_name="open_vacancies", lookup_expr="gt", ticked=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The towns offered are those where a firm is known.
        self.filters["town"].extra["choices"] = [(name, name) for name in selectors.towns(self.request.user)]

    def by_words(self, found: QuerySet[Company], name: str, typed: str) -> QuerySet[Company]:
        """The firms that the words name."""
        return selectors.searched_companies(found, typed)


class CompanyForm(AncrageForm):
    """What is known of a firm. Only its name is compulsory: the rest comes with the visits."""

    name = forms.CharField(label=_("Nom de l’entreprise"), max_length=150)
    bce_number = forms.CharField(
        label=_("Numéro d’entreprise (BCE)"),
        max_length=20,
        required=False,
        help_text=_("Dix chiffres, par exemple 0403.019.261. Il dit que deux noms sont une même entreprise."),
    )
    sector = forms.ChoiceField(label=_("Secteur"), required=False, choices=with_blank(Sector, Sector.UNKNOWN.label))
    size = forms.ChoiceField(
        label=_("Taille"), required=False, choices=with_blank(CompanySize, CompanySize.UNKNOWN.label)
    )
    joint_committee = CommitteeField()
    street = forms.CharField(label=_("Rue et numéro"), max_length=150, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=10, required=False)
    town = forms.CharField(label=_("Commune"), max_length=80, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Courriel"), max_length=254, required=False)
    note = forms.CharField(
        label=_("À savoir"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce qu’un·e collègue doit savoir avant de pousser la porte. Rien sur une personne accompagnée."),
    )

    layout = Layout(
        "name",
        "bce_number",
        Row("sector", "size"),
        "joint_committee",
        WHERE,
        "note",
    )

    def clean_bce_number(self) -> str:
        """Ten digits, check digits verified."""
        return normalise_bce(self.cleaned_data["bce_number"])

    def company_fields(self) -> dict[str, Any]:
        """What the service receives about the firm."""
        return {name: self.cleaned_data[name] for name in COMPANY_FIELDS}

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(company, name) for name in COMPANY_FIELDS}


class NewCompanyForm(CompanyForm):
    """A firm that nobody knew yet, with the person met there, in one go."""

    person_name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    person_function = forms.CharField(label=_("Fonction"), max_length=100, required=False)
    person_phone = forms.CharField(label=_("Téléphone direct"), max_length=40, required=False)
    person_email = forms.EmailField(label=_("Courriel personnel"), max_length=254, required=False)
    # Shown once a firm of the same name is found: see `clean`.
    another_firm = forms.BooleanField(
        label=_("C’est une autre entreprise du même nom"), required=False, widget=forms.HiddenInput
    )

    layout = Layout(
        "name",
        "another_firm",
        "bce_number",
        Row("sector", "size"),
        "joint_committee",
        WHERE,
        Section(
            _("La personne de référence"),
            Row("person_name", "person_function"),
            Row("person_phone", "person_email"),
            help_text=_("Celle qui décide d’engager. Vous pourrez la compléter plus tard."),
        ),
        "note",
    )

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer

    def clean(self) -> dict[str, Any]:
        """Ask before a second firm of the same name is written; tell a phone without a name."""
        data = super().clean() or self.cleaned_data
        details = any(data.get(name) for name in ("person_function", "person_phone", "person_email"))
        if details and not data.get("person_name"):
            self.add_error("person_name", _now("Écrivez le nom de cette personne."))
        known = selectors.similar_companies(self.viewer, data.get("name", ""))
        if known:
            self.fields["another_firm"].widget = forms.CheckboxInput()
            if not data.get("another_firm"):
                names = ", ".join(f"{firm.name} ({firm.town})" if firm.town else firm.name for firm in known)
                self.add_error(
                    "name",
                    _now(
                        "Cette entreprise est peut-être déjà connue : %(names)s. Cherchez-la dans la liste, "
                        "ou cochez « C’est une autre entreprise du même nom »."
                    )
                    % {"names": names},
                )
        return data

    def person(self) -> PersonStatement | None:
        """The person of reference, when one was named."""
        data = self.cleaned_data
        if not data["person_name"].strip():
            return None
        return PersonStatement(
            name=data["person_name"],
            function=data["person_function"],
            phone=data["person_phone"],
            email=data["person_email"],
        )


class PersonForm(AncrageForm):
    """Somebody in the firm."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    function = forms.CharField(label=_("Fonction"), max_length=100, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Courriel"), max_length=254, required=False)
    is_reference = forms.BooleanField(
        label=_("C’est la personne de référence : celle qui décide"),
        required=False,
        help_text=_("Il n’y en a qu’une par entreprise : elle remplace la précédente."),
    )

    layout = Layout(Row("name", "function"), Row("phone", "email"), "is_reference")

    @staticmethod
    def initial_of(person: CompanyContact) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(person, name) for name in PERSON_FIELDS}


class VisitForm(SubmissionIdMixin, AncrageForm):
    """A visit or a call, in under a minute: day, means and duration are filled in, the result is one press."""

    on = FrenchDateField(label=_("Date"), not_future=True, shortcuts={_("Aujourd’hui"): 0, _("Hier"): -1})
    channel = forms.ChoiceField(label=_("Moyen"), choices=ProspectionChannel.choices, widget=forms.RadioSelect)
    met = forms.ModelChoiceField(label=_("Personne rencontrée"), queryset=CompanyContact.objects.none(), required=False)
    met_name = forms.CharField(
        label=_("Ou quelqu’un d’autre : son nom"),
        max_length=120,
        required=False,
        help_text=_("La personne sera ajoutée à l’entreprise."),
    )
    minutes = MinutesField(label=_("Durée"), max_minutes=600, help_text=_("En minutes (30) ou en heures (1h15)."))
    result = forms.ChoiceField(label=_("Résultat"), choices=ProspectionResult.choices, widget=forms.RadioSelect)
    summary = forms.CharField(label=_("Ce qui s’est dit"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    layout = Layout("on", "channel", "result", Row("met", "met_name"), "minutes", "summary")

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = company.people.order_by("-is_reference", "name", "id")
        met: Any = self.fields["met"]
        met.queryset = people
        met.empty_label = _("Personne en particulier")
        if not people:
            del self.fields["met"]
            self.fields["met_name"].label = _("Personne rencontrée")

    def visit(self) -> Visit:
        """What the service receives."""
        data = self.cleaned_data
        return Visit(
            on=data["on"],
            channel=data["channel"],
            minutes=data["minutes"],
            result=data["result"],
            met=data.get("met"),
            met_name=data["met_name"],
            summary=data["summary"],
        )

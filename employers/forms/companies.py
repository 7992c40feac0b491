"""Forms about firms and the people in them."""

from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter, ChoiceFilter

from accounts.models import User
from employers import selectors
from employers.enums import CompanySize, Sector
from employers.forms.fields import CommitteeField
from employers.models import Company, CompanyContact
from employers.services.companies import COMPANY_FIELDS, PERSON_FIELDS, PersonStatement
from foundation.choosing import ChoosingField
from foundation.countries import COUNTRIES, HOME
from foundation.enterprise_number import bce_words, normalise_bce
from foundation.filters import BoxFilter, ListFilter
from foundation.formatting import of_name
from foundation.forms import (
    AncrageForm,
    FrenchDateField,
    SubmissionIdMixin,
)
from foundation.layouts import Layout, Row, Section
from foundation.places.widgets import PostcodeInput
from foundation.rules import dates

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
    town = ChoiceFilter(label=_("Commune"), empty_label=_("Toutes les communes"), method="by_town")
    country = ChoiceFilter(label=_("Pays"), empty_label=_("Tous les pays"))
    hiring = BoxFilter(label=_("Avec un poste ouvert"), field_name="open_vacancies", lookup_expr="gt", ticked=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The towns offered are those where a firm is known.
        self.spellings = selectors.towns(self.request.user)
        self.filters["town"].extra["choices"] = [(name, name) for name in self.spellings]

        self.filters["country"].extra["choices"] = selectors.countries(self.request.user)

    def by_town(self, found: QuerySet[Company], name: str, chosen: str) -> QuerySet[Company]:
        """The firms of a town, however it is spelt there."""
        return found.filter(town__in=self.spellings[chosen])

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
    # Shown once the number is found on another record: see `clean`.
    another_place = forms.BooleanField(
        label=_("C’est un autre établissement de la même entreprise"), required=False, widget=forms.HiddenInput
    )
    country = forms.ChoiceField(
        label=_("Pays"),
        required=False,
        choices=list(COUNTRIES.items()),
        initial=HOME,
        help_text=_("D’un autre pays, elle n’a pas de numéro BCE : adresse et téléphone ne sont pas vérifiés."),
    )
    foreign_number = forms.CharField(label=_("Son numéro dans ce pays"), max_length=30, required=False)
    sector = forms.ChoiceField(label=_("Secteur"), required=False, choices=with_blank(Sector, Sector.UNKNOWN.label))
    size = forms.ChoiceField(
        label=_("Taille"), required=False, choices=with_blank(CompanySize, CompanySize.UNKNOWN.label)
    )
    joint_committee = CommitteeField()
    street = forms.CharField(label=_("Rue et numéro"), max_length=150, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=10, required=False, widget=PostcodeInput)
    town = forms.CharField(label=_("Commune"), max_length=80, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    note = forms.CharField(
        label=_("À savoir"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Ce qu’un·e collègue doit savoir avant de pousser la porte. Rien sur une personne accompagnée."),
    )

    layout = Layout(
        "name",
        "bce_number",
        "another_place",
        Row("country", "foreign_number"),
        Row("sector", "size"),
        "joint_committee",
        WHERE,
        "note",
    )

    def __init__(self, *args: Any, viewer: User, company: Company | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        self.company = company

    def clean_country(self) -> str:
        """Ours unless another one is chosen."""
        return self.cleaned_data["country"] or HOME

    def clean(self) -> dict[str, Any]:
        """Judge the number by its country, and ask whether a number that is known is that of the same enterprise."""
        data = super().clean() or self.cleaned_data
        typed = data.get("bce_number", "")
        if data.get("country", HOME) != HOME:
            if typed:
                self.add_error("bce_number", _now("Un numéro BCE est belge : écrivez son numéro dans son pays."))
            return data
        if data.get("foreign_number"):
            self.add_error("foreign_number", _now("Choisissez le pays de ce numéro, ou écrivez un numéro BCE."))
        try:
            data["bce_number"] = normalise_bce(typed)
        except forms.ValidationError as error:
            self.add_error("bce_number", error)
        else:
            self._ask_about_number(data)
        return data

    def _ask_about_number(self, data: dict[str, Any]) -> None:
        """Say which firm carries the number already, and offer to make this one another place of it."""
        carrying = selectors.carrying(self.viewer, data["bce_number"], but=self.company)
        if carrying is None:
            return
        self.fields["another_place"].widget = forms.CheckboxInput()
        if not data.get("another_place"):
            self.add_error(
                "bce_number",
                _now(
                    "Ce numéro est celui %(of_name)s, déjà connue. Corrigez-le, ou cochez « C’est un autre "
                    "établissement » : ce sera un seul employeur, avec plusieurs adresses."
                )
                % {"of_name": of_name(f"{carrying.name} ({carrying.town})" if carrying.town else carrying.name)},
            )

    def company_fields(self) -> dict[str, Any]:
        """What the service receives about the firm."""
        return {name: self.cleaned_data[name] for name in COMPANY_FIELDS}

    @staticmethod
    def initial_of(company: Company) -> dict[str, Any]:
        """What the form shows at first."""
        return {name: getattr(company, name) for name in COMPANY_FIELDS}


class NewCompanyForm(SubmissionIdMixin, CompanyForm):
    """A firm that nobody knew yet, with the person met there, in one go."""

    person_name = forms.CharField(label=_("Nom"), max_length=120, required=False)
    person_function = forms.CharField(label=_("Fonction"), max_length=100, required=False)
    person_phone = forms.CharField(label=_("Téléphone direct"), max_length=40, required=False)
    person_email = forms.EmailField(label=_("E-mail personnel"), max_length=254, required=False)
    # Shown once a firm of the same name is found: see `clean`.
    another_firm = forms.BooleanField(
        label=_("C’est une autre entreprise du même nom"), required=False, widget=forms.HiddenInput
    )

    layout = Layout(
        "name",
        "another_firm",
        "bce_number",
        "another_place",
        Row("country", "foreign_number"),
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

    def clean(self) -> dict[str, Any]:
        """Ask before a second firm of the same name is written; tell a phone without a name."""
        data = super().clean() or self.cleaned_data
        details = any(data.get(name) for name in ("person_function", "person_phone", "person_email"))
        if details and not data.get("person_name"):
            self.add_error("person_name", _now("Écrivez le nom de cette personne."))
        known = selectors.similar_companies(self.viewer, data.get("name", ""))
        # Sent twice, it is the firm that was just written; another place of an enterprise bears its name.
        if known and data.get("submission_id") not in {firm.pk for firm in known} and not data.get("another_place"):
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

    @staticmethod
    def initial_of_words(typed: str) -> dict[str, Any]:
        """What was looked for is a name, or a number."""
        try:
            return {"bce_number": bce_words(normalise_bce(typed))}
        except forms.ValidationError:
            return {"name": typed}


class FoundMissingForm(NewCompanyForm):
    """A firm that was looked for and not found, written from the form that needs it: the rest comes with the visits."""

    # So Django takes fields of a base away.
    country = foreign_number = sector = size = joint_committee = street = phone = email = note = None  # type: ignore[assignment]
    person_name = person_function = person_phone = person_email = None  # type: ignore[assignment]

    layout = Layout("name", "another_firm", Row("postal_code", "town"), "bce_number", "another_place")

    def company_fields(self) -> dict[str, Any]:
        """What the sheet asks."""
        return {name: self.cleaned_data[name] for name in COMPANY_FIELDS if name in self.fields}


class PersonForm(AncrageForm):
    """Somebody in the firm."""

    name = forms.CharField(label=_("Nom"), max_length=120)
    function = forms.CharField(label=_("Fonction"), max_length=100, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
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


class NewPersonForm(SubmissionIdMixin, PersonForm):
    """Somebody new in the firm."""


class OtherFirmForm(AncrageForm):
    """Another record of the same employer, among those that the user sees."""

    other = ChoosingField(
        "firms",
        label=_("Quelle entreprise ?"),
        queryset=Company.objects.none(),
        help_text=_("Quelques lettres du nom ou de la commune, ou le numéro d’entreprise."),
    )

    def __init__(self, *args: Any, viewer: User, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other: Any = self.fields["other"]
        other.offer(viewer, but=company.pk, makes=True)


class EstablishmentForm(OtherFirmForm):
    """Of which enterprise a firm is a place."""

    layout = Layout("other")


class TakeOverForm(OtherFirmForm):
    """Who takes a firm over, from which day on."""

    on = FrenchDateField(
        label=_("À partir du"),
        bounds=dates.WORK_DAY,
        help_text=_("Le premier jour sous le nouvel employeur. Avant lui, ce sont deux employeurs."),
    )
    reason = forms.CharField(label=_("Comment vous le savez"), max_length=300, required=False)

    layout = Layout("other", "on", "reason")


class TieReasonForm(AncrageForm):
    """Why what was said of two records does not hold."""

    reason = forms.CharField(label=_("Pourquoi ?"), max_length=300)

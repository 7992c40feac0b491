"""What is known of a person, and of the partners around them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from beneficiaries.enums import Education, Gender, Origin, PartnerKind
from beneficiaries.identifiers import normalise_niss
from beneficiaries.models import OTHER_NAMES_LENGTH, Beneficiary
from beneficiaries.services.people import PERSON_FIELDS
from foundation.forms import AncrageForm, FrenchDateField, SubmissionIdMixin
from foundation.layouts import Layout, Row, Section
from foundation.places.widgets import PostcodeInput
from foundation.rules import dates

IDENTITY = Section(_("La personne"), Row("first_name", "last_name"), "other_names", Row("birth_date", "gender"))
SITUATION = Section(
    _("Sa situation"),
    Row("education", "origin"),
    "jobseeker_since",
    "niss",
    help_text=_("Ces réponses servent à l’éligibilité et aux rapports. Elles peuvent attendre le premier entretien."),
)
REACH = Section(_("Comment la joindre"), Row("phone", "email"), "street", Row("postal_code", "town"))


class OtherPeopleField(forms.Field):
    """Keys of the people who look like this one, and of whom it was said that they are somebody else."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> frozenset[UUID]:
        keys = set()
        for part in ",".join(value or ()).split(","):
            try:
                keys.add(UUID(part))
            except ValueError:
                continue
        return frozenset(keys)


class PersonForm(AncrageForm):
    """A person: only the name is compulsory."""

    first_name = forms.CharField(label=_("Prénom"), required=False, max_length=80)
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, help_text=_("Si ses papiers ne portent qu’un nom, écrivez-le ici, sans prénom.")
    )
    other_names = forms.CharField(
        label=_("Autres noms"),
        required=False,
        max_length=OTHER_NAMES_LENGTH,
        help_text=_(
            "Nom de naissance, ancien nom, autre orthographe, séparés par des virgules : la recherche les lit."
        ),
    )
    birth_date = FrenchDateField(label=_("Date de naissance"), required=False, not_future=True, bounds=dates.BIRTH)
    gender = forms.ChoiceField(label=_("Genre"), choices=Gender.choices, required=False)
    education = forms.ChoiceField(label=_("Diplôme le plus élevé"), choices=Education.choices, required=False)
    origin = forms.ChoiceField(label=_("Origine"), choices=Origin.choices, required=False)
    jobseeker_since = FrenchDateField(
        label=_("Sans emploi depuis le"),
        required=False,
        not_future=True,
        help_text=_("Le début de l’inscription en cours comme demandeur·euse d’emploi inoccupé·e, si elle est connue."),
    )
    niss = forms.CharField(
        label=_("Numéro national (NISS)"),
        required=False,
        max_length=20,
        help_text=_(
            "Il évite d’ouvrir deux fois le même dossier et sert aux aides à l’embauche. "
            "La personne peut ne pas le donner. Il est chiffré et n’apparaît sur aucune liste."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    phone = forms.CharField(
        label=_("Téléphone"), required=False, max_length=40, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, max_length=254)
    street = forms.CharField(label=_("Rue et numéro"), required=False, max_length=150)
    postal_code = forms.CharField(
        label=_("Code postal"), required=False, max_length=10, widget=PostcodeInput(attrs={"inputmode": "numeric"})
    )
    town = forms.CharField(label=_("Commune"), required=False, max_length=80)

    other_than = OtherPeopleField(required=False)
    layout = Layout(IDENTITY, SITUATION, REACH)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Somebody else's data are typed here: the browser must not offer those of the coach.
        for name in PERSON_FIELDS:
            self.fields[name].widget.attrs.setdefault("autocomplete", "off")

    def clean_niss(self) -> str:
        """Eleven digits, the check digits verified."""
        return normalise_niss(self.cleaned_data["niss"])

    def person(self) -> dict[str, Any]:
        """What the services receive."""
        return {name: self.cleaned_data[name] for name in PERSON_FIELDS if name in self.cleaned_data}


class PersonEditForm(PersonForm):
    """A known person. The national number is not shown: left empty it stays, a box forgets it.

    ``version`` is the record that the page showed, so that two tabs do not erase one another.
    """

    niss_forget = forms.BooleanField(label=_("Effacer le numéro national enregistré"), required=False)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    layout = Layout(
        IDENTITY,
        Section(_("Sa situation"), Row("education", "origin"), "jobseeker_since", "niss", "niss_forget"),
        REACH,
    )

    def __init__(self, *args: Any, beneficiary: Beneficiary, **kwargs: Any) -> None:
        kwargs["initial"] = {
            **{name: getattr(beneficiary, name) for name in PERSON_FIELDS if name != "niss"},
            "version": beneficiary.updated_at.isoformat(),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.beneficiary = beneficiary
        if beneficiary.niss_index:
            self.fields["niss"].help_text = _(
                "Un numéro est enregistré, chiffré. Laissez vide pour le garder, écrivez-en un autre pour le remplacer."
            )
        else:
            del self.fields["niss_forget"]

    def clean_version(self) -> datetime | None:
        """The moment of the version shown; nothing for a client that sends none or nonsense."""
        try:
            return parse_datetime(self.cleaned_data["version"])
        except ValueError:
            return None

    def clean(self) -> dict[str, Any] | None:
        """Refuse to replace and forget at once."""
        data = super().clean()
        if self.cleaned_data.get("niss") and self.cleaned_data.get("niss_forget"):
            self.add_error(
                "niss_forget",
                ValidationError(_("Vous avez écrit un numéro et demandé de l’effacer : choisissez."), code="both"),
            )
        return data

    def person(self) -> dict[str, Any]:
        """What the service receives: an empty number means « unchanged »."""
        person = super().person()
        if not person.get("niss") and not self.cleaned_data.get("niss_forget"):
            person.pop("niss", None)
        return person


class PartnerForm(AncrageForm):
    """An outside service."""

    name = forms.CharField(label=_("Nom du service"), max_length=150)
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Choisissez…")), *PartnerKind.choices])
    refers = forms.BooleanField(
        label=_("Nous envoie des personnes (prescripteur)"),
        required=False,
        help_text=_("Il sera proposé à l’ouverture d’un dossier."),
    )
    phone = forms.CharField(label=_("Téléphone"), required=False, max_length=40)
    email = forms.EmailField(label=_("Adresse e-mail"), required=False, max_length=254)

    layout = Layout(Row("name", "kind"), "refers", Section(_("Coordonnées"), Row("phone", "email")))


class NewPartnerForm(SubmissionIdMixin, PartnerForm):
    """An outside service that nobody knew yet."""


class MissingPartnerForm(SubmissionIdMixin, AncrageForm):
    """A service that sends people, looked for and not found: written from the form that needs it."""

    name = forms.CharField(label=_("Nom du service"), max_length=150)
    kind = forms.ChoiceField(label=_("Type"), choices=[("", _("Choisissez…")), *PartnerKind.choices])

    layout = Layout(Row("name", "kind"))

"""Forms of the settings: they read and check; services write."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.enums import EmblemPlace, Funder, OrganisationKind, Role
from accounts.models import Site, User
from accounts.selectors import settings as selectors
from accounts.services.users import RoleGrant
from foundation.enterprise_number import normalise_bce
from foundation.forms import AncrageForm, FrenchDateField, FrenchDecimalField
from foundation.layouts import Layout, Row, Section
from foundation.places.widgets import PostcodeInput


def _choices(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("Choisissez…")), *choices]


class IdentityForm(AncrageForm):
    first_name = forms.CharField(label=_("Prénom"), max_length=100)
    last_name = forms.CharField(label=_("Nom"), max_length=100)
    email = forms.EmailField(
        label=_("Adresse e-mail"), max_length=254, help_text=_("Elle sert à se connecter et à recevoir les rappels.")
    )

    layout = Layout(Row("first_name", "last_name"), "email")


class RoleForm(AncrageForm):
    """A role and its dates."""

    role = forms.ChoiceField(label=_("Rôle"), choices=_choices(Role.choices))
    fte = FrenchDecimalField(
        label=_("Équivalent temps plein"),
        min_value=0,
        max_value=Decimal("1.5"),
        max_digits=3,
        decimal_places=2,
        initial=Decimal(1),
        help_text=_("1 pour un temps plein, 0,5 pour un mi-temps. La charge de travail se mesure à cette part."),
    )
    site = forms.ModelChoiceField(label=_("Site"), queryset=Site.objects.none(), required=False)
    starts_on = FrenchDateField(label=_("Premier jour"))
    ends_on = FrenchDateField(
        label=_("Dernier jour"),
        required=False,
        help_text=_("Compris. Obligatoire pour un·e inspecteur·rice, dont l’accès dure douze mois au plus."),
        may_be_open=True,
    )

    layout = Layout(Row("role", "fte"), "site", Row("starts_on", "ends_on"))

    def __init__(self, *args: Any, viewer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset = selectors.sites(viewer)
        site.empty_label = _("Aucun en particulier")

    def grant(self) -> RoleGrant:
        """What the service receives."""
        data = self.cleaned_data
        return RoleGrant(
            role=Role(data["role"]),
            fte=data["fte"],
            site=data["site"],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
        )


class NewUserForm(IdentityForm, RoleForm):
    """Somebody who comes: who, and with which role."""

    layout = Layout(
        Section(_("La personne"), *IdentityForm.layout.fields), Section(_("Son rôle"), *RoleForm.layout.fields)
    )


class OrganisationForm(AncrageForm):
    """The facts of the organisation, as printed on documents."""

    name = forms.CharField(label=_("Nom"), max_length=200)
    short_name = forms.CharField(label=_("Nom court"), max_length=40, help_text=_("Affiché en haut de chaque page."))
    kind = forms.ChoiceField(label=_("Type d’organisme"), choices=_choices(OrganisationKind.choices))
    bce_number = forms.CharField(
        label=_("Numéro BCE"), max_length=20, required=False, help_text=_("Dix chiffres, par exemple 0403.019.261.")
    )
    address = forms.CharField(label=_("Rue et numéro"), max_length=200, required=False)
    town = forms.CharField(label=_("Code postal et localité"), max_length=100, required=False)
    phone = forms.CharField(label=_("Téléphone"), max_length=40, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254, required=False)

    layout = Layout(
        "name",
        Row("short_name", "kind"),
        "bce_number",
        Section(_("Coordonnées"), "address", "town", Row("phone", "email")),
    )

    def clean_bce_number(self) -> str:
        """Ten digits, check digits verified."""
        return normalise_bce(self.cleaned_data["bce_number"])


class SiteForm(AncrageForm):
    name = forms.CharField(label=_("Nom"), max_length=100)
    street = forms.CharField(label=_("Rue et numéro"), max_length=200, required=False)
    postal_code = forms.CharField(label=_("Code postal"), max_length=10, required=False, widget=PostcodeInput)
    town = forms.CharField(label=_("Localité"), max_length=100, required=False)

    layout = Layout("name", "street", Row("postal_code", "town"))


class ProjectForm(AncrageForm):
    code = forms.CharField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Intitulé"), max_length=200)
    funder = forms.ChoiceField(label=_("Pouvoir subsidiant"), choices=_choices(Funder.choices))
    starts_on = FrenchDateField(label=_("Premier jour"))
    ends_on = FrenchDateField(label=_("Dernier jour"), required=False, help_text=_("Compris."), may_be_open=True)

    agreement_number = forms.CharField(label=_("Numéro de convention"), max_length=60, required=False)
    programme = forms.CharField(label=_("Programme, axe et mesure"), max_length=200, required=False)
    cofinancing_rate = forms.CharField(
        label=_("Taux de cofinancement"),
        max_length=60,
        required=False,
        help_text=_("Écrit comme dans la convention, par exemple « 40 % »."),
    )
    emblem_place = forms.ChoiceField(
        label=_("Emblème de l’Union européenne"), choices=EmblemPlace.choices, initial=EmblemPlace.LEFT, required=False
    )

    layout = Layout(
        Row("code", "funder"),
        "name",
        Row("starts_on", "ends_on"),
        Section(
            _("Références du financement"),
            Row("agreement_number", "cofinancing_rate"),
            "programme",
            "emblem_place",
            help_text=_(
                "Les documents d’un projet FSE+ portent ces références, l’emblème et la mention du cofinancement."
            ),
        ),
    )

    def clean_emblem_place(self) -> str:
        """The place, the usual one when a client sends none."""
        return self.cleaned_data["emblem_place"] or EmblemPlace.LEFT


def initial_of(row: Model, form: type[AncrageForm]) -> dict[str, Any]:
    """What ``form`` shows at first for ``row``: the fields they have in common."""
    return {name: getattr(row, name) for name in form.base_fields}

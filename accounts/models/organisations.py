"""Organisations, their sites and their projects."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import EmblemPlace, Funder, OrganisationKind
from accounts.models.querysets import OrganisationScopedManager, ProjectManager
from foundation.models import UuidModel
from foundation.phones import PhoneField


class Organisation(UuidModel):
    """A MIRE, a CISP, a CPAS… whose data are invisible to the others."""

    name = models.CharField(_("nom"), max_length=200, unique=True)
    short_name = models.CharField(_("nom court"), max_length=40, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=OrganisationKind)
    town = models.CharField(_("localité"), max_length=100, blank=True)
    bce_number = models.CharField(_("numéro BCE"), max_length=10, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    phone = PhoneField(_("téléphone"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)

    class Meta:
        verbose_name = _("organisme")
        verbose_name_plural = _("organismes")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("bce_number",), condition=~Q(bce_number=""), name="accounts_organisation_bce_unique"
            ),
        )

    def __str__(self) -> str:
        return self.short_name


class OrganisationOwned(UuidModel):
    """Base of every row that belongs to one organisation."""

    #: who may read the rows of this model in their current organisation
    read_permission: ClassVar[str] = "accounts.read_names"

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name=_("organisme"))

    objects = OrganisationScopedManager()

    class Meta:
        abstract = True


class Site(OrganisationOwned):
    """A place where the organisation receives people."""

    read_permission: ClassVar = "accounts.read_scopes"

    name = models.CharField(_("nom"), max_length=100)
    street = models.CharField(_("rue et numéro"), max_length=200, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)
    town = models.CharField(_("localité"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                name="accounts_site_name_unique",
                violation_error_message=_("Un site porte déjà ce nom."),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Project(OrganisationOwned):
    """A subsidised project under which cases and hours are reported. ``ends_on`` is its last day, included.

    The references are what its documents must carry when the European Union co-finances it (regulation (EU) 2021/1060,
    article 50 and annex IX: emblem, sentence, references of the operation); each is written as the funder writes it.
    """

    read_permission: ClassVar = "accounts.read_scopes"

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("intitulé"), max_length=200)
    funder = models.CharField(_("pouvoir subsidiant"), max_length=10, choices=Funder)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)
    agreement_number = models.CharField(_("numéro de convention"), max_length=60, blank=True)
    programme = models.CharField(_("programme, axe et mesure"), max_length=200, blank=True)
    cofinancing_rate = models.CharField(_("taux de cofinancement"), max_length=60, blank=True)
    emblem_place = models.CharField(
        _("place de l’emblème"), max_length=5, choices=EmblemPlace, default=EmblemPlace.LEFT
    )

    objects: ClassVar = ProjectManager()

    class Meta:
        verbose_name = _("projet")
        verbose_name_plural = _("projets")
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                "organisation",
                Lower("code"),
                name="accounts_project_code_unique",
                violation_error_message=_("Un projet porte déjà ce code."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_project_dates",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} – {self.name}"

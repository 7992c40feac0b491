"""Organisations, their people, and the dated parameters of the installation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import NAME_READING_ROLES, Funder, OrganisationKind, ParameterStatus, Role
from accounts.querysets import (
    MembershipManager,
    OrganisationScopedManager,
    ProjectManager,
    UserManager,
)
from foundation.clock import today
from foundation.models import UuidModel


class Organisation(UuidModel):
    """A MIRE, a CISP, a CPAS… whose data are invisible to the others."""

    name = models.CharField(_("nom"), max_length=200, unique=True)
    short_name = models.CharField(_("nom court"), max_length=40, unique=True)
    kind = models.CharField(_("type"), max_length=10, choices=OrganisationKind)
    town = models.CharField(_("localité"), max_length=100, blank=True)
    bce_number = models.CharField(_("numéro BCE"), max_length=10, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    phone = models.CharField(_("téléphone"), max_length=40, blank=True)
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

    #: roles whose holders may read the rows of this model in their current organisation
    readable_by: ClassVar[tuple[Role, ...]] = NAME_READING_ROLES

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, verbose_name=_("organisme"))

    objects = OrganisationScopedManager()

    class Meta:
        abstract = True


class Site(OrganisationOwned):
    """A place where the organisation receives people."""

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
    """A subsidised project under which cases and hours are reported. ``ends_on`` is its last day, included."""

    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("intitulé"), max_length=200)
    funder = models.CharField(_("pouvoir subsidiant"), max_length=10, choices=Funder)
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)

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


class User(UuidModel, AbstractBaseUser):
    """A person who logs in, by e-mail address. Rights come from memberships alone: there is no superuser."""

    # Read by libraries that expect Django's own user; nobody has rights outside the memberships.
    is_staff = False
    is_superuser = False

    email = models.EmailField(_("adresse e-mail"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=100)
    last_name = models.CharField(_("nom"), max_length=100)
    is_active = models.BooleanField(_("peut se connecter"), default=True)
    current_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme en cours"),
    )

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["first_name", "last_name"]

    class Meta:
        verbose_name = _("utilisateur·rice")
        verbose_name_plural = _("utilisateurs et utilisatrices")
        ordering = ("last_name", "first_name", "id")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_("Un compte existe déjà pour cette adresse e-mail."),
            ),
        )

    def __str__(self) -> str:
        return self.get_full_name()

    def clean(self) -> None:
        """Store addresses in lower case, so that one address is one account."""
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """First name then last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """First name."""
        return self.first_name

    @property
    def initials(self) -> str:
        """First letters of the names, for compact displays."""
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def active_memberships(self) -> list[Membership]:
        """Memberships in force today, in every organisation, by its name. One query per instance and day."""
        on = today()
        cached: tuple[date, list[Membership]] | None = self.__dict__.get("_active_memberships")
        if cached is None or cached[0] != on:
            held = self.memberships.active_on(on).select_related("organisation").order_by("organisation__name", "role")
            cached = (on, list(held))
            self.__dict__["_active_memberships"] = cached
        return cached[1]

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held today in the current organisation; none for a deactivated user."""
        if not self.is_active or self.current_organisation_id is None:
            return frozenset()
        return frozenset(
            Role(held.role) for held in self.active_memberships if held.organisation_id == self.current_organisation_id
        )

    @property
    def organisations(self) -> list[Organisation]:
        """The organisations where the user has a role today, by name."""
        return list({held.organisation_id: held.organisation for held in self.active_memberships}.values())

    def has_role(self, *roles: Role) -> bool:
        """Whether one of ``roles`` is held today in the current organisation."""
        return not self.roles.isdisjoint(roles)

    def forget_roles(self) -> None:
        """Read the roles again at the next question: to be called after a membership of this user changed."""
        self.__dict__.pop("_active_memberships", None)

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Whether the rules grant ``permission`` (on ``obj``); an unknown permission is a programming error."""
        # imported here: the predicates import this module
        from accounts.permissions import allows

        return allows(self, permission, obj)

    def has_module_perms(self, app_label: str) -> bool:
        """No right is given by app: libraries that ask are answered no."""
        return False


class Membership(OrganisationOwned):
    """One role of one user in one organisation, from a first to a last day (both included)."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("utilisateur·rice")
    )
    role = models.CharField(_("rôle"), max_length=12, choices=Role)
    fte = models.DecimalField(_("équivalent temps plein"), max_digits=3, decimal_places=2, default=1)
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("site")
    )
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"), null=True, blank=True)

    objects: ClassVar = MembershipManager()

    class Meta:
        verbose_name = _("rôle dans l’organisme")
        verbose_name_plural = _("rôles dans l’organisme")
        ordering = ("-starts_on", "role", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "organisation", "role", "starts_on"),
                name="accounts_membership_unique",
                violation_error_message=_("Cette personne a déjà ce rôle à partir de cette date."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="accounts_membership_dates",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
            models.CheckConstraint(
                condition=Q(fte__gte=0) & Q(fte__lte=Decimal("1.5")),
                name="accounts_membership_fte",
                violation_error_message=_("L’équivalent temps plein va de 0 à 1,5."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def is_active_on(self, on: date) -> bool:
        """Whether the membership is in force on ``on`` (both ends included)."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Parameter(UuidModel):
    """One dated value of a number that the law or the method fixes (domain.md, section 10).

    A value holds on ``[valid_from, valid_to)``: ``valid_to`` is the first day of the next value, or null for the
    last one. Values are added, never edited: ``accounts.services.parameters.add_value`` is the only writer.
    """

    key = models.CharField(_("paramètre"), max_length=60)
    value = models.JSONField(_("valeur"))
    valid_from = models.DateField(_("en vigueur depuis"))
    valid_to = models.DateField(_("jusqu’au (non compris)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    status = models.CharField(_("statut"), max_length=10, choices=ParameterStatus)
    created_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("ajouté par")
    )

    class Meta:
        verbose_name = _("paramètre daté")
        verbose_name_plural = _("paramètres datés")
        ordering = ("key", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=("key", "valid_from"), name="accounts_parameter_key_from_unique"),
            models.UniqueConstraint(
                fields=("key",), condition=Q(valid_to__isnull=True), name="accounts_parameter_one_open_value"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="accounts_parameter_dates"
            ),
        )

    def __str__(self) -> str:
        return f"{self.key} ({self.valid_from})"

"""The people who log in, the roles they hold, and the days they are away."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import AbsenceReason, Role
from accounts.models.organisations import Organisation, OrganisationOwned, Site
from accounts.models.querysets import AbsenceManager, MembershipManager, UserManager
from accounts.permissions import allows
from foundation.clock import today
from foundation.constraints import NoOverlap
from foundation.models import UuidModel
from foundation.rules.text import search_key
from privacy.fields import EncryptedTextField

SEARCH_KEY_LENGTH = 250


class User(UuidModel, AbstractBaseUser):
    """A person who logs in, by e-mail address. Rights come from memberships, and from being the steward of the
    installation's parameters: there is no superuser.
    """

    # Read by libraries that expect Django's own user; nobody has rights outside the memberships.
    is_staff = False
    is_superuser = False

    email = models.EmailField(_("adresse e-mail"), unique=True)
    first_name = models.CharField(_("prénom"), max_length=100)
    last_name = models.CharField(_("nom"), max_length=100)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, default="")
    is_active = models.BooleanField(_("peut se connecter"), default=True)
    current_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisme en cours"),
    )
    # Of the installation, not of an organisation: given and taken by a command, so that no administrator of one
    # organisation hands out the values of all (docs/decisions/0028-steward.md).
    steward_since = models.DateField(_("garant·e des paramètres depuis le"), null=True, blank=True, editable=False)
    # Letters that act by themselves get in the way of whoever speaks to their computer: they can be switched off
    # (WCAG 2.1.4), for every place where one logs in.
    single_key_shortcuts = models.BooleanField(_("touches seules actives"), default=True)
    # What pages and mails speak to this person.
    language = models.CharField(_("langue"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the normalised key true whoever writes."""
        self.search_key = search_key(f"{self.last_name} {self.first_name}")[:SEARCH_KEY_LENGTH]
        super().save(*args, **kwargs)

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
            # The organisation of the moment was read with them: it is not asked for again.
            here = [one.organisation for one in cached[1] if one.organisation_id == self.current_organisation_id]
            if here:
                self.current_organisation = here[0]
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
    def is_steward(self) -> bool:
        """Whether the installation's parameters are theirs to keep, in no organisation in particular."""
        return self.is_active and self.steward_since is not None and self.steward_since <= today()

    @property
    def organisations(self) -> list[Organisation]:
        """The organisations where the user has a role today, by name."""
        return list({held.organisation_id: held.organisation for held in self.active_memberships}.values())

    @property
    def organisation_here(self) -> Organisation | None:
        """The current organisation, read with the roles of the day: it costs nothing more than they do."""
        among = (one for one in self.organisations if one.pk == self.current_organisation_id)
        return next(among, None) or self.current_organisation

    def has_role(self, *roles: Role) -> bool:
        """Whether one of ``roles`` is held today in the current organisation."""
        return not self.roles.isdisjoint(roles)

    def forget_roles(self) -> None:
        """Read the roles again at the next question: to be called after a membership of this user changed."""
        self.__dict__.pop("_active_memberships", None)
        self.__dict__.pop("_absences_today", None)

    @property
    def absences_today(self) -> list[Absence]:
        """Absences of today in the current organisation, the user's own and those during which they stand in.

        One query per instance, organisation and day.
        """
        key = (today(), self.current_organisation_id)
        cached: tuple[object, list[Absence]] | None = self.__dict__.get("_absences_today")
        if cached is None or cached[0] != key:
            found = Absence.objects.running_on(key[0]).filter(
                Q(user=self) | Q(replacement=self), organisation_id=self.current_organisation_id
            )
            cached = (key, list(found.select_related("user", "replacement").order_by("ends_on", "id")))
            self.__dict__["_absences_today"] = cached
        return cached[1]

    @property
    def replacing(self) -> list[Absence]:
        """Absences of today during which the user stands in for somebody, the one that ends first at the top."""
        return [absence for absence in self.absences_today if absence.replacement_id == self.pk]

    @property
    def replaced_coaches(self) -> frozenset[UUID]:
        """Keys of the people for whom the user stands in today."""
        return frozenset(absence.user_id for absence in self.replacing)

    def has_perm(self, permission: str, obj: object = None) -> bool:
        """Whether the rules grant ``permission`` (on ``obj``); an unknown permission is a programming error."""
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
            models.CheckConstraint(
                condition=~Q(role=Role.INSPECTOR) | Q(ends_on__isnull=False),
                name="accounts_membership_inspector_ends",
                violation_error_message=_("L’accès d’un·e inspecteur·rice a un dernier jour."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def is_active_on(self, on: date) -> bool:
        """Whether the membership is in force on ``on`` (both ends included)."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Absence(OrganisationOwned):
    """Days when somebody is away from one organisation, the first and the last included, and who stands in.

    One that never took place is kept with ``cancelled_on``; one cut short ends on the last day away.
    """

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="absences", verbose_name=_("personne absente")
    )
    starts_on = models.DateField(_("premier jour d’absence"))
    ends_on = models.DateField(_("dernier jour d’absence"))
    replacement = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("remplacement"),
    )
    reason = models.CharField(_("motif"), max_length=8, choices=AbsenceReason, default=AbsenceReason.LEAVE)
    note = EncryptedTextField(_("consignes"), context="absence.note", blank=True, default="")
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)

    objects: ClassVar = AbsenceManager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("starts_on", "id")
        indexes = (models.Index(fields=("replacement", "ends_on")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="accounts_absence_dates",
                violation_error_message=_("Le dernier jour ne peut pas précéder le premier."),
            ),
            models.CheckConstraint(
                condition=Q(replacement__isnull=True) | ~Q(replacement=F("user")),
                name="accounts_absence_not_oneself",
                violation_error_message=_("Une personne absente ne se remplace pas elle-même."),
            ),
            NoOverlap(
                name="accounts_absence_one_at_a_time",
                scope=("user", "organisation"),
                start="starts_on",
                end="ends_on",
                inclusive=True,
                condition=Q(cancelled_on__isnull=True),
                violation_error_message=_("Une autre absence couvre déjà une partie de ces jours."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} ({self.starts_on:%d/%m/%Y} – {self.ends_on:%d/%m/%Y})"

    def has_begun(self, on: date) -> bool:
        """Whether the first day has come on the day ``on``."""
        return self.starts_on <= on

    def is_over(self, on: date) -> bool:
        """Whether the last day is past on the day ``on``."""
        return self.ends_on < on

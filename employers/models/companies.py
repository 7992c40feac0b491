"""Firms, the persons of reference in them, and prospection."""

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project
from employers.enums import CompanySize, ProspectionChannel, ProspectionResult, Sector
from employers.models.fields import JointCommitteeField
from employers.rules.names import firm_key
from foundation.countries import HOME
from foundation.models import UuidModel
from foundation.phones import PhoneField
from foundation.rules import dates
from foundation.rules.text import search_key
from foundation.word_index import WordsField

SEARCH_KEY_LENGTH = 250


class Company(OrganisationOwned):
    """A firm, once per organisation; the enterprise number (BCE) says when two employers are the same one."""

    name = models.CharField(_("nom"), max_length=150)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, db_index=True)
    # Under which two names are one firm (employers/rules/names.py).
    name_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, db_index=True, default="")
    bce_number = models.CharField(_("numéro d’entreprise (BCE)"), max_length=10, blank=True)
    # A firm of another country has its own number, and an address and telephones that are not ours to check.
    country = models.CharField(_("pays"), max_length=2, default=HOME)
    foreign_number = models.CharField(_("numéro d’entreprise étranger"), max_length=30, blank=True)
    sector = models.CharField(_("secteur"), max_length=1, choices=Sector, blank=True, default=Sector.UNKNOWN)
    size = models.CharField(_("taille"), max_length=8, choices=CompanySize, blank=True, default=CompanySize.UNKNOWN)
    street = models.CharField(_("rue et numéro"), max_length=150, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)
    town = models.CharField(_("commune"), max_length=80, blank=True)
    phone = PhoneField(_("téléphone"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    joint_committee = JointCommitteeField(blank=True)
    note = models.TextField(_("à savoir"), blank=True)
    # Which employer this record is of; its consequences are computed from it by `employers.services.ties`.
    main = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="establishments",
        verbose_name=_("établissement de"),
    )
    taken_over_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="taken_over",
        verbose_name=_("reprise par"),
    )
    taken_over_on = models.DateField(_("reprise le"), null=True, blank=True)
    # The employer day by day, and the firms that any tie joins (employers/rules/lineage.py); nothing for a firm alone.
    lineage = models.TextField(blank=True, default="", editable=False)
    kin = models.UUIDField(null=True, editable=False, db_index=True)

    date_bounds: ClassVar = {"taken_over_on": dates.WORK_DAY}

    class Meta:
        verbose_name = _("entreprise")
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["organisation", "phone"], name="company_by_phone")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "bce_number"],
                condition=~Q(bce_number="") & Q(main__isnull=True),
                name="company_bce_once",
                violation_error_message=_("Une entreprise porte déjà ce numéro BCE."),
            ),
            models.CheckConstraint(
                condition=Q(taken_over_by__isnull=True, taken_over_on__isnull=True)
                | Q(taken_over_by__isnull=False, taken_over_on__isnull=False),
                name="company_taken_over_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(country=HOME, foreign_number="") | ~Q(country=HOME) & Q(bce_number=""),
                name="company_number_of_its_country",
                violation_error_message=_("Un numéro BCE est belge ; une entreprise d’un autre pays a le sien."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def family(self) -> UUID:
        """The key shared by all firms that any tie joins to this one, whatever its day."""
        key: UUID = self.kin or self.pk
        return key

    def save(self, *args, **kwargs) -> None:
        """Keep the normalised keys true whoever writes."""
        # Some signs are written out in many letters.
        self.search_key = search_key(f"{self.name} {self.town}")[:SEARCH_KEY_LENGTH]
        self.name_key = firm_key(self.name)[:SEARCH_KEY_LENGTH]
        super().save(*args, **kwargs)


def in_families(keys: Iterable[UUID]) -> Q:
    """The firms of these families (`Company.family`)."""
    wanted = list(keys)
    return Q(kin__in=wanted) | Q(pk__in=wanted)


class CompanyContact(UuidModel):
    """A person in the firm; the person of reference is the one who decides."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("nom"), max_length=120)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, default="")
    function = models.CharField(_("fonction"), max_length=100, blank=True)
    phone = PhoneField(_("téléphone"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    is_reference = models.BooleanField(_("personne de référence"), default=False)

    class Meta:
        verbose_name = _("personne de l’entreprise")
        ordering = ["-is_reference", "name", "id"]
        indexes = [models.Index(fields=["phone"], name="company_person_by_phone")]
        constraints = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(is_reference=True),
                name="company_one_reference_person",
                violation_error_message=_("Cette entreprise a déjà une personne de référence."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the normalised key true whoever writes."""
        self.search_key = search_key(self.name)[:SEARCH_KEY_LENGTH]
        super().save(*args, **kwargs)


class ProspectionContact(OrganisationOwned):
    """A visit or a call to a firm that concerns no person yet."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="prospections")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="prospections", verbose_name=_("jobcoach")
    )
    on = models.DateField(_("date"))
    channel = models.CharField(_("moyen"), max_length=6, choices=ProspectionChannel)
    met = models.ForeignKey(
        CompanyContact, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("personne rencontrée")
    )
    minutes = models.PositiveSmallIntegerField(_("durée"), validators=[MinValueValidator(1)])
    # Under which the hours of the coach count it; none was asked before 0.5.
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("projet")
    )
    result = models.CharField(_("résultat"), max_length=10, choices=ProspectionResult)
    summary = models.TextField(_("ce qui s’est dit"), blank=True)
    # Under which words it is found (docs/decisions/0029-searching-notes.md).
    words = WordsField(of="summary")
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("contact de prospection")
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["organisation", "on"])]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="prospection_has_duration")]

    def __str__(self) -> str:
        return f"{self.company} ({self.on:%d/%m/%Y})"

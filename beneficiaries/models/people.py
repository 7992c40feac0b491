"""The people and the partners around them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.enums import Education, Gender, Origin, PaperLanguage, PartnerKind
from beneficiaries.rules.names import known_as
from foundation.formatting import date_words, first_letter
from foundation.models import UuidModel
from foundation.phones import PhoneField
from foundation.rules import dates
from foundation.rules.text import search_key
from privacy.fields import EncryptedTextField

OTHER_NAMES_LENGTH = 300
SEARCH_KEY_LENGTH = 200


class Partner(OrganisationOwned):
    """An outside service: it refers people to us, helps beside us, or both."""

    name = models.CharField(_("nom"), max_length=150)
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, default="")
    kind = models.CharField(_("type"), max_length=20, choices=PartnerKind)
    refers = models.BooleanField(_("prescripteur"), default=False)
    phone = PhoneField(_("téléphone"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)

    class Meta:
        verbose_name = _("partenaire")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="partner_name_once",
                violation_error_message=_("Ce partenaire existe déjà."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:
        """Keep the normalised key true whoever writes."""
        self.search_key = search_key(self.name)[:SEARCH_KEY_LENGTH]
        super().save(*args, **kwargs)


class Beneficiary(OrganisationOwned):
    """A person far from employment, once per organisation. The national number is optional, encrypted and found by
    blind index.
    """

    # Somebody whose papers carry one name only has a last name and no first name.
    first_name = models.CharField(_("prénom"), max_length=80, blank=True)
    last_name = models.CharField(_("nom"), max_length=80)
    other_names = models.CharField(_("autres noms"), max_length=OTHER_NAMES_LENGTH, blank=True, default="")
    # What lists are sorted by; `known_as` is what the person is found by (beneficiaries/rules/names.py).
    search_key = models.CharField(max_length=SEARCH_KEY_LENGTH, editable=False, db_index=True)
    known_as = models.TextField(editable=False, blank=True, default="")
    birth_date = models.DateField(_("date de naissance"), null=True, blank=True)
    gender = models.CharField(_("genre"), max_length=1, choices=Gender, blank=True, default=Gender.UNKNOWN)
    language = models.CharField(
        _("langue de ses papiers"), max_length=10, choices=PaperLanguage, default=PaperLanguage.FRENCH
    )
    origin = models.CharField(_("origine"), max_length=24, choices=Origin, blank=True, default=Origin.UNKNOWN)
    education = models.CharField(
        _("diplôme le plus élevé"), max_length=10, choices=Education, blank=True, default=Education.UNKNOWN
    )
    niss = EncryptedTextField(_("numéro national (NISS)"), context="beneficiary.niss", blank=True, default="")
    niss_index = models.CharField(max_length=64, editable=False, blank=True, default="")
    phone = PhoneField(_("téléphone"), blank=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    street = models.CharField(_("rue et numéro"), max_length=150, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=10, blank=True)
    town = models.CharField(_("commune"), max_length=80, blank=True)
    jobseeker_since = models.DateField(_("sans emploi depuis le"), null=True, blank=True)

    date_bounds: ClassVar = {"birth_date": dates.BIRTH}

    class Meta:
        verbose_name = _("bénéficiaire")
        ordering = ["last_name", "first_name", "id"]
        # What people are found by, besides their names (beneficiaries/selectors/finding.py); and the order of lists.
        indexes = [
            models.Index(fields=["organisation", "birth_date"], name="beneficiary_by_birth"),
            models.Index(fields=["organisation", "phone"], name="beneficiary_by_phone"),
            models.Index("organisation", Upper("email"), name="beneficiary_by_email"),
            models.Index(fields=["organisation", "search_key", "id"], name="beneficiary_by_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "niss_index"],
                condition=~Q(niss_index=""),
                name="beneficiary_niss_once",
                violation_error_message=_("Une personne porte déjà ce numéro national."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.last_name} {self.first_name}".strip()

    def save(self, *args, **kwargs) -> None:
        """Keep the normalised keys true whoever writes."""
        # Some signs are written out in many letters.
        self.search_key = search_key(f"{self.last_name} {self.first_name}")[:SEARCH_KEY_LENGTH]
        self.known_as = known_as(self.first_name, self.last_name, self.other_names)
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """First then last name, as one speaks of the person."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def initials(self) -> str:
        """The person's initials: all that leaves the house in mails and calendars."""
        return first_letter(self.first_name) + first_letter(self.last_name)

    @property
    def born_words(self) -> str:
        """« née le 04/03/1985 », as the gender is known; "" when the birth date is not."""
        if self.birth_date is None:
            return ""
        born = {Gender.WOMAN: _("née le %(date)s"), Gender.MAN: _("né le %(date)s")}
        return born.get(Gender(self.gender), _("né·e le %(date)s")) % {"date": date_words(self.birth_date)}


class FormerNumber(UuidModel):
    """A national or BIS number that another one replaced: its blind index alone, so that it still finds the person."""

    beneficiary = models.ForeignKey(Beneficiary, on_delete=models.CASCADE, related_name="former_numbers")
    niss_index = models.CharField(max_length=64, editable=False, db_index=True)

    class Meta:
        verbose_name = _("ancien numéro national")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["beneficiary", "niss_index"], name="former_number_once"),
        ]

    def __str__(self) -> str:
        return str(self.beneficiary)


def coach_field(**kwargs) -> models.ForeignKey:
    """A reference to the user who acts, kept as long as the facts are."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, **kwargs)

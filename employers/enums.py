"""The closed lists that describe firms, visits and jobs."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CompanySize(TextChoices):
    """Number of workers, in bands."""

    MICRO = "MICRO", _("moins de 10 personnes")
    SMALL = "SMALL", _("10 à 49")
    MEDIUM = "MEDIUM", _("50 à 249")
    LARGE = "LARGE", _("250 et plus")
    UNKNOWN = "", _("non précisée")


class Sector(TextChoices):
    """Branch of activity, by NACE section where one exists."""

    AGRICULTURE = "A", _("agriculture, horticulture")
    INDUSTRY = "C", _("industrie")
    WASTE = "E", _("eau, déchets, recyclage")
    CONSTRUCTION = "F", _("construction")
    TRADE = "G", _("commerce, garage")
    TRANSPORT = "H", _("transport, logistique")
    HORECA = "I", _("hôtel, restaurant")
    SERVICES = "N", _("nettoyage, services aux entreprises")
    PUBLIC = "O", _("administration")
    EDUCATION = "P", _("enseignement")
    CARE = "Q", _("santé, action sociale")
    CULTURE = "R", _("culture, sport, loisirs")
    OTHER = "S", _("autres services")
    UNKNOWN = "", _("non précisé")


class ProspectionChannel(TextChoices):
    """How a firm was reached; visits and telephone talks are direct contacts."""

    VISIT = "VISIT", _("visite")
    PHONE = "PHONE", _("téléphone")
    VIDEO = "VIDEO", _("visioconférence")
    EMAIL = "EMAIL", _("e-mail")
    LETTER = "LETTER", _("courrier")
    EVENT = "EVENT", _("rencontre, salon")


class ProspectionResult(TextChoices):
    """What a visit or a call gave."""

    INTERESTED = "INTERESTED", _("intéressée")
    VACANCY = "VACANCY", _("poste annoncé")
    CALL_BACK = "CALL_BACK", _("à recontacter")
    NOT_NOW = "NOT_NOW", _("pas de besoin actuellement")
    REFUSED = "REFUSED", _("refus")


class VacancyState(TextChoices):
    """Where a job to be filled stands."""

    OPEN = "OPEN", _("ouvert")
    FILLED = "FILLED", _("pourvu")
    WITHDRAWN = "WITHDRAWN", _("retiré")


class ContractType(TextChoices):
    """Kinds of employment and of in-company training (domain.md 2)."""

    CDI = "CDI", _("CDI")
    CDD = "CDD", _("CDD")
    INTERIM = "INTERIM", _("intérim")
    ART_60 = "ART_60", _("article 60")
    ART_61 = "ART_61", _("article 61")
    PFI = "PFI", _("PFI (formation-insertion)")
    STAGE = "STAGE", _("stage en entreprise")
    FREELANCE = "FREELANCE", _("indépendant·e")
    OTHER = "OTHER", _("autre contrat")

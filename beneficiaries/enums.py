"""The closed lists of the trade that describe a person and their path; the French label is what screens show."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    """Gender as the person states it; `UNKNOWN` until asked. Never inferred from a national number."""

    WOMAN = "F", _("femme")
    MAN = "M", _("homme")
    NON_BINARY = "X", _("non binaire")
    UNKNOWN = "", _("non précisé")


class PaperLanguage(TextChoices):
    """In which language a person reads what they sign and receive; codes of ``settings.LANGUAGES``."""

    FRENCH = "fr-be", _("français")
    DUTCH = "nl-be", _("néerlandais")
    GERMAN = "de-be", _("allemand")


class Origin(TextChoices):
    """Origin as the pilot's table counts it (seeds/001, summary table)."""

    BELGIAN_OR_EUROPEAN = "BELGIAN_OR_EUROPEAN", _("belge ou européenne")
    FOREIGN = "FOREIGN", _("étrangère ou d’origine étrangère")
    UNKNOWN = "", _("non précisée")


class Education(TextChoices):
    """Highest diploma obtained, as declared; foreign diplomas without equivalence are `OTHER`."""

    NONE = "NONE", _("aucun diplôme")
    CEB = "CEB", _("primaire (CEB)")
    CESI = "CESI", _("secondaire inférieur (CESI, CESDD)")
    CESS = "CESS", _("secondaire supérieur (CESS)")
    HIGHER = "HIGHER", _("enseignement supérieur")
    OTHER = "OTHER", _("autre ou non reconnu")
    UNKNOWN = "", _("non précisé")


class ExitReason(TextChoices):
    """Why a case ends (domain.md 4)."""

    CONSOLIDATED = "CONSOLIDATED", _("insertion consolidée")
    WITHDRAWAL = "WITHDRAWAL", _("arrêt à la demande de la personne")
    CLOCK_USED = "CLOCK_USED", _("24 mois épuisés")
    MOVED = "MOVED", _("déménagement")
    TRAINING = "TRAINING", _("entrée en formation")
    LONG_ILLNESS = "LONG_ILLNESS", _("maladie de longue durée")
    NOT_COACHABLE = "NOT_COACHABLE", _("non coachable à ce stade")
    NO_NEWS = "NO_NEWS", _("sans nouvelles")
    DEATH = "DEATH", _("décès")
    OTHER = "OTHER", _("autre motif")


class ExitOutcome(TextChoices):
    """The person's situation on the day of the exit."""

    EMPLOYED = "EMPLOYED", _("à l’emploi")
    SELF_EMPLOYED = "SELF_EMPLOYED", _("indépendant·e")
    TRAINING = "TRAINING", _("en formation ou aux études")
    JOB_SEEKING = "JOB_SEEKING", _("en recherche d’emploi")
    INACTIVE = "INACTIVE", _("sans activité ni recherche")
    UNKNOWN = "UNKNOWN", _("inconnue")


class EligibilityRegime(TextChoices):
    """Which law the person is checked against (domain.md 8)."""

    MIRE = "MIRE", _("MIRE (décret du 13/12/2023)")
    CISP = "CISP", _("CISP (décret du 10/07/2013)")
    HOUSE = "HOUSE", _("règles de l’organisme (aucune liste légale)")


class EvidenceKind(TextChoices):
    """What was seen to establish a criterion."""

    FOREM_EXTRACT = "FOREM_EXTRACT", _("extrait de l’inscription au FOREM")
    CPAS_CERTIFICATE = "CPAS_CERTIFICATE", _("attestation du CPAS")
    DIPLOMA = "DIPLOMA", _("diplôme ou déclaration de niveau")
    IDENTITY = "IDENTITY", _("document d’identité")
    RESIDENCE = "RESIDENCE", _("titre de séjour")
    AVIQ = "AVIQ", _("document de l’AVIQ")
    FOREM_REFERRAL = "FOREM_REFERRAL", _("adressage du FOREM")
    DECLARATION = "DECLARATION", _("déclaration sur l’honneur")
    DECISION = "DECISION", _("décision de dérogation")
    AGREEMENT = "AGREEMENT", _("convention signée")
    OTHER = "OTHER", _("autre pièce")


class ExceptionCode(TextChoices):
    """What may be asked beyond the rule; what each changes is told by `beneficiaries.registries.exception_kinds`."""

    DEROGATION = "DEROGATION", _("dérogation d’éligibilité")
    EXTENSION = "EXTENSION", _("prolongation des 24 mois")
    SUSPENSION = "SUSPENSION", _("suspension des 24 mois")


class PaperType(TextChoices):
    """What a file is, judged by its content; the value is what a browser is told."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"

    @property
    def extension(self) -> str:
        """How the name of such a file ends."""
        return {"PDF": "pdf", "JPEG": "jpg", "PNG": "png"}[self.name]


class ObstacleKind(TextChoices):
    """What stands between the person and a job."""

    MOBILITY = "MOBILITY", _("mobilité")
    CHILDCARE = "CHILDCARE", _("garde d’enfants")
    LANGUAGE = "LANGUAGE", _("langue")
    HOUSING = "HOUSING", _("logement")
    HEALTH = "HEALTH", _("santé")
    DEBT = "DEBT", _("dettes")
    ADMINISTRATIVE = "ADMINISTRATIVE", _("administratif")
    SKILLS = "SKILLS", _("compétences de base")
    CONFIDENCE = "CONFIDENCE", _("confiance en soi")
    OTHER = "OTHER", _("autre")


class ObstacleState(TextChoices):
    """Where work on an obstacle stands."""

    IDENTIFIED = "IDENTIFIED", _("identifié")
    IN_PROGRESS = "IN_PROGRESS", _("en cours de levée")
    LIFTED = "LIFTED", _("levé")


class ObjectiveState(TextChoices):
    """Where a goal of the action plan stands."""

    ACTIVE = "ACTIVE", _("en cours")
    ACHIEVED = "ACHIEVED", _("atteint")
    DROPPED = "DROPPED", _("abandonné")


class PartnerKind(TextChoices):
    """Who sends people to us or helps beside us."""

    FOREM = "FOREM", _("FOREM")
    CPAS = "CPAS", _("CPAS")
    CISP = "CISP", _("CISP")
    AVIQ = "AVIQ", _("AVIQ")
    MEDICAL = "MEDICAL", _("santé")
    HOUSING = "HOUSING", _("logement")
    DEBT = "DEBT", _("médiation de dettes")
    CHILDCARE = "CHILDCARE", _("accueil de l’enfance")
    TRAINING = "TRAINING", _("formation")
    ASSOCIATION = "ASSOCIATION", _("association")
    OTHER = "OTHER", _("autre")

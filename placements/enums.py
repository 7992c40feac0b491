"""The closed lists of matching and employment."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Decision(TextChoices):
    """The answer of one party to a match; the person decides first."""

    PENDING = "PENDING", _("en attente")
    ACCEPTED = "ACCEPTED", _("d’accord")
    REFUSED = "REFUSED", _("refus")


class EndReason(TextChoices):
    TERM = "TERM", _("fin du contrat à durée déterminée")
    DISMISSAL = "DISMISSAL", _("licenciement")
    RESIGNATION = "RESIGNATION", _("démission")
    MUTUAL = "MUTUAL", _("rupture de commun accord")
    FORCE_MAJEURE = "FORCE_MAJEURE", _("force majeure médicale")
    CLOSURE = "CLOSURE", _("fermeture de l’entreprise")
    DEATH = "DEATH", _("décès")
    CONVERTED = "CONVERTED", _("remplacé par un autre contrat")
    OTHER = "OTHER", _("autre motif")


class Origin(TextChoices):
    """Where a job came from. Nobody is supposed to have found it alone: it is asked, and unknown until it is told."""

    OURS = "OURS", _("proposé par nous")
    PERSON = "PERSON", _("trouvé par la personne")
    SERVICE = "SERVICE", _("autre service ou partenaire")
    PRESS = "PRESS", _("délégué presse")
    UNION = "UNION", _("délégué syndical")
    AGENCY = "AGENCY", _("agence d’intérim")
    UNKNOWN = "UNKNOWN", _("inconnu, à préciser")


class Idleness(TextChoices):
    """Why a contract that goes on gives no work for a time (chômage temporaire)."""

    ECONOMIC = "ECONOMIC", _("causes économiques")
    WEATHER = "WEATHER", _("intempéries")
    FORCE_MAJEURE = "FORCE_MAJEURE", _("force majeure")


class FollowUpMode(TextChoices):
    """How follow-up in the firm was agreed, or by whom it was refused: three facts (domain.md 6)."""

    AGREED = "AGREED", _("suivi convenu avec la personne et l’employeur")
    DISCREET = "DISCREET", _("suivi discret : l’employeur n’est pas informé")
    REFUSED = "REFUSED", _("suivi refusé par la personne")
    EMPLOYER = "EMPLOYER", _("suivi refusé par l’employeur")
    BOTH = "BOTH", _("suivi refusé par la personne et par l’employeur")


#: the person refuses: no contact is due in the window
REFUSED_BY_PERSON = (FollowUpMode.REFUSED, FollowUpMode.BOTH)
#: the employer refuses: no talk with the firm is due
REFUSED_BY_EMPLOYER = (FollowUpMode.EMPLOYER, FollowUpMode.BOTH)
REFUSED_MODES = (FollowUpMode.REFUSED, FollowUpMode.EMPLOYER, FollowUpMode.BOTH)


class SuspensionReason(TextChoices):
    """Why the 24 months stop without a job (domain.md 5)."""

    ILLNESS = "ILLNESS", _("maladie")
    MATERNITY = "MATERNITY", _("maternité, naissance")
    TRAINING = "TRAINING", _("formation")
    DETENTION = "DETENTION", _("détention")
    FAMILY = "FAMILY", _("situation familiale grave")
    OTHER = "OTHER", _("autre motif")


class AidRegion(TextChoices):
    """Whose hiring aid it is."""

    WALLONIA = "WALLONIA", _("Wallonie")
    BRUSSELS = "BRUSSELS", _("Bruxelles")
    BELGIUM = "BELGIUM", _("Belgique")


class RequestState(TextChoices):
    """Where a request that somebody else decides stands."""

    REQUESTED = "REQUESTED", _("demandée")
    APPROVED = "APPROVED", _("approuvée")
    REFUSED = "REFUSED", _("refusée")
    CANCELLED = "CANCELLED", _("annulée")


class VerifiedHow(TextChoices):
    """How somebody made sure that a person was still at work."""

    PERSON = "PERSON", _("appel ou message à la personne")
    EMPLOYER = "EMPLOYER", _("appel ou message à l’employeur")
    PAYSLIP = "PAYSLIP", _("fiche de paie")
    DIMONA = "DIMONA", _("déclaration Dimona ou extrait de carrière")
    PARTNER = "PARTNER", _("un service partenaire")
    OTHER = "OTHER", _("autre moyen, dit dans la remarque")

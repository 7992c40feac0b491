"""Closed lists of the reporting app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Activity(TextChoices):
    """What a coach did that no contact and no session tells."""

    PREPARATION = "PREPARATION", _("préparation et suites")
    PROSPECTION = "PROSPECTION", _("prospection d’entreprises")
    MEETING = "MEETING", _("réunion d’équipe ou de réseau")
    ADMIN = "ADMIN", _("travail administratif")
    TRAINING = "TRAINING", _("formation suivie")
    TRAVEL = "TRAVEL", _("déplacement")
    OTHER = "OTHER", _("autre")


class RunState(TextChoices):
    """How far the preparation of a report has come. Whether it was sent is told by its date of sending."""

    WAITING = "WAITING", _("en attente")
    RUNNING = "RUNNING", _("en cours")
    DONE = "DONE", _("prêt")
    FAILED = "FAILED", _("échoué")


class DocumentKind(TextChoices):
    """The papers that are made for people to sign, keep or receive."""

    TRUST_CONTRACT = "TRUST_CONTRACT", _("contrat de confiance")
    CONVENTION = "CONVENTION", _("convention d’accompagnement")
    TRIPARTITE = "TRIPARTITE", _("convention tripartite")
    FOLLOW_UP = "FOLLOW_UP", _("accord de suivi en entreprise")
    CERTIFICATE = "CERTIFICATE", _("attestation d’accompagnement")
    SUMMARY = "SUMMARY", _("synthèse du dossier")
    LETTER = "LETTER", _("courrier")
    ATTENDANCE = "ATTENDANCE", _("feuille de présence")

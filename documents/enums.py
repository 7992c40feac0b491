"""Closed lists of the documents."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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

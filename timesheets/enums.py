"""Closed lists of the time sheets."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Activity(TextChoices):
    """What a coach did that no contact, no session and no visit tells."""

    PREPARATION = "PREPARATION", _("préparation et suites")
    PROSPECTION = "PROSPECTION", _("prospection, hors visites et appels consignés")
    MEETING = "MEETING", _("réunion d’équipe ou de réseau")
    ADMIN = "ADMIN", _("travail administratif")
    TRAINING = "TRAINING", _("formation suivie")
    TRAVEL = "TRAVEL", _("déplacement")
    OTHER = "OTHER", _("autre")

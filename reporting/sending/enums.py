"""Closed lists of what is made and sent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    """How far the preparation of a report has come. Whether it was sent is told by its date of sending."""

    WAITING = "WAITING", _("en attente")
    RUNNING = "RUNNING", _("en cours")
    DONE = "DONE", _("prêt")
    FAILED = "FAILED", _("échoué")

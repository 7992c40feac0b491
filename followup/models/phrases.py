"""Phrases of one's own, put into what one writes by one press."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UuidModel
from privacy.fields import EncryptedTextField


class QuickPhrases(UuidModel):
    """The phrases of one person, one a line, in the order in which they are offered; encrypted at rest."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="quick_phrases")
    content = EncryptedTextField(context="quickphrases.content", blank=True)

    class Meta:
        verbose_name = _("phrases toutes faites")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user_id)

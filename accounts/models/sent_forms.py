"""Which forms were sent, so that none of them acts twice."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UuidModel
from privacy.fields import EncryptedTextField


class SentForm(UuidModel):
    """One opening of a form that was sent and acted upon; it lasts some days and says nothing of what was typed.

    Attributes:
        opening: the key that the form carried.
        fingerprint: keyed digest of the address and of the answers: the same answers again, or others.
        leads_to: where whoever sent it was led; the filters of a list may stand in it.
        made: it wrote something new.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    opening = models.UUIDField()
    fingerprint = models.CharField(max_length=64)
    leads_to = EncryptedTextField(context="sentform.leads_to", blank=True, default="")
    made = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("formulaire envoyé")
        constraints = (models.UniqueConstraint(fields=["author", "opening"], name="sent_once"),)
        indexes = (models.Index(fields=["created_at"], name="sent_form_age"),)

    def __str__(self) -> str:
        return str(self.opening)

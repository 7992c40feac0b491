"""The private calendar address of a person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.models import UuidModel


class CalendarFeed(UuidModel):
    """The secret address under which somebody's telephone reads their appointments; only its fingerprint is kept."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed")
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    last_read_on = models.DateField(_("lu la dernière fois le"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda partagé")

    def __str__(self) -> str:
        return str(self.user)

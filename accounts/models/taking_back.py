"""What was taken back: the row itself is gone from its table, and this one says that it was there."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.organisations import OrganisationOwned


class TakenBack(OrganisationOwned):
    """One fact that was typed wrong and taken back: what it was, by whom, when and why (docs/decisions, 0024).

    Attributes:
        kind: the name of its kind in `accounts.registries.takables`.
        row: the key that it had; the trail keeps all that was written of it under that key.
        subject: the key of what it was about, mostly a case: under it its trace is read.
        words: what it was and of when, without any name.
        fact_on: its day.
        moved: it was not removed, it went to whom it was about.
    """

    kind = models.CharField(max_length=20)
    row = models.UUIDField(db_index=True)
    subject = models.UUIDField(db_index=True)
    words = models.CharField(_("ce qui est retiré"), max_length=300)
    fact_on = models.DateField(_("date du fait"))
    reason = models.TextField(_("motif"))
    taken_on = models.DateField(_("retiré le"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("retiré par")
    )
    moved = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("retrait")
        ordering = ("-taken_on", "-created_at")
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="taken_back_with_reason"),)

    def __str__(self) -> str:
        return self.words

"""The private calendar address of a person, and the calendar that they keep elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from followup.rules.busy import FeedKind, Trouble
from foundation.models import UuidModel
from privacy.fields import EncryptedTextField


class CalendarFeed(UuidModel):
    """A secret address of somebody's agenda; only its fingerprint is kept.

    One for their own telephone, which reads appointments; another that they may give away, which says when they are
    taken and nothing else (`FeedKind`).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds")
    kind = models.CharField(
        max_length=12, choices=FeedKind.choices, default=FeedKind.APPOINTMENTS.value, editable=False
    )
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    last_read_on = models.DateField(_("lu la dernière fois le"), null=True, blank=True)

    class Meta:
        verbose_name = _("agenda partagé")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="calendar_feed_one_of_a_kind")]

    def __str__(self) -> str:
        return str(self.user)


class OwnCalendar(UuidModel):
    """What somebody's own calendar has to do with ours: whether their appointments are sent to it as invitations, and
    the secret address under which the worker reads when they are taken, with the server that it names, which is none.

    `tried_at` is the last time that the worker asked, `read_at` the last time that it was answered, `trouble` what went
    wrong since; without an address nothing is read.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="own_calendar")
    is_invited = models.BooleanField(_("reçoit ses rendez-vous en invitation"), default=False)
    address = EncryptedTextField(context="owncalendar.address", blank=True)
    server = models.CharField(_("serveur"), max_length=253, blank=True, editable=False)
    tried_at = models.DateTimeField(null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("lu la dernière fois le"), null=True, blank=True, editable=False)
    trouble = models.CharField(max_length=10, choices=Trouble.choices, blank=True, editable=False)

    class Meta:
        verbose_name = _("agenda d’ailleurs")
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user_id)


class BusyPeriod(UuidModel):
    """A time that somebody's own calendar says is taken, and nothing of what takes it."""

    calendar = models.ForeignKey(OwnCalendar, on_delete=models.CASCADE, related_name="periods")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        verbose_name = _("temps pris ailleurs")
        ordering = ["starts_at"]
        indexes = [models.Index(fields=["calendar", "ends_at"], name="busy_by_end")]
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="busy_lasts")]

    def __str__(self) -> str:
        return f"{self.starts_at} – {self.ends_at}"

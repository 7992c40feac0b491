"""Collective sessions: series of workshops, their days, and who took part."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from followup.enums import AttendanceState
from followup.models.querysets import AttendanceManager, CollectiveSessionManager

LONGEST_MINUTES = 600


class SessionSeries(OrganisationOwned):
    """Workshops that go together: what they are called and what they are for."""

    title = models.CharField(_("intitulé"), max_length=120)
    aim = models.TextField(_("objet"), blank=True)
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        verbose_name = _("cycle de séances")
        verbose_name_plural = _("cycles de séances")
        ordering = ["title", "created_at"]

    def __str__(self) -> str:
        return self.title


class CollectiveSession(OrganisationOwned):
    """One day of a series: when, how long in minutes, where, with how many places, and who leads it."""

    series = models.ForeignKey(SessionSeries, on_delete=models.PROTECT, related_name="sessions")
    on = models.DateField(_("date"))
    at = models.TimeField(_("heure"))
    minutes = models.PositiveSmallIntegerField(_("durée"), default=120)
    place = models.CharField(_("lieu"), max_length=200)
    capacity = models.PositiveSmallIntegerField(_("places"), default=10)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="led_sessions", verbose_name=_("animé par")
    )
    cancelled_on = models.DateField(_("annulée le"), null=True, blank=True)
    cancel_reason = models.CharField(_("motif"), max_length=200, blank=True)

    objects: ClassVar = CollectiveSessionManager()

    class Meta:
        verbose_name = _("séance collective")
        verbose_name_plural = _("séances collectives")
        ordering = ["on", "at", "created_at"]
        indexes = [
            models.Index(fields=["organisation", "on"], name="session_by_day"),
            models.Index(fields=["leader", "on"], name="session_by_leader"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "on", "at"],
                condition=Q(cancelled_on__isnull=True),
                name="session_once_at_a_time",
                violation_error_message=_("Ce cycle a déjà une séance à ce moment."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=LONGEST_MINUTES), name="session_fits_in_a_day"
            ),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="session_has_places"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancel_reason=""), name="session_called_off_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, {self.on:%d/%m/%Y}"

    @property
    def uid_key(self) -> UUID:
        """The key that the session keeps through all its changes, as an appointment does."""
        key: UUID = self.pk
        return key


class Attendance(OrganisationOwned):
    """A person's place in a session, and for how many minutes they were there; it never counts for the cadence."""

    session = models.ForeignKey(CollectiveSession, on_delete=models.PROTECT, related_name="attendances")
    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="attendances")
    state = models.CharField(_("présence"), max_length=10, choices=AttendanceState, default=AttendanceState.REGISTERED)
    minutes = models.PositiveSmallIntegerField(_("durée de présence"), default=0)
    is_invited = models.BooleanField(_("reçoit une invitation"), default=False)

    objects: ClassVar = AttendanceManager()

    class Meta:
        verbose_name = _("inscription à une séance")
        verbose_name_plural = _("inscriptions aux séances")
        ordering = ["session", "case"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "case"],
                name="attendance_once",
                violation_error_message=_("Cette personne est déjà inscrite à cette séance."),
            ),
            models.CheckConstraint(
                condition=Q(state="PRESENT", minutes__gt=0, minutes__lte=LONGEST_MINUTES)
                | (~Q(state="PRESENT") & Q(minutes=0)),
                name="attendance_minutes_of_who_was_there",
            ),
        ]

    def __str__(self) -> str:
        return str(self.session)

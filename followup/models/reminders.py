"""Reminders, the mails that carry them, and the daily run that writes both (docs/decisions/0006-reminders.md)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from followup.enums import MailState, NoticeLevel
from followup.models.querysets import OutboxMailManager, ReminderManager
from followup.rules.invitations import Guest, Method
from followup.rules.kinds import DeadlineKind
from foundation.models import UuidModel
from privacy.fields import EncryptedTextField


class Reminder(OrganisationOwned):
    """Somebody is told, once, that something is due of a case. Written by the daily run alone.

    One row per case, rule, due day and warning (`threshold`, in days before the due day; 0 where a rule warns once).
    `recipient` is the coach, or who stands in for them today; null: nobody here answers for the case any more.
    `closed_on` is the day on which the run no longer found the cause.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="reminders")
    rule = models.CharField(_("rappel"), max_length=17, choices=DeadlineKind.choices)
    due_on = models.DateField(_("échéance"))
    threshold = models.PositiveSmallIntegerField(default=0)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    raised_on = models.DateField(_("rappelé le"))
    escalated_on = models.DateField(_("signalé à la coordination le"), null=True, blank=True)
    closed_on = models.DateField(_("réglé le"), null=True, blank=True)

    objects: ClassVar = ReminderManager()

    class Meta:
        verbose_name = _("rappel")
        ordering = ["due_on", "case", "rule", "threshold"]
        indexes = [
            models.Index(fields=["recipient", "due_on"], condition=Q(closed_on__isnull=True), name="reminder_open"),
            models.Index(fields=["organisation", "escalated_on"], name="reminder_escalated"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "due_on", "threshold"], name="reminder_once"),
            models.CheckConstraint(
                condition=Q(escalated_on__isnull=True) | Q(escalated_on__gte=F("raised_on")),
                name="reminder_escalated_after_raised",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("raised_on")),
                name="reminder_closed_after_raised",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.rule} {self.due_on:%d/%m/%Y}"


class OutboxMail(OrganisationOwned):
    """A mail to somebody of the house, or an invitation sent in their name, written in the transaction that decided it
    and sent afterwards.

    An invitation says to whom it goes (`guest`); `address` is theirs when they are not of the house, `calendar` the
    invitation itself and `method` what it asks of their calendar. Address and invitation are dropped once it has left.
    `dedupe_key` says what it is about, so that the same decision taken twice is one mail; `message_id` is made from it.
    """

    #: whoever looks after the installation sees that mails leave, and not what is due to whom
    read_permission: ClassVar = "followup.manage_mails"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mails", verbose_name=_("destinataire")
    )
    dedupe_key = models.CharField(max_length=200, unique=True)
    message_id = models.CharField(max_length=200, unique=True)
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))
    guest = models.CharField(_("invité"), max_length=7, choices=Guest.choices, blank=True)
    method = models.CharField(max_length=7, choices=Method.choices, blank=True)
    address = EncryptedTextField(context="outboxmail.address", blank=True)
    calendar = EncryptedTextField(context="outboxmail.calendar", blank=True)
    state = models.CharField(_("état"), max_length=7, choices=MailState, default=MailState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    error = models.CharField(_("dernière erreur"), max_length=300, blank=True)
    queued_at = models.DateTimeField(_("préparé le"))
    next_attempt_at = models.DateTimeField(_("prochain essai"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)

    objects: ClassVar = OutboxMailManager()

    class Meta:
        verbose_name = _("e-mail")
        ordering = ["-queued_at", "id"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_waiting"),
            models.Index(fields=["organisation", "-queued_at"], name="mail_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="SENT", sent_at__isnull=False) | (~Q(state="SENT") & Q(sent_at__isnull=True)),
                name="mail_sent_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="SENDING") | Q(claimed_at__isnull=False), name="mail_sending_is_claimed"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class ReminderNotice(UuidModel):
    """The mail in which a reminder was told to somebody, as its coach or as coordination: once each."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=12, choices=NoticeLevel)
    mail = models.ForeignKey(OutboxMail, on_delete=models.CASCADE, related_name="notices")

    class Meta:
        verbose_name = _("rappel envoyé")
        constraints = [models.UniqueConstraint(fields=["reminder", "user", "level"], name="notice_once")]

    def __str__(self) -> str:
        return f"{self.reminder_id} {self.user_id}"


class MutedRule(UuidModel):
    """A rule that somebody does not want by mail; what is due stays on the screen."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_rules")
    rule = models.CharField(_("rappel"), max_length=17, choices=DeadlineKind.choices)

    class Meta:
        verbose_name = _("rappel sans e-mail")
        ordering = ["rule"]
        constraints = [models.UniqueConstraint(fields=["user", "rule"], name="muted_once")]

    def __str__(self) -> str:
        return self.get_rule_display()


class DailyRun(UuidModel):
    """The daily run of one day: one row, locked while it works, finished in the same transaction as what it writes."""

    day = models.DateField(_("jour"), unique=True)
    finished_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    raised = models.PositiveIntegerField(_("rappels"), default=0)
    escalated = models.PositiveIntegerField(_("signalés à la coordination"), default=0)
    closed = models.PositiveIntegerField(_("réglés"), default=0)
    mails = models.PositiveIntegerField(_("e-mails"), default=0)

    class Meta:
        verbose_name = _("passage quotidien")
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"

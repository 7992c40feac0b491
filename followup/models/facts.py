"""Facts about contacts and appointments, and the one row per case that lists and reminders read."""

import json
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase, Objective, Partner
from employers.models import Company, CompanyContact
from followup.enums import AppointmentState, CancelledBy, Channel, Outcome, Party, Place
from followup.models.querysets import AppointmentManager, CaseStatusManager, ContactManager, DeadlineManager
from followup.rules.kinds import DeadlineKind
from foundation.models import UuidModel
from foundation.word_index import WordsField
from method.rules.phases import Phase
from privacy.fields import EncryptedTextField


class Contact(OrganisationOwned):
    """Something that took place with the person, the employer or both: dated, with a duration in minutes."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="contacts")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contacts", verbose_name=_("mené par")
    )
    # Whoever wrote it down, when not who held it: they may correct their own words. Nobody known before 0.5.
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    on = models.DateField(_("date"))
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel)
    party = models.CharField(_("avec"), max_length=12, choices=Party)
    outcome = models.CharField(_("résultat"), max_length=8, choices=Outcome, default=Outcome.HELD)
    place = models.CharField(_("lieu"), max_length=8, choices=Place, blank=True)
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="case_contacts",
        verbose_name=_("entreprise"),
    )
    minutes = models.PositiveSmallIntegerField(_("durée"), default=0)
    summary = models.TextField(_("ce qui s’est dit"), blank=True)
    # Under which words it is found (docs/decisions/0029-searching-notes.md).
    words = WordsField(of="summary")
    objectives = models.ManyToManyField(
        Objective, blank=True, related_name="contacts", verbose_name=_("objectifs servis")
    )
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects: ClassVar = ContactManager()

    class Meta:
        verbose_name = _("contact")
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["case", "-on"]), models.Index(fields=["organisation", "on"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=("NO_SHOW", "NO_REPLY")) | Q(minutes__gt=0), name="contact_held_has_duration"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("NO_SHOW", "NO_REPLY")) | ~Q(summary=""), name="contact_held_has_content"
            ),
            models.CheckConstraint(condition=Q(minutes__lte=600), name="contact_fits_in_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} – {self.on:%d/%m/%Y}"


class Appointment(OrganisationOwned):
    """A contact that is planned, then held, missed, cancelled or moved."""

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="appointments")
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("jobcoach")
    )
    on = models.DateField(_("date"))
    at = models.TimeField(_("heure"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("durée prévue"), default=45)
    channel = models.CharField(_("moyen"), max_length=10, choices=Channel, default=Channel.IN_PERSON)
    place = models.CharField(_("lieu"), max_length=8, choices=Place, blank=True)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=AppointmentState, default=AppointmentState.PLANNED)
    state_reason = models.CharField(_("motif"), max_length=200, blank=True)
    # Nobody, when it fell away with the case.
    cancelled_by = models.CharField(_("annulé par"), max_length=8, choices=CancelledBy, blank=True)
    contact = models.OneToOneField(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="appointment"
    )
    # The key of the appointment that it was moved from, the first of all when it was moved more than once; null for
    # what was never moved. Calendars elsewhere know the appointment by it (`uid_key`).
    life = models.UUIDField(null=True, blank=True, editable=False, db_index=True)
    # Who receives it as an invitation besides the coach, as it was chosen when it was planned.
    invites_person = models.BooleanField(_("invite la personne"), default=False)
    invited_contact = models.ForeignKey(
        CompanyContact,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invite, de l’entreprise"),
    )
    invited_partner = models.ForeignKey(
        Partner,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("invite le partenaire"),
    )

    objects: ClassVar = AppointmentManager()

    class Meta:
        verbose_name = _("rendez-vous")
        verbose_name_plural = _("rendez-vous")
        ordering = ["on", "at", "created_at"]
        indexes = [models.Index(fields=["coach", "state", "on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "on", "at"],
                condition=Q(state="PLANNED"),
                name="appointment_planned_once",
                violation_error_message=_("Un rendez-vous est déjà prévu à ce moment."),
            ),
            models.CheckConstraint(
                condition=Q(cancelled_by="") | Q(state="CANCELLED"), name="appointment_called_off_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case} – {self.on:%d/%m/%Y}"

    @property
    def uid_key(self) -> UUID:
        """The key that the appointment keeps through all its moves."""
        key: UUID = self.life or self.pk
        return key

    @property
    def has_guests(self) -> bool:
        """Whether somebody was chosen to receive it."""
        return self.invites_person or self.invited_contact_id is not None or self.invited_partner_id is not None


class ContactDraft(UuidModel):
    """What a coach was typing about a case and has not recorded yet, encrypted at rest.

    `submission_id` is that of the form it was typed in, `page` the page of the browser that wrote it last.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="contact_drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_drafts")
    submission_id = models.UUIDField()
    page = models.CharField(max_length=36, blank=True)
    content = EncryptedTextField(context="contactdraft.content")

    class Meta:
        verbose_name = _("brouillon de contact")
        ordering = ["-updated_at"]
        constraints = [models.UniqueConstraint(fields=["author", "submission_id"], name="draft_one_per_form")]

    def __str__(self) -> str:
        return f"{self.case_id} / {self.author_id}"

    @property
    def words(self) -> dict[str, str | list[str]]:
        """The fields of the form as they were typed."""
        typed: dict[str, str | list[str]] = json.loads(self.content)
        return typed

    @property
    def begins(self) -> str:
        """Its first words, by which its author knows it from another."""
        return Truncator(str(self.words.get("summary", "")).strip()).words(8)


class CaseStatus(OrganisationOwned):
    """The dates derived from one case's facts, so that lists and reminders are one indexed query (architecture.md 3).

    It holds dates, never countdowns, so that time passing does not make it stale; what is due is in `Deadline`, and
    `CaseStatus.objects.with_due(on)` reads both. Every field is recomputed by
    `followup.services.status.store_status`; nobody else writes it.
    """

    case = models.OneToOneField(CoachingCase, on_delete=models.CASCADE, related_name="status")
    coach = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    phase = models.CharField(max_length=12, choices=Phase.choices)
    phase_started_on = models.DateField()
    prehire_started_on = models.DateField(null=True)
    # First day no longer covered by the 24 months; null before they begin and while an open-ended job stops them.
    prehire_deadline = models.DateField(null=True)
    # Days that an extension granted too late did not cover, `[first, end)`; null until the next rebuild.
    prehire_lapses = models.JSONField(null=True)
    # What the 24 months do on any day (`placements.rules.course`): lists draw the clock of a hundred cases from it.
    # Empty before they begin, null until the next rebuild.
    prehire_course = models.JSONField(null=True)
    # The follow-up that ends last, `[followup_starts_on, followup_deadline)`: with several jobs, the others end before.
    followup_starts_on = models.DateField(null=True)
    followup_deadline = models.DateField(null=True)
    # Last day of the last followed job; null without any, and while one is open-ended.
    contract_ends_on = models.DateField(null=True)
    last_contact_on = models.DateField(null=True)
    # The earliest appointment still without an outcome, which may be past.
    next_appointment_on = models.DateField(null=True)
    no_shows_in_a_row = models.PositiveSmallIntegerField(default=0)
    # The average of who is seen (`followup.rules.pace`): what it is measured on, null until the next rebuild; the first
    # day on which the person is seen too rarely if nobody sees them, and the first on which no contact is due any more.
    pace = models.JSONField(null=True)
    silent_from = models.DateField(null=True)
    silent_until = models.DateField(null=True)

    objects: ClassVar = CaseStatusManager()

    class Meta:
        verbose_name = _("état de dossier")
        ordering = ["case"]
        indexes = [
            models.Index(fields=["organisation", "phase"]),
            models.Index(fields=["coach", "phase"]),
            models.Index(fields=["organisation", "prehire_deadline"]),
            models.Index(fields=["organisation", "followup_deadline"]),
            models.Index(fields=["organisation", "silent_from"]),
            models.Index(fields=["organisation", "last_contact_on"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(followup_deadline__isnull=True) | Q(followup_deadline__gt=F("followup_starts_on")),
                name="status_followup_window_not_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.phase}"


class Deadline(OrganisationOwned):
    """One thing due of a case: its day, from when the coach is told, until when it counts. Derived, like the status.

    A case has several: the contact with the person, the talk with each employer, the end of a clock, of a contract… It
    counts on the day `on` while `until` is null or after `on` (`Deadline.objects.standing_on(on)`).
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="deadlines")
    kind = models.CharField(max_length=17, choices=DeadlineKind.choices)
    due_on = models.DateField()
    shown_from = models.DateField()
    until = models.DateField(null=True)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, null=True, related_name="+")

    objects: ClassVar = DeadlineManager()

    class Meta:
        verbose_name = _("échéance")
        ordering = ["due_on", "case", "kind", "id"]
        indexes = [
            models.Index(fields=["case", "kind", "due_on"]),
            models.Index(fields=["organisation", "kind", "due_on"]),
            models.Index(fields=["organisation", "shown_from"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(shown_from__lte=F("due_on")), name="deadline_told_before_due"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("due_on")), name="deadline_counts_when_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.due_on:%d/%m/%Y}"

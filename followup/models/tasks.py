"""Tasks of a case, what the house asks in each phase, and the meetings in which tasks are decided."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned
from beneficiaries.models import CoachingCase
from followup.models.querysets import CaseTaskManager
from followup.rules.tasks import Doer, WhoseTurn
from method.rules.phases import Phase
from privacy.fields import EncryptedTextField


class ChecklistLine(OrganisationOwned):
    """Something that an organisation asks in each case that is in a phase, from a day on and until it is retired."""

    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    words = models.CharField(_("ce qui est à faire"), max_length=120)
    starts_on = models.DateField(_("demandé dès le"))
    ends_on = models.DateField(_("plus demandé dès le"), null=True, blank=True)

    class Meta:
        verbose_name = _("ligne d’une liste de phase")
        ordering = ["phase", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "phase", "words"],
                condition=Q(ends_on__isnull=True),
                name="checklist_line_once",
                violation_error_message=_("Cette ligne est déjà demandée dans cette phase."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="checklist_line_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class TeamMeeting(OrganisationOwned):
    """A meeting of the team: its day, those present, what was decided. What is decided of a case is a task of it."""

    on = models.DateField(_("date"))
    present = EncryptedTextField(_("présents"), context="teammeeting.present")
    # What was decided of nobody in particular, a line each.
    words = EncryptedTextField(_("décisions de l’équipe"), context="teammeeting.words", blank=True, default="")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submission_id = models.UUIDField(unique=True, editable=False)

    class Meta:
        verbose_name = _("réunion d’équipe")
        verbose_name_plural = _("réunions d’équipe")
        ordering = ["-on", "-created_at"]
        indexes = [models.Index(fields=["organisation", "-on"], name="team_meeting_by_day")]

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}"


class CaseTask(OrganisationOwned):
    """Something to do about a case, until somebody says on which day it was done.

    What is left undone when the case is closed is asked no more, and asked again if the exit is taken back: that is
    read from the case, nothing is written. `line` is the line of the house that it answers; its words are those of
    the day on which it was ticked.
    """

    case = models.ForeignKey(CoachingCase, on_delete=models.CASCADE, related_name="tasks")
    words = EncryptedTextField(_("tâche"), context="casetask.words")
    doer = models.CharField(_("qui le fait"), max_length=6, choices=Doer.choices, default=Doer.COACH)
    turn = models.CharField(_("à qui le tour"), max_length=8, choices=WhoseTurn.choices, default=WhoseTurn.COACH)
    due_on = models.DateField(_("pour le"), null=True, blank=True)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    line = models.ForeignKey(ChecklistLine, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    meeting = models.ForeignKey(TeamMeeting, on_delete=models.PROTECT, null=True, blank=True, related_name="tasks")
    submission_id = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects: ClassVar = CaseTaskManager()

    class Meta:
        verbose_name = _("tâche")
        ordering = ["due_on", "created_at"]
        indexes = [
            models.Index(fields=["case", "due_on"], condition=Q(done_on__isnull=True), name="task_open_of_case"),
            models.Index(fields=["organisation", "due_on"], condition=Q(done_on__isnull=True), name="task_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "line"], name="task_answers_once", violation_error_message=_("C’est déjà coché.")
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True)
                | Q(done_on__isnull=False, done_by__isnull=False),
                name="task_done_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.due_on or ''}"

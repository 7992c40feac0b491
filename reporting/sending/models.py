"""Reports prepared to be sent, with everything that was sent: figures, parameters, rows, files. Frozen once sent."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationOwned, Project, Site
from foundation.formatting import date_words, own_words
from foundation.models import UuidModel
from reporting.sending.enums import RunState

# Where the files of runs are kept.
FOLDER = "envois"


def private_name(instance: Any, filename: str) -> str:
    """Where a file is kept: a name that says nothing, under which nobody looks."""
    return f"{FOLDER}/{uuid4()}"


class ReportRun(OrganisationOwned):
    """One preparation of a report over a scope, and its sending. What it found is written once and never recomputed.

    Until it is sent it is a draft that can be thrown away; from then on the database itself refuses any change of it,
    of its figures and of its files. A consolidated report belongs to the organisation that asked for it.

    Attributes:
        report: the name of the definition; `title` is the one it had then.
        progress: done so far, in percent; `step` says in words what is being done.
        claimed_at: the last sign of life of whoever computes; `attempts` counts how many began.
        error: why it failed, as a sentence.
        coverage: what it covers, labels and words.
        parameters: every dated parameter in force, with its value, first day, source and status.
        version: the version of Ancrage that computed.
        gaps: what was missing: the case, the code and the words of the datum, the page that asks for it.
    """

    read_permission: ClassVar = "reporting.view_reports"

    report = models.CharField(_("rapport"), max_length=40)
    title = models.CharField(_("intitulé"), max_length=200)
    first = models.DateField(_("du"))
    last = models.DateField(_("au"))
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site")
    )
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("projet")
    )
    coach = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jobcoach"),
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("préparé par")
    )
    requested_at = models.DateTimeField(_("demandé le"))
    state = models.CharField(_("état"), max_length=7, choices=RunState, default=RunState.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=400, blank=True)
    computed_at = models.DateTimeField(_("calculé le"), null=True, blank=True)
    coverage = models.JSONField(default=list, blank=True)
    parameters = models.JSONField(default=list, blank=True)
    version = models.CharField(_("version d’Ancrage"), max_length=40, blank=True)
    gaps = models.JSONField(default=list, blank=True)
    gap_count = models.PositiveIntegerField(_("données manquantes"), default=0)
    submitted_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("envoyé par"),
    )
    recipient = models.CharField(_("destinataire"), max_length=150, blank=True)
    reference = models.CharField(_("référence"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("rapport préparé")
        verbose_name_plural = _("rapports préparés")
        ordering = ["-requested_at", "id"]
        indexes = [
            models.Index(fields=["organisation", "report", "-requested_at"], name="run_by_report"),
            models.Index(fields=["state", "claimed_at"], name="run_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="run_period",
                violation_error_message=_("La fin de la période précède son début."),
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="run_progress_is_a_percentage"),
            models.CheckConstraint(
                condition=~Q(state="DONE") | Q(computed_at__isnull=False), name="run_done_was_computed"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | (Q(state="DONE", gap_count=0, submitted_at__isnull=False, submitted_by__isnull=False)),
                name="run_sent_is_done_and_complete",
            ),
        ]

    def __str__(self) -> str:
        words = {"report": own_words(self.title), "first": date_words(self.first), "last": date_words(self.last)}
        return _now("%(report)s, du %(first)s au %(last)s") % words

    @property
    def covered(self) -> str:
        """What it covers in words, without the organisation, which everybody here knows."""
        told = [words for label, words in self.coverage if not label.startswith("Organisme")]
        return " · ".join(told)

    @property
    def is_submitted(self) -> bool:
        """Whether it was sent: nothing of it changes any more."""
        return self.submitted_at is not None

    @property
    def is_working(self) -> bool:
        """Whether somebody computes it, or will."""
        return self.state in (RunState.WAITING, RunState.RUNNING)


class RunFigures(UuidModel):
    """The figures of a run with the rows behind them, as `tables.engine.keeping` writes them."""

    run = models.OneToOneField(ReportRun, on_delete=models.CASCADE, related_name="figures")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("chiffres d’un rapport")

    def __str__(self) -> str:
        return str(self.run_id)


class ReportFile(UuidModel):
    """One file of a run, kept as it was made: `size` in bytes, `sha256` in hexadecimal. Never made again."""

    run = models.ForeignKey(ReportRun, on_delete=models.CASCADE, related_name="files")
    extension = models.CharField(max_length=8)
    file = models.FileField(upload_to=private_name, max_length=80)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("fichier d’un rapport")
        ordering = ["run", "extension"]
        constraints = [models.UniqueConstraint(fields=["run", "extension"], name="run_file_once")]

    def __str__(self) -> str:
        return self.extension

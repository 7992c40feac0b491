"""Asking for a run, asking again, throwing a draft away."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import NotAllowed, organisation_of, require
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act
from reporting.models import ReportRun
from reporting.sending.enums import RunState
from reporting.sending.selectors import is_stalled
from reporting.sending.services.locking import locked_run
from reporting.sending.signals import run_waits
from tables.engine.registry import ReportDefinition
from tables.engine.scope import Scope


class RunRefused(DomainError):
    """A run cannot be asked for, asked again or thrown away."""


@act
def request_run(*, report: ReportDefinition, scope: Scope, actor: User, submission_id: UUID | None = None) -> ReportRun:
    """Have a report computed and its files made in the background; `submission_id` sent twice gives the same run.

    Raises:
        NotAllowed: the actor may not prepare this report, or the scope is not of their organisation.
        RunRefused: the report is that of one project of a funder, and the scope names none.
        PeriodToCome: nothing of the period has happened yet.
    """
    organisation = organisation_of(actor)
    require(actor, "reporting.prepare_report", organisation)
    require(actor, report.drafting_permission, organisation)
    if not report.consolidated and scope.organisations != (organisation,):
        raise NotAllowed
    if report.project_funder and (scope.project is None or scope.project.funder != report.project_funder):
        raise RunRefused("project", _("Ce rapport est celui d’un seul projet : choisissez-le."), field="project")
    if submission_id is not None:
        already: ReportRun | None = ReportRun.objects.filter(pk=submission_id, requested_by=actor).first()
        if already is not None:
            return already
    seen = scope.observed(today())
    run = ReportRun(
        organisation=organisation,
        report=report.name,
        title=report.title,
        first=scope.first,
        last=scope.last,
        site=scope.site,
        project=scope.project,
        coach=scope.coach,
        requested_by=actor,
        requested_at=timezone.now(),
        coverage=[list(pair) for pair in seen.in_words()],
    )
    if submission_id is not None:
        run.pk = submission_id
    save_checked(run)
    have_performed(run)
    return run


@act
def retry_run(*, run: ReportRun, actor: User) -> ReportRun:
    """Ask once more for a run that failed, or of which nothing has been heard for minutes.

    Raises:
        NotAllowed: the actor may not prepare reports here.
        RunRefused: it is done, or being done.
    """
    run = locked_run(run)
    require(actor, "reporting.prepare_report", run)
    if run.state != RunState.FAILED and not is_stalled(run):
        raise RunRefused("not_failed", _("Ce calcul n’est pas arrêté : il n’y a rien à relancer."))
    run.state, run.progress, run.step, run.error, run.claimed_at = RunState.WAITING, 0, "", "", None
    save_checked(run)
    have_performed(run)
    return run


@act
def discard_run(*, run: ReportRun, actor: User) -> None:
    """Throw a draft away with its figures and its files.

    Raises:
        NotAllowed: the actor neither asked for it nor administers.
        RunRefused: it was sent, and what was sent is kept.
    """
    run = locked_run(run)
    require(actor, "reporting.discard_run", run)
    require_draft(run)
    kept = [file.file for file in run.files.all()]
    run.delete()

    def remove() -> None:
        for file in kept:
            file.storage.delete(str(file.name))

    transaction.on_commit(remove)


def require_draft(run: ReportRun) -> None:
    """Refuse to throw away what was sent.

    Raises:
        RunRefused: it was sent, and what was sent is kept.
    """
    if run.is_submitted:
        raise RunRefused("submitted", _("Ce rapport a été envoyé : il est conservé tel qu’il est parti."))


def have_performed(run: ReportRun) -> None:
    """Have a worker take the run once the transaction is over.

    A broker that does not answer is no reason to refuse: the run waits, and is offered again some minutes later.
    """
    transaction.on_commit(lambda: run_waits.send(ReportRun, run_id=run.pk), robust=True)

"""Computing a run and making its files, step by step, each step visible to whoever waits.

A run is computed by whoever claims it. Each step is a sign of life; a worker that dies loses its claim after a lease,
and what it had not finished leaves nothing behind. Doing it twice, at once or one after the other, gives one result.
"""

import hashlib
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from foundation.persistence import save_checked
from foundation.version import version
from reporting.models import ReportFile, ReportRun, RunFigures
from reporting.sending.enums import RunState
from reporting.sending.selectors import LEASE, parameters_in_force, scope_of
from reporting.sending.signals import run_waits
from tables.engine.freezing import freeze
from tables.engine.keeping import kept_bytes
from tables.engine.registry import reports
from tables.renderers.json import frozen_json
from tables.renderers.outputs import OUTPUTS

logger = logging.getLogger(__name__)

# How often a run is taken up again without anybody asking.
AUTOMATIC_ATTEMPTS = 3
# How long a run may wait for a worker before it is offered again.
OFFER_AGAIN_AFTER = timedelta(minutes=2)


class _Lost(Exception):
    """Somebody else computes this run now, or it was thrown away: nothing of ours may be written."""


def perform_run(run_id: UUID, *, takeover: bool = False) -> None:
    """Compute the run and make its files; nothing happens when another has it, or when it is done.

    `takeover`: the queue says that the worker who had it is gone. Whatever goes wrong is told on the run as a sentence,
    and in the log; the run can then be asked for again.
    """
    run = _claim(run_id, takeover=takeover)
    if run is None:
        return
    try:
        _make(run)
    except _Lost:
        logger.info("report run %s was taken by another", run_id)
    except DomainError as refusal:
        _fail(run, str(refusal))
    except Exception:
        logger.exception("report run %s failed", run_id)
        _fail(
            run,
            _(
                "Le calcul s’est arrêté sur une erreur imprévue, notée dans le journal du serveur. Relancez-le ; si "
                "l’erreur revient, donnez à la personne qui gère l’installation le numéro %(number)s."
            )
            % {"number": str(run.pk)[:8]},
        )


def resume_runs() -> int:
    """Offer again what waits or whose worker is gone, give up on what was interrupted too often; returns how many.

    Called by the clock, every few minutes.
    """
    now = timezone.now()
    lost = Q(state=RunState.RUNNING, claimed_at__lt=now - LEASE)
    given_up = ReportRun.objects.filter(lost, attempts__gte=AUTOMATIC_ATTEMPTS)
    given_up.update(
        state=RunState.FAILED,
        error=_("Le calcul a été interrompu plusieurs fois, sans doute par un arrêt du serveur. Relancez-le."),
        step="",
    )
    waiting = Q(state=RunState.WAITING, requested_at__lt=now - OFFER_AGAIN_AFTER)
    offered = list(ReportRun.objects.filter(lost | waiting).order_by("requested_at").values_list("pk", flat=True))
    for pk in offered:
        run_waits.send(ReportRun, run_id=pk)
    return len(offered)


def _claim(run_id: UUID, *, takeover: bool) -> ReportRun | None:
    """Take a run for oneself; `None` when there is nothing to do. `attempts` is the number of our claim."""
    now = timezone.now()
    free = Q(state=RunState.WAITING) | Q(state=RunState.RUNNING, claimed_at__lt=now - LEASE)
    if takeover:
        free |= Q(state=RunState.RUNNING, attempts__lt=AUTOMATIC_ATTEMPTS)
    taken = ReportRun.objects.filter(free, pk=run_id).update(
        state=RunState.RUNNING, claimed_at=now, attempts=F("attempts") + 1, progress=1, step="", error=""
    )
    if not taken:
        return None
    run: ReportRun = ReportRun.objects.select_related("organisation", "site", "project", "coach").get(pk=run_id)
    return run


def _make(run: ReportRun) -> None:
    report = reports[run.report]
    scope = scope_of(run)
    _tell(run, 5, _("Calcul des tableaux"))
    with _one_snapshot():
        document = report.compute(scope)
        gaps = report.missing(scope)
        parameters = parameters_in_force(scope)
    _tell(run, 35, _("Gel des chiffres"))
    frozen = freeze(document)
    figures = kept_bytes(frozen)
    files: dict[str, bytes] = {}
    for number, output in enumerate(OUTPUTS.values()):
        _tell(run, 40 + 50 * number // len(OUTPUTS), _("Fichier %(format)s") % {"format": output.label})
        try:
            # Freezing a large report takes seconds: the tables as JSON are those that are frozen already.
            files[output.extension] = frozen_json(frozen) if output is OUTPUTS["json"] else output.render(document)
        except DomainError as refusal:
            # What this machine cannot make is missing from the list; the figures and the other files are there.
            logger.warning("report run %s has no %s: %s", run.pk, output.extension, refusal.code)
    _tell(run, 90, _("Mise à l’abri des fichiers"))
    found = {
        # Whose it is, is read where it is shown: a name frozen here would outlive the person's file.
        "gaps": [
            {
                "case_id": str(gap.case_id),
                "subject": gap.subject.value,
                "code": gap.code,
                "what": str(gap.what),
                "url": gap.url,
            }
            for gap in gaps
        ],
        "gap_count": len(gaps),
        "title": str(document.title),
        "parameters": parameters,
        "coverage": [[str(label), str(words)] for label, words in document.coverage],
    }
    # A large report fills most of the memory that a worker has: the files are sealed without it.
    del document, frozen
    _finish(run, figures, files, found)


def _finish(run: ReportRun, figures: bytes, files: dict[str, bytes], found: dict[str, Any]) -> None:
    """Write all that was made, or nothing of it."""
    with _taken_back_on_failure() as written, transaction.atomic():
        locked = ReportRun.objects.select_for_update().filter(pk=run.pk).first()
        if locked is None or (locked.state, locked.attempts) != (RunState.RUNNING, run.attempts):
            raise _Lost
        save_checked(RunFigures(run=run, content=figures))
        for extension, content in files.items():
            row = ReportFile(
                run=run, extension=extension, size=len(content), sha256=hashlib.sha256(content).hexdigest()
            )
            row.file.save("", ContentFile(content), save=False)
            written.append(row)
            save_checked(row)
        ReportRun.objects.filter(pk=run.pk).update(
            state=RunState.DONE,
            progress=100,
            step="",
            computed_at=timezone.now(),
            version=version(),
            **found,
        )


@contextmanager
def _taken_back_on_failure() -> Iterator[list[ReportFile]]:
    """Take back the files that were written when the database forgets them."""
    written: list[ReportFile] = []
    try:
        yield written
    except BaseException:
        for row in written:
            row.file.storage.delete(str(row.file.name))
        raise


def _tell(run: ReportRun, progress: int, step: str) -> None:
    """Say how far we are, and that we are alive.

    Raises:
        _Lost: the run is no longer ours.
    """
    ours = ReportRun.objects.filter(pk=run.pk, state=RunState.RUNNING, attempts=run.attempts)
    if not ours.update(progress=progress, step=step, claimed_at=timezone.now()):
        raise _Lost


def _fail(run: ReportRun, sentence: str) -> None:
    """Leave the reason on the run, unless it is no longer ours."""
    ReportRun.objects.filter(pk=run.pk, state=RunState.RUNNING, attempts=run.attempts).update(
        state=RunState.FAILED, error=sentence[:400], step=""
    )


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """Have all tables read the same moment, so that figures agree while people go on writing.

    PostgreSQL alone can: on SQLite a long reading of one piece would make every writer wait.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield

"""Reports prepared and sent: which of them somebody may see, and what is frozen in them."""

import hashlib
import zlib
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Organisation, Parameter, User
from accounts.parameters.registry import definition
from accounts.permissions import allows
from foundation.errors import DomainError
from privacy.cipher import TamperedValue
from reporting.engine.registry import consolidated_names, reports_for
from reporting.engine.scope import Scope
from reporting.engine.tables import Document
from reporting.enums import RunState
from reporting.models import ReportFile, ReportRun
from reporting.renderers.json import parse_report

# How long a worker that gives no sign of life keeps its run; each step of the work is a sign.
LEASE = timedelta(minutes=5)
# What a list of runs has no use for.
HEAVY = ("parameters", "gaps")


class FileAltered(DomainError):
    """A kept file is missing, or is no longer what was made."""


def runs_visible_to(user: User) -> QuerySet[ReportRun]:
    """The runs that the user may open: those of the reports of their roles; what was sent, for whoever inspects."""
    allowed = Q(report__in=[report.name for report in reports_for(user.roles - {Role.INSPECTOR})])
    if allows(user, "reporting.read_submitted"):
        allowed |= Q(submitted_at__isnull=False) & ~Q(report__in=consolidated_names())
    runs: QuerySet[ReportRun] = ReportRun.objects.visible_to(user).filter(allowed)
    return runs.select_related("organisation", "requested_by", "submitted_by")


def history_of_report(name: str, user: User) -> QuerySet[ReportRun]:
    """The runs of a report, the latest first, with their files."""
    runs = runs_visible_to(user).filter(report=name).order_by("-requested_at", "id")
    return runs.defer(*HEAVY).prefetch_related("files")


def is_stalled(run: ReportRun) -> bool:
    """Whether nothing has been heard of a run for longer than a step takes."""
    heard = run.claimed_at if run.state == RunState.RUNNING else run.requested_at
    return run.is_working and heard is not None and heard < timezone.now() - LEASE


def organisations_of(consolidated: bool, own: Organisation) -> tuple[Organisation, ...]:
    """Whose data a report covers: every organisation's for a consolidated one."""
    return tuple(Organisation.objects.order_by("name")) if consolidated else (own,)


def scope_of(run: ReportRun) -> Scope:
    """The scope of a run; a consolidated one covers the organisations there are now."""
    return Scope(
        organisations=organisations_of(run.report in consolidated_names(), run.organisation),
        first=run.first,
        last=run.last,
        site=run.site,
        project=run.project,
        coach=run.coach,
    )


def figures_of(run: ReportRun) -> Document:
    """The report as it was computed then.

    Raises:
        NotAReport: the row was damaged.
    """
    return parse_report(zlib.decompress(bytes(run.figures.content)))


def content_of(file: ReportFile) -> bytes:
    """The bytes of a kept file, the very ones that were made.

    Raises:
        FileAltered: it is missing, or its fingerprint is another.
    """
    try:
        with file.file.open("rb") as stored:
            content: bytes = stored.read()
    except (FileNotFoundError, TamperedValue):
        content = b""
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileAltered(
            "altered",
            _("Le fichier %(format)s conservé n’est plus celui qui a été produit : il n’est pas donné.")
            % {"format": file.extension.upper()},
            hint=_("Prévenez la personne qui gère l’installation : une sauvegarde contient l’original."),
        )
    return content


def parameters_in_force(first: date, last: date) -> list[dict[str, Any]]:
    """Every dated value that held on at least one day of the period, as plain values; one statement."""
    rows = Parameter.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=first), valid_from__lte=last).order_by(
        "key", "valid_from"
    )
    return [
        {
            "key": row.key,
            "label": str(definition(row.key).label),
            "value": row.value,
            "words": definition(row.key).show(row.value),
            "valid_from": row.valid_from.isoformat(),
            "source": row.source,
            "status": row.status,
        }
        for row in rows
    ]

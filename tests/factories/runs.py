"""Reports prepared and sent, written as their services leave them: small figures, one small file."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from beneficiaries.models import CoachingCase
from foundation.clock import today
from reporting.models import ReportFile, ReportRun, RunFigures
from reporting.sending.enums import RunState
from reporting.sending.selectors import parameters_in_force
from tables.engine.freezing import freeze
from tables.engine.keeping import kept_bytes
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow


def a_sent_run(user: User, case: CoachingCase) -> ReportRun:
    """An activity report of the last twelve months that counted one person, and was sent."""
    run = a_draft(user, case)
    run.recipient, run.submitted_at, run.submitted_by = "FOREM", timezone.now(), user
    run.save()
    return run


def a_draft(user: User, case: CoachingCase, subject: Subject = Subject.CASE) -> ReportRun:
    """The same, ready and not yet sent; `subject` says as what the person is counted."""
    last = today()
    run = ReportRun.objects.create(
        organisation=user.current_organisation,
        report="activite",
        title="Rapport d’activité",
        first=last - timedelta(days=365),
        last=last,
        requested_by=user,
        requested_at=timezone.now(),
        state=RunState.DONE,
        progress=100,
        computed_at=timezone.now(),
        coverage=[["Période", "douze mois"]],
        parameters=parameters_in_force(
            Scope(organisations=(user.current_organisation,), first=last - timedelta(days=365), last=last)
        ),
        version="0",
    )
    RunFigures.objects.create(run=run, content=kept_bytes(freeze(_figures(case, subject))))
    content = b"rapport"
    row = ReportFile(run=run, extension="csv", size=len(content), sha256=hashlib.sha256(content).hexdigest())
    row.file.save("", ContentFile(content), save=False)
    row.save()
    return run


def _figures(case: CoachingCase, subject: Subject) -> Document:
    people = TableRow("people", "Personnes accompagnées", (Cell(1, Kind.COUNT, subject, (case.pk,)),))
    table = Table("summary", "En un coup d’œil", "", (Column("count", "Nombre"),), (people,))
    coverage = (("Période", "douze mois"),)
    return Document("activite", "Rapport d’activité", coverage, "", (Section("L’essentiel", (table,)),))

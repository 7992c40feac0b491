"""Writing tasks of a case: by hand, ticked, corrected; what the house asks in each phase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import TakenBack, User
from accounts.permissions import organisation_of, require
from accounts.services.taking_back import remove_row
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import locked_case
from followup.models import CaseTask, ChecklistLine, TeamMeeting
from followup.rules.tasks import Doer, DoneVerdict, WhoseTurn, asked_lines, done_verdict
from followup.selectors.tasks import as_asked
from foundation.clock import today
from foundation.errors import DomainError
from foundation.formatting import date_words
from foundation.persistence import save_checked
from foundation.rules.saying import sentence
from privacy.audit import act, correcting

#: the kind of the trace of a task that was taken out
TAKEN_OUT = "tache"


class TaskRefused(DomainError):
    """The task is not written: the sentence says why."""


def gone_task() -> TaskRefused:
    """Somebody took it out, in another tab perhaps."""
    return TaskRefused("gone", _("Cette tâche vient d’être retirée : rien n’a changé de plus."))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskStatement:
    """What is to be done, by whom, whose turn it is, by when."""

    words: str
    doer: str = Doer.COACH
    turn: str = WhoseTurn.COACH
    due_on: date | None = None


@act
def add_task(
    *,
    case: CoachingCase,
    statement: TaskStatement,
    actor: User,
    submission_id: UUID | None = None,
    meeting: TeamMeeting | None = None,
) -> CaseTask:
    """Write a task of a case; the same form sent twice is one task.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: nothing is said, or the case is closed.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    twin: CaseTask | None = (
        CaseTask.objects.filter(submission_id=submission_id, case=case).first() if submission_id else None
    )
    if twin is not None:
        return twin
    if not case.is_open:
        raise TaskRefused("closed", _("Ce dossier est sorti : on n’y demande plus rien."))
    task = CaseTask(organisation=case.organisation, case=case, meeting=meeting, submission_id=submission_id)
    _state(task, statement)
    save_checked(task)
    return task


@act
def change_task(*, task: CaseTask, statement: TaskStatement, done_on: date | None, actor: User) -> CaseTask:
    """Correct a task, say on which day it was done, or that it is not.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: nothing is said, or the day is to come or before the case.
    """
    case, task = _locked(task, actor)
    _state(task, statement)
    _settle(task, case, done_on, actor)
    save_checked(task)
    return task


@act
def finish_task(*, task: CaseTask, actor: User, done_on: date | None = None) -> CaseTask:
    """Say that a task is done, today or on the day that is given.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: it is done already, or the day is to come or before the case.
    """
    case, task = _locked(task, actor)
    if task.done_on is not None:
        raise TaskRefused("done", _("C’est déjà fait, le %(date)s.") % {"date": date_words(task.done_on)})
    _settle(task, case, done_on or today(), actor)
    save_checked(task)
    return task


@act
def reopen_task(*, task: CaseTask, actor: User) -> None:
    """Say that a task is not done after all; a line of the house that was ticked is asked again.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: it was taken out meanwhile.
    """
    _case, task = _locked(task, actor)
    if task.done_on is not None:
        task.done_on = task.done_by = None
        save_checked(task)


@act
def tick_line(*, case: CoachingCase, line: ChecklistLine, actor: User) -> CaseTask:
    """Say that what the house asks in the phase of a case is done; ticked already, nothing more happens.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: the line is not asked of this case any more.
    """
    case = locked_case(case)
    require(actor, "beneficiaries.change_case", case)
    task = CaseTask.objects.filter(case=case, line=line).first() or CaseTask(
        organisation=case.organisation, case=case, line=line
    )
    if task.done_on is not None:
        return task
    spell = case.spells.order_by("sequence").last()
    if spell is None or not asked_lines([as_asked(line)], spell.phase, (), today()):
        raise TaskRefused("not_asked", _("Cette ligne n’est plus demandée dans ce dossier."))
    task.words, task.done_on, task.done_by = line.words, today(), actor
    save_checked(task)
    return task


@act
def add_line(*, phase: str, words: str, starts_on: date, actor: User) -> ChecklistLine:
    """Ask something in each case that is in a phase, from a day on.

    Raises:
        NotAllowed: the actor does not answer for the team.
        InvalidFact: it is asked already.
    """
    organisation = organisation_of(actor)
    require(actor, "followup.manage_checklists", organisation)
    line = ChecklistLine(organisation=organisation, phase=phase, words=words.strip(), starts_on=starts_on)
    save_checked(line)
    return line


@act
def change_line(*, line: ChecklistLine, words: str, ends_on: date | None, actor: User) -> ChecklistLine:
    """Rename a line, or retire it from a day on; what was ticked keeps the words of its day.

    Raises:
        NotAllowed: the actor does not answer for the team.
        InvalidFact: the words are those of another line, or it would end before it began.
    """
    line = ChecklistLine.objects.select_for_update().get(pk=line.pk)
    require(actor, "followup.manage_checklists", line)
    line.words, line.ends_on = words.strip(), ends_on
    save_checked(line)
    return line


@act
def record_meeting(
    *, meeting: TeamMeeting, decisions: list[tuple[CoachingCase, TaskStatement]], actor: User
) -> TeamMeeting:
    """Write a meeting down with what was decided: of a case, a task. Everything or nothing; the same form sent twice is
    one meeting.

    Raises:
        NotAllowed: the actor does not answer for the team.
        TaskRefused: the day is to come, a decision says nothing, or its case is closed.
    """
    organisation = organisation_of(actor)
    require(actor, "followup.record_meeting", organisation)
    meeting.organisation = organisation
    twin: TeamMeeting | None = TeamMeeting.objects.filter(
        submission_id=meeting.submission_id, organisation=organisation
    ).first()
    if twin is not None:
        return twin
    if meeting.on > today():
        raise TaskRefused("future", _("Cette réunion n’a pas encore eu lieu."), field="on")
    meeting.written_by = actor
    save_checked(meeting)
    for case, statement in decisions:
        add_task(case=case, statement=statement, meeting=meeting, actor=actor)
    return meeting


@act
def remove_task(*, task: CaseTask, actor: User) -> None:
    """Take out a task that was written by mistake, or that is of no use any more; the history of the case tells it.

    Raises:
        NotAllowed: the case is not the actor's.
        TaskRefused: it was taken out already.
    """
    case, task = _locked(task, actor)
    written_on = timezone.localtime(task.created_at).date()
    why = sentence("N’est plus à faire")
    with correcting(why):
        # The words of a task are sealed: its trace tells its day.
        trace = TakenBack(
            organisation=case.organisation,
            kind=TAKEN_OUT,
            row=task.pk,
            subject=case.pk,
            words=_("tâche écrite le %(date)s") % {"date": date_words(written_on)},
            fact_on=written_on,
            reason=why,
            taken_on=today(),
            taken_by=actor,
        )
        save_checked(trace)
        remove_row(task)


def _locked(task: CaseTask, actor: User) -> tuple[CoachingCase, CaseTask]:
    """The task as it is now, its case locked."""
    case = locked_case(task.case)
    require(actor, "beneficiaries.change_case", case)
    found: CaseTask | None = CaseTask.objects.select_for_update().filter(pk=task.pk).first()
    if found is None:
        raise gone_task()
    found.case = case
    return case, found


def _state(task: CaseTask, statement: TaskStatement) -> None:
    if not statement.words.strip():
        raise TaskRefused("no_words", _("Dites ce qui est à faire."), field="words")
    task.words, task.due_on = statement.words.strip(), statement.due_on
    task.doer, task.turn = statement.doer, statement.turn


def _settle(task: CaseTask, case: CoachingCase, done_on: date | None, actor: User) -> None:
    """Write when the task was done, by whom it is said."""
    if done_on is not None:
        verdict = done_verdict(done_on, opened_on=case.opened_on, on=today())
        if verdict is DoneVerdict.FUTURE:
            raise TaskRefused("future", _("Ce jour n’est pas encore venu."), field="done_on")
        if verdict is DoneVerdict.BEFORE_CASE:
            raise TaskRefused("before", _("Ce jour est avant l’ouverture du dossier."), field="done_on")
    if done_on is None:
        task.done_on = task.done_by = None
    elif done_on != task.done_on:
        task.done_on, task.done_by = done_on, actor

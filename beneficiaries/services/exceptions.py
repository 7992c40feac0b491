"""Exceptions: one path for every kind, asked, decided, withdrawn, taken back (domain.md 1).

What a kind changes is told by the room that brings it (`beneficiaries.registries.exception_kinds`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.enums import COORDINATING_ROLES
from accounts.models import User
from accounts.permissions import require
from beneficiaries.enums import EvidenceKind
from beneficiaries.models import CoachingCase, Evidence, ExceptionRequest
from beneficiaries.registries import ExceptionKind, exception_kinds
from beneficiaries.rules.exceptions import (
    ExceptionState,
    Step,
    decides_for_oneself,
    leads_on,
    may_still_be_granted,
    may_wait_again,
)
from beneficiaries.selectors.history import written_in
from beneficiaries.services.papers import PaperStatement, files_of_the_act, keep_paper
from beneficiaries.services.phases import locked_case
from foundation.asking import about_unlikely_date, ask
from foundation.clock import today
from foundation.errors import DomainError
from foundation.persistence import save_checked
from privacy.audit import act


class ExceptionRefused(DomainError):
    """An exception cannot be asked, decided or taken back as stated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionStatement:
    """What is asked: why, for how many months or which days (both included), on what paper, with its scan."""

    reason: str
    document: str
    months: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    file: File[bytes] | None = None
    confirmed: frozenset[str] = field(default_factory=frozenset)


def kind_of(code: str) -> ExceptionKind:
    """The kind of a code. Raises ``LookupError`` for a code that no room brings."""
    found = next((kind for kind in exception_kinds if kind.code == code), None)
    if found is None:
        raise LookupError(code)
    return found


@act
def ask_exception(*, case: CoachingCase, kind: str, statement: ExceptionStatement, actor: User) -> ExceptionRequest:
    """Ask for an exception; nothing changes until somebody who coordinates grants it.

    Raises:
        NotAllowed: the case is not the actor's.
        ExceptionRefused: the case is closed, one of that kind waits already, or the reason or the paper is missing.
        DomainError: the kind itself refuses what is asked.
        Unconfirmed: the last day is unlikely, and nobody said that it is meant.
    """
    case = _begin(case, actor)
    if not case.is_open:
        raise ExceptionRefused("closed", _("Ce dossier est sorti : il ne se complète plus."))
    return open_request(case=case, kind=kind, statement=statement, actor=actor)


def _begin(case: CoachingCase, actor: User, permission: str = "beneficiaries.change_case") -> CoachingCase:
    """The case, locked: an exit silences nobody about what was asked or granted before it."""
    case = locked_case(case)
    require(actor, permission, case)
    return case


def open_request(*, case: CoachingCase, kind: str, statement: ExceptionStatement, actor: User) -> ExceptionRequest:
    """Write a request with its paper; part of an act that has locked the case.

    Raises:
        ExceptionRefused: one of that kind waits already, or the reason or the paper is missing.
        DomainError: the kind itself refuses what is asked.
    """
    if not statement.reason.strip():
        raise ExceptionRefused("reason", _("Dites pourquoi."), field="reason")
    if not statement.document.strip():
        raise ExceptionRefused("document", _("Indiquez la pièce sur laquelle la demande se fonde."), field="document")
    waiting = case.exceptions.filter(kind=kind, state=ExceptionState.REQUESTED)
    if "starts_on" not in kind_of(kind).fields and waiting.exists():
        raise ExceptionRefused(
            "asked_already",
            _("Une demande de ce genre attend déjà une réponse."),
            hint=_("Retirez-la d’abord si elle a changé."),
        )
    ask(about_unlikely_date(statement.ends_on, "ends_on"), statement.confirmed)
    request = ExceptionRequest(
        organisation=case.organisation,
        case=case,
        kind=kind,
        reason=statement.reason.strip(),
        months=statement.months,
        starts_on=statement.starts_on,
        ends_on=statement.ends_on,
        document=statement.document.strip(),
        requested_by=actor,
        requested_on=today(),
    )
    kind_of(kind).check(request)
    with files_of_the_act():
        if statement.file is not None:
            request.evidence = _paper(case, statement, actor)
        save_checked(request)
    return request


def _paper(case: CoachingCase, statement: ExceptionStatement, actor: User) -> Evidence:
    paper = PaperStatement(
        kind=EvidenceKind.OTHER, dated_on=today(), label=statement.document.strip()[:150], file=statement.file
    )
    return keep_paper(case, paper, actor)


@act
def decide_exception(
    *,
    request: ExceptionRequest,
    granted: bool,
    on: date,
    actor: User,
    note: str = "",
    amended: Mapping[str, Any] | None = None,
) -> ExceptionRequest:
    """Grant or refuse what was asked, with words; `amended` gives other months or days than those asked.

    Raises:
        NotAllowed: only whoever coordinates decides.
        ExceptionRefused: it has its answer, the day has not come or comes before the request, a refusal or a change
            says nothing of why, the case has left and nothing would come of it any more, or the actor would decide on
            their own request while somebody else could.
        DomainError: the kind refuses what would be granted.
    """
    case = _begin(request.case, actor, "beneficiaries.decide_exception")
    request = _locked(request, case, Step.DECIDE)
    kind = kind_of(request.kind)
    if granted and not may_still_be_granted(is_open=case.is_open, has_days="starts_on" in kind.fields):
        raise ExceptionRefused(
            "closed",
            _("Ce dossier est sorti : ce qui est demandé n’y ouvrirait plus rien."),
            field="granted",
            hint=_("Refusez la demande, avec ce motif ; si la sortie est une erreur, annulez-la d’abord."),
        )
    changed = {name: value for name, value in (amended or {}).items() if name in kind.fields}
    changed = {name: value for name, value in changed.items() if getattr(request, name) != value}
    if changed and not note.strip():
        sentence = _("Dites pourquoi ce qui est accordé n’est pas ce qui était demandé.")
        raise ExceptionRefused("note", sentence, field="note")
    if granted:
        for name, value in changed.items():
            setattr(request, name, value)
        kind.check(request)
    answer_request(request, granted=granted, on=on, note=note, actor=actor)
    (kind.grant if granted else kind.refuse)(request, actor)
    return request


def answer_request(
    request: ExceptionRequest, *, granted: bool, on: date, note: str, actor: User, in_one_gesture: bool = False
) -> None:
    """Write the answer; part of an act that has locked the case.

    Raises:
        ExceptionRefused: the day is impossible, a refusal says nothing of why, or somebody else must decide.
    """
    if on > today():
        raise ExceptionRefused("future", _("Cette date n’est pas encore venue."), field="on")
    if not granted and not note.strip():
        raise ExceptionRefused("refusal_reason", _("Un refus garde son motif."), field="note")
    if must_leave_it(request, actor, in_one_gesture=in_one_gesture):
        raise ExceptionRefused("own_request", own_request_words())
    request.state = ExceptionState.APPROVED if granted else ExceptionState.REFUSED
    request.decided_by, request.decided_on, request.decision_note = actor, on, note.strip()
    save_checked(request)


def must_leave_it(request: ExceptionRequest, actor: User, *, in_one_gesture: bool = False) -> bool:
    """Whether somebody else who coordinates must decide: it is the actor's own request."""
    own = {"asked_by_self": request.requested_by_id == actor.pk, "carries_case": request.case.coach_id == actor.pk}
    if not decides_for_oneself(**own, in_one_gesture=in_one_gesture, others=True):
        return False
    return others_coordinate(request.case, actor)


def others_coordinate(case: CoachingCase, actor: User) -> bool:
    """Whether somebody else coordinates in the case's organisation today."""
    members = User.objects.members_of(case.organisation_id, today(), *COORDINATING_ROLES)
    return bool(members.exclude(pk=actor.pk).filter(is_active=True).exists())


def own_request_words() -> str:
    """Why somebody who coordinates does not decide."""
    return _("On ne décide pas de sa propre demande : une autre personne de la coordination doit le faire.")


def _locked(request: ExceptionRequest, case: CoachingCase, step: Step) -> ExceptionRequest:
    found: ExceptionRequest = ExceptionRequest.objects.select_for_update().get(pk=request.pk)
    found.case = case
    if not leads_on(found.state, step):
        raise ExceptionRefused("decided", _("Cette demande est déjà %(state)s.") % {"state": found.get_state_display()})
    return found


@act
def withdraw_exception(*, request: ExceptionRequest, reason: str, actor: User) -> ExceptionRequest:
    """Withdraw one's own request before anybody answered it; it stays on the case.

    Raises:
        NotAllowed: the case is not the actor's.
        ExceptionRefused: it has its answer, somebody else asked it, or no reason is given.
    """
    case = _begin(request.case, actor)
    request = _locked(request, case, Step.WITHDRAW)
    if request.requested_by_id != actor.pk:
        raise ExceptionRefused("not_author", _("Seule la personne qui a demandé retire sa demande."))
    if not reason.strip():
        raise ExceptionRefused("reason", _("Dites pourquoi la demande est retirée."), field="reason")
    request.state = ExceptionState.WITHDRAWN
    request.ended_by, request.ended_on, request.end_reason = actor, today(), reason.strip()
    save_checked(request)
    kind_of(request.kind).withdraw(request, actor)
    return request


@act
def take_back_exception(*, request: ExceptionRequest, on: date, reason: str, actor: User) -> ExceptionRequest:
    """Take back what was granted, from a day on; the request stays, with both decisions.

    Raises:
        NotAllowed: only whoever coordinates takes back.
        ExceptionRefused: it was not granted, the day has not come, or no reason is given.
        DomainError: the kind says that it is too late.
    """
    case = _begin(request.case, actor, "beneficiaries.decide_exception")
    request = _locked(request, case, Step.TAKE_BACK)
    if on > today():
        raise ExceptionRefused("future", _("Cette date n’est pas encore venue."), field="on")
    if not reason.strip():
        raise ExceptionRefused("reason", _("Dites pourquoi la décision est reprise."), field="reason")
    end_request(request, on=on, reason=reason, actor=actor)
    kind_of(request.kind).end(request, on, reason, actor)
    return request


@act
def reopen_exception(*, request: ExceptionRequest, since: datetime, actor: User) -> ExceptionRequest:
    """Undo one's own answer of today: the request waits again, and what the answer changed is as it was. ``since`` is
    when the answer was written.

    Raises:
        NotAllowed: only whoever coordinates decides.
        ExceptionRefused: it is no answer of the actor's of today, or something was written in the case since.
        DomainError: the kind says that something rests on it.
    """
    case = _begin(request.case, actor, "beneficiaries.decide_exception")
    request = ExceptionRequest.objects.select_for_update().get(pk=request.pk)
    request.case = case
    own = request.decided_by_id == actor.pk
    if not may_wait_again(request.state, is_own_decision=own, is_of_today=request.decided_on == today()):
        raise ExceptionRefused("not_undone", _("Cette décision ne s’annule plus ici."), hint=_undo_elsewhere())
    if written_in(case, since, by=actor):
        raise ExceptionRefused(
            "written_since",
            _("Quelque chose a été écrit dans ce dossier depuis la décision : rien n’est annulé."),
            hint=_undo_elsewhere(),
        )
    kind_of(request.kind).reopen(request)
    request.state = ExceptionState.REQUESTED
    request.decided_by, request.decided_on, request.decision_note = None, None, ""
    save_checked(request)
    return request


def _undo_elsewhere() -> str:
    return _("Reprenez la décision sur la page des exceptions du dossier.")


def end_request(request: ExceptionRequest, *, on: date, reason: str, actor: User) -> None:
    """Write that what was granted is taken back; part of an act that has locked the case."""
    request.state = ExceptionState.ENDED
    request.ended_by, request.ended_on, request.end_reason = actor, on, reason.strip()
    save_checked(request)


def close_request(request: ExceptionRequest, *, on: date, reason: str, actor: User) -> None:
    """Follow what a request had led to and that is called off: withdrawn when nobody had answered, else taken back;
    part of an act that has locked the case.
    """
    if request.is_waiting:
        request.state = ExceptionState.WITHDRAWN
        request.ended_by, request.ended_on, request.end_reason = actor, on, reason.strip()
        save_checked(request)
    elif request.is_granted:
        end_request(request, on=on, reason=reason, actor=actor)


@act
def read_answer(*, request: ExceptionRequest, actor: User) -> ExceptionRequest:
    """Say that one has read the answer to one's own request: it is no news any more. That others read it changes
    nothing.

    Raises:
        NotAllowed: the actor does not see the case.
    """
    require(actor, "beneficiaries.view_case", request.case)
    if request.requested_by_id == actor.pk and request.decided_on is not None and request.answer_read_on is None:
        request.answer_read_on = today()
        save_checked(request)
    return request

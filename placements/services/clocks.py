"""What changes the 24 months besides work: suspensions, asked then decided, and extensions (domain.md 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.files.base import File
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from beneficiaries.enums import ExceptionCode
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.services.exceptions import ExceptionStatement, answer_request, close_request, open_request
from foundation.persistence import save_checked
from foundation.rules.periods import Period
from placements.enums import RequestState, SuspensionReason
from placements.models import ClockExtension, ClockSuspension
from placements.selectors.clocks import clock_facts
from placements.services.guards import PlacementRefused, begin, begin_telling, refuse_future
from privacy.audit import act


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionRequest:
    """What is asked: why, the first and last day suspended (no last day: until further notice), on what paper, with its
    scan; `words` say more than the reason of the list.
    """

    reason: str
    starts_on: date
    evidence: str
    ends_on: date | None = None
    words: str = ""
    file: File[bytes] | None = None
    confirmed: frozenset[str] = frozenset()


@act
def request_suspension(*, case: CoachingCase, request: SuspensionRequest, actor: User) -> ClockSuspension:
    """Ask that days of the 24 months be not counted; nothing moves until a coordinator approves. Those before an exit
    can be asked after it: the illness of somebody who left is heard of late.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: pre-hire has not begun by then or the case had left, the end precedes the start, another
            suspension covers these days, or no paper is named.
        Unconfirmed: the last day is unlikely, and nobody said that it is meant.
    """
    case = begin_telling(case, actor)
    check_days(case, request.starts_on, request.ends_on)
    if not request.evidence.strip():
        raise PlacementRefused("evidence", _("Indiquez la pièce qui le prouve."), field="evidence")
    asked = ExceptionStatement(
        reason=request.words.strip() or str(SuspensionReason(request.reason).label),
        document=request.evidence,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        file=request.file,
        confirmed=request.confirmed,
    )
    suspension = ClockSuspension(
        case=case,
        request=open_request(case=case, kind=ExceptionCode.SUSPENSION, statement=asked, actor=actor),
        reason=request.reason,
        starts_on=request.starts_on,
        ends_on=request.ends_on,
        evidence=request.evidence.strip(),
        requested_by=actor,
    )
    save_checked(suspension)
    return suspension


def check_days(
    case: CoachingCase, starts_on: date, ends_on: date | None, *, ignore: ClockSuspension | None = None
) -> None:
    """The days lie between the beginning of pre-hire and the exit, and under no other suspension."""
    started = clock_facts(case).prehire_started_on
    if started is None or starts_on < started:
        raise PlacementRefused(
            "before_prehire", _("Une suspension ne commence pas avant la pré-embauche."), field="starts_on"
        )
    if case.closed_on is not None and starts_on >= case.closed_on:
        raise PlacementRefused("after_exit", _("Le dossier était sorti ce jour-là."), field="starts_on")
    if ends_on is not None and ends_on < starts_on:
        raise PlacementRefused("end_before_start", _("Le dernier jour précède le premier."), field="ends_on")
    asked = Period.from_inclusive(starts_on, ends_on)
    for other in case.suspensions.filter(state__in=(RequestState.REQUESTED, RequestState.APPROVED)):
        if other != ignore and asked.overlaps(Period.from_inclusive(other.starts_on, other.ends_on)):
            raise PlacementRefused(
                "overlap",
                _("Une suspension couvre déjà une partie de ces jours, à partir du %(date)s.")
                % {"date": f"{other.starts_on:%d/%m/%Y}"},
                field="starts_on",
            )


@act
def decide_suspension(
    *, suspension: ClockSuspension, approved: bool, on: date, actor: User, note: str = ""
) -> ClockSuspension:
    """Approve or refuse a suspension that was asked; a refusal says why.

    Raises:
        NotAllowed: only a coordinator decides.
        PlacementRefused: it is already decided, the day has not come, or a refusal has no reason.
    """
    require(actor, "placements.decide_clock", suspension.case)
    begin_telling(suspension.case, actor)
    suspension = ClockSuspension.objects.select_for_update().get(pk=suspension.pk)
    refuse_future(on, "on")
    if suspension.state != RequestState.REQUESTED:
        raise PlacementRefused("decided", _("Cette demande a déjà reçu une réponse."))
    if not approved and not note.strip():
        raise PlacementRefused("refusal_reason", _("Un refus garde son motif."), field="note")
    if suspension.request is not None:
        answer_request(suspension.request, granted=approved, on=on, note=note, actor=actor)
    settle_answer(suspension, approved=approved, on=on, note=note, actor=actor)
    return suspension


def settle_answer(suspension: ClockSuspension, *, approved: bool, on: date, note: str, actor: User) -> None:
    """Write the answer on the days themselves; part of an act that has locked the case."""
    suspension.state = RequestState.APPROVED if approved else RequestState.REFUSED
    suspension.decided_by = actor
    suspension.decided_on = on
    suspension.decision_note = note.strip()
    save_checked(suspension)


@act
def end_suspension(*, suspension: ClockSuspension, ends_on: date, actor: User) -> ClockSuspension:
    """Give a suspension its last day, or another one: the person is back.

    Raises:
        NotAllowed: only a coordinator changes what was approved.
        PlacementRefused: it was refused or cancelled, the day precedes the first, or another suspension is in the way.
    """
    require(actor, "placements.decide_clock", suspension.case)
    case = begin_telling(suspension.case, actor)
    suspension = ClockSuspension.objects.select_for_update().get(pk=suspension.pk)
    if suspension.state not in (RequestState.REQUESTED, RequestState.APPROVED):
        raise PlacementRefused("not_running", _("Cette suspension n’a pas cours."))
    check_days(case, suspension.starts_on, ends_on, ignore=suspension)
    suspension.ends_on = ends_on
    suspension.ended_by_work, suspension.ends_on_without_work = None, None
    save_checked(suspension)
    return suspension


@act
def confirm_suspension(*, suspension: ClockSuspension, on: date, note: str, actor: User) -> ClockSuspension:
    """Say that a suspension without an end still holds: looked at that day, by whom; the next look is due after the
    parameter's number of days from then on. Who follows the case may say it.

    Raises:
        NotAllowed: the case is not the actor's.
        PlacementRefused: it has no course or has an end, the day has not come or comes before the last look, or nothing
            is said of what was verified.
    """
    begin(suspension.case, actor)
    suspension = ClockSuspension.objects.select_for_update().get(pk=suspension.pk)
    refuse_future(on, "on")
    if not suspension.counts or suspension.ends_on is not None:
        raise PlacementRefused("not_open", _("Cette suspension n’est plus sans fin."))
    if on < suspension.looked_at:
        raise PlacementRefused(
            "looked_later",
            _("Elle a déjà été regardée le %(date)s.") % {"date": f"{suspension.looked_at:%d/%m/%Y}"},
            field="on",
        )
    if not note.strip():
        raise PlacementRefused("note", _("Dites ce qui a été vérifié, et auprès de qui."), field="note")
    suspension.still_holds_on, suspension.still_holds_by = on, actor
    suspension.still_holds_note = note.strip()
    save_checked(suspension)
    return suspension


@act
def cancel_suspension(*, suspension: ClockSuspension, on: date, reason: str, actor: User) -> ClockSuspension:
    """Take back a suspension made by mistake; it is kept, and no longer counts.

    Raises:
        NotAllowed: only a coordinator takes back.
        PlacementRefused: it has no course, the day has not come, or no reason is given.
    """
    require(actor, "placements.decide_clock", suspension.case)
    begin_telling(suspension.case, actor)
    suspension = ClockSuspension.objects.select_for_update().get(pk=suspension.pk)
    refuse_future(on, "on")
    if suspension.state not in (RequestState.REQUESTED, RequestState.APPROVED):
        raise PlacementRefused("not_running", _("Cette suspension n’a pas cours."))
    if not reason.strip():
        raise PlacementRefused("reason", _("Dites pourquoi la suspension est annulée."), field="reason")
    if suspension.request is not None:
        close_request(suspension.request, on=on, reason=reason, actor=actor)
    call_off(suspension, on=on, reason=reason, actor=actor)
    return suspension


def call_off(suspension: ClockSuspension, *, on: date, reason: str, actor: User) -> None:
    """Have the days count again; part of an act that has locked the case."""
    suspension.state = RequestState.CANCELLED
    suspension.ended_by_work, suspension.ends_on_without_work = None, None
    suspension.decided_by = actor
    suspension.decided_on = on
    suspension.decision_note = reason.strip()
    save_checked(suspension)


@act
def grant_extension(
    *,
    case: CoachingCase,
    months: int,
    reason: str,
    document: str,
    on: date,
    actor: User,
    already_granted: int | None = None,
    file: File[bytes] | None = None,
) -> ClockExtension:
    """Add calendar months to the 24, in writing, asked and granted in one gesture; an expired clock runs again.

    `already_granted` is the number of extensions that the actor had before their eyes: when another one was granted
    meanwhile (a second tab, a colleague), this one is refused. Without it, the number is read as the act begins.

    Raises:
        NotAllowed: only a coordinator grants.
        PlacementRefused: pre-hire has not begun (but for somebody who comes back with every day used), the day has not
            come, the reason or the document is missing, or another extension was granted meanwhile.
        ExceptionRefused: the actor follows the case, and somebody else coordinates here; or one waits for an answer.
        InvalidFact: the months are out of range.
    """
    require(actor, "placements.decide_clock", case)
    # Before the lock: whoever waits for another grant to end must find that it came first.
    rank = case.extensions.count() if already_granted is None else already_granted
    case = begin(case, actor)
    if case.extensions.count() != rank:
        raise PlacementRefused(
            "granted_meanwhile",
            _("Une prolongation vient d’être accordée."),
            hint=_("Rechargez la page avant d’en accorder une autre."),
        )
    refuse_future(on, "granted_on")
    facts = clock_facts(case)
    started = facts.prehire_started_on
    # Somebody who comes back with every day used needs the extension for pre-hire to open at all.
    waits_for_it = started is None and facts.started_by(on).is_expired(on)
    if not waits_for_it and (started is None or on < started):
        raise PlacementRefused(
            "before_prehire", _("La pré-embauche n’avait pas commencé ce jour-là."), field="granted_on"
        )
    if not reason.strip():
        raise PlacementRefused("reason", _("Une prolongation est motivée."), field="reason")
    if not document.strip():
        raise PlacementRefused("document", _("Indiquez le document qui l’accorde."), field="document")
    asked = ExceptionStatement(reason=reason, document=document, months=months, file=file)
    request = open_request(case=case, kind=ExceptionCode.EXTENSION, statement=asked, actor=actor)
    answer_request(request, granted=True, on=on, note="", actor=actor, in_one_gesture=True)
    return add_months_granted(request, rank=rank)


def add_months_granted(request: ExceptionRequest, *, rank: int) -> ClockExtension:
    """Write the months that a request was granted; part of an act that has locked the case."""
    if request.months is None or request.decided_on is None or request.decided_by is None:
        raise ValueError("an extension is granted for months, by somebody, on a day")
    extension = ClockExtension(
        case=request.case,
        request=request,
        months=request.months,
        reason=request.reason,
        document=request.document,
        granted_on=request.decided_on,
        granted_by=request.decided_by,
        rank=rank,
    )
    save_checked(extension)
    return extension

"""What stops or lengthens the 24 months, as kinds of exceptions: asked and decided on the one path of all."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.models import User
from beneficiaries.enums import ExceptionCode
from beneficiaries.models import CoachingCase, ExceptionRequest
from beneficiaries.registries import ExceptionKind
from foundation.persistence import save_checked
from foundation.rules.periods import ONE_DAY
from placements.enums import RequestState
from placements.rules.clocks import allowance_end
from placements.selectors.clocks import clock_facts
from placements.services.clocks import add_months_granted, call_off, check_days, settle_answer
from placements.services.guards import PlacementRefused


def _suspension_may_be_asked(case: CoachingCase, on: date) -> bool:
    return clock_facts(case).prehire_started_on is not None


def _check_suspension(request: ExceptionRequest) -> None:
    """The days lie inside pre-hire and under no other suspension."""
    if request.starts_on is None:
        raise PlacementRefused("starts_on", _("Indiquez le premier jour suspendu."), field="starts_on")
    check_days(request.case, request.starts_on, request.ends_on, ignore=getattr(request, "suspension", None))


def _answer_suspension(request: ExceptionRequest, actor: User) -> None:
    """Write the answer, and the days as they were granted."""
    suspension = request.suspension
    if request.starts_on is None or request.decided_on is None:
        raise ValueError("a suspension has a first day, and its answer a day")
    suspension.starts_on, suspension.ends_on = request.starts_on, request.ends_on
    settle_answer(
        suspension, approved=request.is_granted, on=request.decided_on, note=request.decision_note, actor=actor
    )


def _reopen_suspension(request: ExceptionRequest) -> None:
    """The days are asked again, as they were: work that had ended them meanwhile says so once they are granted."""
    suspension = request.suspension
    suspension.state = RequestState.REQUESTED
    suspension.decided_by, suspension.decided_on, suspension.decision_note = None, None, ""
    suspension.ends_on = request.ends_on
    suspension.ended_by_work, suspension.ends_on_without_work = None, None
    save_checked(suspension)


def _withdraw_suspension(request: ExceptionRequest, actor: User) -> None:
    call_off(request.suspension, on=request.ended_on or request.requested_on, reason=request.end_reason, actor=actor)


def _end_suspension(request: ExceptionRequest, on: date, reason: str, actor: User) -> None:
    """From a day on, the days count again; taken back from its first day or the day it was granted, it never was."""
    suspension = request.suspension
    if on <= suspension.starts_on or on == request.decided_on:
        call_off(suspension, on=on, reason=reason, actor=actor)
        return
    if suspension.ends_on is not None and suspension.ends_on < on:
        raise PlacementRefused("over", _("Cette suspension est déjà finie ce jour-là."), field="on")
    suspension.ends_on = on - ONE_DAY
    suspension.ended_by_work, suspension.ends_on_without_work = None, None
    save_checked(suspension)


def _extension_may_be_asked(case: CoachingCase, on: date) -> bool:
    facts = clock_facts(case)
    return facts.prehire_started_on is not None or facts.started_by(on).is_expired(on)


def _check_extension(request: ExceptionRequest) -> None:
    if not request.months:
        raise PlacementRefused("months", _("Indiquez le nombre de mois."), field="months")
    if not _extension_may_be_asked(request.case, request.requested_on):
        raise PlacementRefused("before_prehire", _("La pré-embauche n’a pas encore commencé."))


def _grant_extension(request: ExceptionRequest, actor: User) -> None:
    add_months_granted(request, rank=request.case.extensions.count())


def _end_extension(request: ExceptionRequest, on: date, reason: str, actor: User) -> None:
    """Only months that have not begun are taken back: what was covered stays covered."""
    extension = request.extension
    facts = clock_facts(request.case)
    started = facts.prehire_started_on
    if started is not None:
        clock = facts.prehire(on)
        without = allowance_end(started, facts.extension_months - extension.months, facts.policy) - started
        if clock is not None and clock.used_days > without.days:
            raise PlacementRefused(
                "months_begun",
                _("Les mois accordés ont déjà commencé ce jour-là : ils ne se reprennent plus."),
                field="on",
                hint=_("Si l’accompagnement s’arrête, clôturez le dossier."),
            )
    extension.taken_back_on = on
    save_checked(extension)


def _reopen_extension(request: ExceptionRequest) -> None:
    """Months that were granted a moment ago never were: the trail keeps them."""
    if request.is_granted:
        request.extension.delete()


SUSPENSION = ExceptionKind(
    code=ExceptionCode.SUSPENSION,
    fields=("starts_on", "ends_on"),
    ask_page="placements:suspension_request",
    page="placements:case_clock",
    may_ask=_suspension_may_be_asked,
    check=_check_suspension,
    grant=_answer_suspension,
    refuse=_answer_suspension,
    withdraw=_withdraw_suspension,
    end=_end_suspension,
    reopen=_reopen_suspension,
)
EXTENSION = ExceptionKind(
    code=ExceptionCode.EXTENSION,
    fields=("months",),
    ask_page="placements:extension_ask",
    page="placements:case_clock",
    may_ask=_extension_may_be_asked,
    check=_check_extension,
    grant=_grant_extension,
    end=_end_extension,
    reopen=_reopen_extension,
)

"""Both clocks of a case in words and as a sign, from the dates of its status."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.parameters import Key, value_on
from followup.models import CaseStatus
from foundation.formatting import date_words, number_words, relative_words
from foundation.rules.periods import add_months, months_between
from method.components import ChainFacts, ChainState
from method.components import ClockFacts as ClockShown
from method.rules.nearness import ClockLimits, Nearness, nearness
from method.rules.phases import Phase
from method.selectors import followup_limits, prehire_limits
from placements.rules.clocks import PrehireState
from placements.rules.course import PrehireCourse
from placements.rules.windows import FollowUpState

_CHAIN_STATES = {
    PrehireState.RUNNING: ChainState.RUNNING,
    PrehireState.STOPPED: ChainState.STOPPED,
    PrehireState.EXPIRED: ChainState.OVER,
    PrehireState.CLOSED: ChainState.LEFT,
}
_TONES = {Nearness.IMMINENT: "bad", Nearness.NEAR: "warn", Nearness.FAR: ""}


@dataclass(frozen=True, slots=True)
class ClockWords:
    """A clock as a cell shows it: the date if there is one, words that stand without it, and a tone."""

    words: str
    on: date | None = None
    tone: str = ""

    def __str__(self) -> str:
        return f"{date_words(self.on)} ({self.words})" if self.on else self.words


def chain_of(status: CaseStatus, on: date) -> ChainFacts:
    """The facts of ``{% chain %}``: the phase, and the clock that it lives by. No statement is made.

    The preparatory phase lives by its two months, the follow-up by its six, pre-hire and hiring by the 24.
    """
    phase = Phase(status.phase)
    if phase is Phase.EXIT:
        return ChainFacts(phase=phase, state=ChainState.LEFT)
    if phase is Phase.PREPARATORY:
        end = add_months(status.phase_started_on, value_on(Key.INTAKE_MONTHS, status.phase_started_on))
        return _spanned(phase, status.phase_started_on, end, on)
    if phase is Phase.FOLLOW_UP:
        limits = followup_limits(on, status.organisation_id)
        return _spanned(phase, status.followup_starts_on, status.followup_deadline, on, limits)
    return _prehire_chain(status, phase, on)


def _spanned(
    phase: Phase, start: date | None, end: date | None, on: date, limits: ClockLimits | None = None
) -> ChainFacts:
    """A clock that nothing stops, over ``[start, end)``."""
    if start is None or end is None:
        return ChainFacts(phase=phase)
    if on < start:
        return ChainFacts(phase=phase, state=ChainState.UPCOMING, left_days=(start - on).days)
    return ChainFacts(
        phase=phase,
        state=ChainState.OVER if on >= end else ChainState.RUNNING,
        used_days=(min(on, end) - start).days,
        left_days=max((end - on).days, 0),
        over_days=max((on - end).days, 0),
        limits=limits,
    )


def _prehire_chain(status: CaseStatus, phase: Phase, on: date) -> ChainFacts:
    """The 24 months, from their stored course; from their dates alone until the next rebuild has written it."""
    limits = prehire_limits(on, status.organisation_id)
    course = PrehireCourse.read(status.prehire_started_on, status.prehire_course)
    if course is None:
        return _spanned(phase, status.prehire_started_on, status.prehire_deadline, on, limits)
    clock = course.clock(on)
    if clock.state is PrehireState.NOT_STARTED:
        return ChainFacts(phase=phase, state=ChainState.UPCOMING, left_days=(course.started_on - on).days)
    state = _CHAIN_STATES[clock.state]
    if state is ChainState.STOPPED and course.is_suspended(on):
        state = ChainState.SUSPENDED
    # The end is told as the lists tell it: the days until it, stops to come included, not the days still to count.
    to_end = (clock.deadline - on).days if clock.deadline and clock.deadline > on else clock.remaining_days
    return ChainFacts(
        phase=phase,
        state=state,
        used_days=min(clock.used_days, clock.allowance_days),
        stopped_days=clock.stopped_days,
        left_days=to_end if state is ChainState.RUNNING else clock.remaining_days,
        over_days=max(clock.used_days - clock.allowance_days, 0),
        limits=limits,
    )


def is_expired(status: CaseStatus, on: date) -> bool:
    """Whether the 24 months are used up and no follow-up runs: nothing new may start or be planned."""
    deadline, start, end = status.prehire_deadline, status.followup_starts_on, status.followup_deadline
    followed = start is not None and end is not None and start <= on < end
    return deadline is not None and deadline <= on and status.phase != Phase.EXIT and not followed


def prehire_words(status: CaseStatus, on: date) -> ClockWords:
    """The 24 months: when they end, or why no date is known."""
    if status.prehire_started_on is None:
        return ClockWords(_("pas encore commencés"))
    if status.phase == Phase.EXIT:
        return ClockWords(_("dossier sorti"))
    deadline = status.prehire_deadline
    if deadline is None:
        return ClockWords(_("à l’arrêt, contrat en cours"))
    if deadline <= on:
        return ClockWords(_("épuisés %(when)s") % {"when": relative_words(deadline, on)}, deadline, "bad")
    return ClockWords(
        relative_words(deadline, on), deadline, _tone(deadline, on, prehire_limits(on, status.organisation_id))
    )


def followup_words(status: CaseStatus, on: date) -> ClockWords:
    """The six months of follow-up: when they begin or end."""
    start, deadline = status.followup_starts_on, status.followup_deadline
    if start is None or deadline is None or status.phase in (Phase.PRE_HIRE, Phase.EXIT):
        return ClockWords("–")
    if start > on:
        return ClockWords(_("commencent %(when)s") % {"when": relative_words(start, on)}, start)
    if deadline <= on:
        return ClockWords(_("terminés %(when)s") % {"when": relative_words(deadline, on)}, deadline, "warn")
    return ClockWords(
        relative_words(deadline, on), deadline, _tone(deadline, on, followup_limits(on, status.organisation_id))
    )


def prehire_left(clock: ClockShown, suspended: bool = False) -> str:
    """What is left of the 24 months, as one line of a list says it: « 441 j », « 480 j, arrêtée », « épuisés 12 j »."""
    if clock.state == PrehireState.NOT_STARTED:
        return _("pas commencée")
    if clock.state == PrehireState.CLOSED:
        return _("close")
    if clock.state == PrehireState.EXPIRED:
        return _("épuisés %(n)s j") % {"n": number_words(clock.overrun_days or 0)}
    left = _("%(n)s j") % {"n": number_words(clock.remaining_days or 0)}
    if clock.state == PrehireState.STOPPED:
        return _("%(left)s, susp.") % {"left": left} if suspended else _("%(left)s, arrêtée") % {"left": left}
    return left


def followup_left(clock: ClockShown, on: date) -> str:
    """What is left of the follow-up: « 5 m 12 j », « 4 j », « dès le 02/03 », « finie »; « – » without any."""
    if clock.state == FollowUpState.NONE:
        return "–"
    if clock.state == FollowUpState.DONE:
        return _("finie")
    if clock.state == FollowUpState.UPCOMING or clock.deadline is None:
        starts_on = clock.deadline - timedelta(days=clock.allowance_days or 0) if clock.deadline else None
        return _("dès le %(day)s") % {"day": f"{starts_on:%d/%m}"} if starts_on else _("à venir")
    months = months_between(on, clock.deadline)
    days = (clock.deadline - add_months(on, months)).days
    if not months:
        return _("%(n)s j") % {"n": days}
    return _("%(months)s m %(days)s j") % {"months": months, "days": days} if days else _("%(n)s m") % {"n": months}


def _tone(deadline: date, on: date, limits: ClockLimits) -> str:
    return _TONES[nearness((deadline - on).days, limits)]

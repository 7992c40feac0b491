"""The two clocks of a case in words and as bars: what they say, why they stop, what comes next."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beneficiaries.models import CoachingCase
from employers.enums import ContractType
from foundation.formatting import date_words
from method.components import ClockFacts as ClockShown
from method.rules.phases import Phase
from method.selectors import followup_limits, prehire_limits
from placements.enums import FollowUpMode
from placements.models import Employment
from placements.rules.clocks import PrehireClock, PrehireState
from placements.rules.course import PrehireCourse
from placements.rules.windows import FollowUpState
from placements.selectors.clocks import ClockFacts, former_jobs, work_facts
from placements.selectors.jobs import agreement_of, load_contracts, load_jobs, loaded_clock_facts

PREHIRE_WORDS = {
    PrehireState.NOT_STARTED: gettext_lazy("pas commencée"),
    PrehireState.RUNNING: gettext_lazy("en cours"),
    PrehireState.STOPPED: gettext_lazy("arrêtée"),
    PrehireState.EXPIRED: gettext_lazy("épuisée"),
    PrehireState.CLOSED: gettext_lazy("close"),
}
FOLLOWUP_WORDS = {
    FollowUpState.NONE: gettext_lazy("pas commencée"),
    FollowUpState.UPCOMING: gettext_lazy("à venir"),
    FollowUpState.RUNNING: gettext_lazy("en cours"),
    FollowUpState.DONE: gettext_lazy("terminée"),
}

REFUSAL_NOTES: dict[str, Promise] = {
    FollowUpMode.REFUSED: gettext_lazy("La personne a refusé le suivi."),
    FollowUpMode.EMPLOYER: gettext_lazy("L’employeur a refusé le suivi : il continue avec la personne."),
    FollowUpMode.BOTH: gettext_lazy("La personne et l’employeur ont refusé le suivi."),
}


def clocks_of(case: CoachingCase, on: date) -> tuple[ClockShown, ClockShown]:
    """The 24-month clock and the six-month clock of a case that day, ready to be drawn; three statements."""
    jobs = [job for job in load_jobs(case) if job.cancelled_on is None]
    facts = loaded_clock_facts(case)
    return prehire_shown(facts, [*former_jobs(case), *jobs], on), followup_shown(facts, jobs, on)


def clocks_in_line(case: CoachingCase, course: PrehireCourse | None, on: date) -> tuple[ClockShown, ClockShown]:
    """The same clocks for a line, where nothing is noted beside them: the 24 months from the course that was stored of
    them, the six from the contracts; one statement. Without a course that should be known, or when all was read
    already, as `clocks_of`.
    """
    began = any(spell.phase == Phase.PRE_HIRE for spell in case.spells.all())
    read = getattr(case, "_prefetched_objects_cache", {})
    if "suspensions" in read or (began and course is None):
        return clocks_of(case, on)
    jobs = [job for job in load_contracts(case) if job.cancelled_on is None]
    facts = work_facts(case, jobs)
    clock = course.clock(on, case.closed_on) if course is not None else None
    return _prehire_clock(facts, clock, on), followup_shown(facts, jobs, on)


def prehire_shown(facts: ClockFacts, jobs: Sequence[Employment], on: date) -> ClockShown:
    """The 24 months of pre-hire."""
    clock = facts.prehire(on)
    return _prehire_clock(facts, clock, on, _prehire_note(facts, jobs, on, clock.state) if clock else "")


def _prehire_clock(facts: ClockFacts, clock: PrehireClock | None, on: date, note: str = "") -> ClockShown:
    label = _("%(n)s mois de pré-embauche") % {"n": facts.policy.prehire_months}
    short = _("%(n)s mois") % {"n": facts.policy.prehire_months}
    if clock is None:
        return ClockShown(
            label=label,
            short=short,
            state=PrehireState.NOT_STARTED,
            state_label=PREHIRE_WORDS[PrehireState.NOT_STARTED],
            note=_("Elle démarre le jour où la pré-embauche s’ouvre."),
        )
    closed = clock.state is PrehireState.CLOSED
    return ClockShown(
        label=label,
        short=short,
        state=clock.state,
        state_label=PREHIRE_WORDS[clock.state],
        used_days=clock.used_days,
        stopped_days=clock.stopped_days,
        remaining_days=clock.remaining_days,
        allowance_days=clock.allowance_days,
        overrun_days=max(0, clock.used_days - clock.allowance_days),
        deadline=None if closed else clock.deadline,
        note=note,
        limits=prehire_limits(on, facts.organisation_id),
    )


def _prehire_note(facts: ClockFacts, jobs: Sequence[Employment], on: date, state: PrehireState) -> str:
    """What stops the clock, or will on a known day."""
    if state is PrehireState.STOPPED:
        return _stop_note(facts, jobs, on)
    planned = [job for job in jobs if job.contract_type in facts.policy.stopping_types and job.starts_on > on]
    if state is not PrehireState.RUNNING or not planned:
        return ""
    job = min(planned, key=lambda job: job.starts_on)
    return _("Elle s’arrêtera le %(date)s, premier jour chez %(company)s.") % {
        "date": date_words(job.starts_on),
        "company": job.company.name,
    }


def _stop_note(facts: ClockFacts, jobs: Sequence[Employment], on: date) -> str:
    """What stops the clock that day, and until when."""
    stopping = [
        job
        for job in jobs
        if job.contract_type in facts.policy.stopping_types and job.as_contract().worked.contains(on)
    ]
    if not stopping:
        pause = next((period for period in facts.suspended() if period.contains(on)), None)
        if pause is None or pause.last_day is None:
            return _("Une suspension accordée l’arrête, sans fin connue.")
        return _("Une suspension accordée l’arrête jusqu’au %(date)s.") % {"date": date_words(pause.last_day)}
    job = min(stopping, key=lambda job: job.starts_on)
    words = {
        "contract": job.get_contract_type_display(),
        "company": job.company.name,
        "start": date_words(job.starts_on),
    }
    if any(other.last_day is None for other in stopping):
        return _("Arrêtée depuis le %(start)s : %(contract)s chez %(company)s, sans fin prévue.") % words
    last = max(other.last_day for other in stopping)
    words["end"] = date_words(last)
    return _("Arrêtée depuis le %(start)s : %(contract)s chez %(company)s, jusqu’au %(end)s.") % words


def followup_shown(facts: ClockFacts, jobs: Sequence[Employment], on: date) -> ClockShown:
    """The six months of follow-up of the job that counts that day, with its employer's name."""
    clock = facts.followup(on)
    label = _("%(n)s mois de suivi") % {"n": facts.policy.followup_months}
    short = _("%(n)s mois") % {"n": facts.policy.followup_months}
    state, words = clock.state, FOLLOWUP_WORDS[clock.state]
    if clock.starts_on is None or clock.deadline is None:
        return ClockShown(
            label=label, short=short, state=state, state_label=words, note=_("Elle démarre le premier jour de travail.")
        )
    job = next((job for job in reversed(jobs) if job.as_contract().employer == clock.employer), None)
    if job is not None:
        label = _("%(label)s chez %(company)s") % {"label": label, "company": job.company.name}
    closed = facts.closed_on is not None and facts.closed_on <= on
    if closed and state is not FollowUpState.DONE:
        state, words = FollowUpState.DONE, gettext_lazy("close")
    total = (clock.deadline - clock.starts_on).days
    used = min(max((on - clock.starts_on).days, 0), total)
    return ClockShown(
        label=label,
        short=short,
        state=state,
        state_label=words,
        used_days=used,
        remaining_days=0 if closed else total - used,
        allowance_days=total,
        deadline=None if closed else clock.deadline,
        note=_followup_note(job, clock.starts_on, on),
        limits=followup_limits(on, facts.organisation_id),
    )


def _followup_note(job: Employment | None, starts_on: date, on: date) -> str:
    """What must be known of this follow-up: a first day to come, an agreement missing, a discretion."""
    if starts_on > on:
        return _("Premier jour de travail prévu le %(date)s.") % {"date": date_words(starts_on)}
    agreement = agreement_of(job) if job is not None else None
    if agreement is None:
        return _("Le suivi n’est pas encore convenu avec la personne.")
    if agreement.mode == FollowUpMode.DISCREET:
        return _("Suivi discret : l’employeur n’est pas informé.")
    return str(REFUSAL_NOTES.get(agreement.mode, ""))


def contract_names(kinds: Sequence[str] | frozenset[str]) -> str:
    """Contract types in words, in the order of the list: « CDI, CDD, intérim »."""
    return ", ".join(str(ContractType(kind).label) for kind in ContractType.values if kind in kinds)

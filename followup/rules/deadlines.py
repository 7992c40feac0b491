"""What a case asks of its coach, each with the day it is due, from when it is told and until when it counts.

Every deadline is made of dates that stay true overnight: which of them count on a day is read from the dates alone, so
that time passing changes nothing that is stored. Source: domain, sections 4 to 7.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from followup.rules.asked import Asked, results_asked, reviews_asked, signature_asked
from followup.rules.cadence import CadencePolicy, is_answered, next_due_on
from followup.rules.kinds import DeadlineKind
from foundation.rules.periods import ONE_DAY, Period, add_months, merge
from foundation.rules.workdays import WorkingDays
from method.rules.phases import Phase
from method.rules.urgency import THIS_WEEK_DAYS, told_ahead_days
from placements.rules.clocks import ClockPolicy, Contract, fixed_term_warning_on
from placements.rules.trainings import reviews_due
from placements.rules.windows import FollowUpWindow


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due.

    Attributes:
        due_on: the day it is due.
        kind: what is due.
        shown_from: first day on which the coach is told.
        until: first day on which it no longer counts, done or not; ``None``: until a fact changes.
        employer: the firm it concerns, "" for none.
    """

    due_on: date
    kind: DeadlineKind
    shown_from: date
    until: date | None = None
    employer: str = ""

    def counts_on(self, on: date) -> bool:
        """Return whether it still counts on the day ``on``."""
        return self.until is None or on < self.until

    def is_shown_on(self, on: date) -> bool:
        """Return whether the coach is told of it on the day ``on``."""
        return self.shown_from <= on and self.counts_on(on)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePolicy:
    """The dated parameters of what is told, in days unless named otherwise.

    Attributes:
        cadence: intervals of the phase in course.
        prehire_warning_days: days before the end of the 24 months at which a warning is raised.
        fixed_term_warning_days: days before the end of a fixed-term contract.
        intake_months, intake_warning_days: length of the preparatory phase, and when its end is recalled.
        no_show_alert: as many missed appointments in a row raise an alert.
        first_meeting_working_days: working days after the referral within which the person is met.
        decision_days: days within which the coordination answers a request.
        suspension_review_days: days after which a suspension without an end is looked at again, and again.
        working_days: which days are worked.
    """

    cadence: CadencePolicy
    clocks: ClockPolicy
    prehire_warning_days: Sequence[int] = (92, 31, 0)
    fixed_term_warning_days: int = 30
    intake_months: int = 2
    intake_warning_days: int = 45
    no_show_alert: int = 3
    first_meeting_working_days: int = 15
    suspension_review_days: int = 92
    decision_days: int = 7
    working_days: WorkingDays = field(default_factory=WorkingDays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Who refuses to be followed in a job, and from when a refusal was lifted.

    Attributes:
        by_person: no contact is due in the window, and no closing review.
        by_employer: no talk with the firm is due; contacts with the person go on.
        lifted_on: the first day on which the follow-up was accepted after all; nothing was due before.
    """

    by_person: bool = False
    by_employer: bool = False
    lifted_on: date | None = None

    @property
    def stands(self) -> bool:
        """Whether anybody refuses."""
        return self.by_person or self.by_employer


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the deadlines of one case depend on.

    Attributes:
        contracts: those that are followed in the firm, called-off ones left out.
        windows: one per job, each with the cadence in force on its first day.
        hidden_employers: firms that must not hear of the follow-up.
        refusals: what was refused of the follow-up, per firm.
        suspended: the days that approved suspensions cover.
        asked_on: the day of the oldest exception that was asked and has no answer.
        looked_at: per first day of a suspension without an end, the last day on which somebody said that it holds.
        employer_talks: per firm, the days of the talks that count.
        no_shows: the days of the appointments missed since the last contact that counts.
        referred_on: the day on which somebody sent the person to us.
        appointments: the days of the appointments that have no outcome.
        results_asked: whether the funder asks what became of the person after the exit (ESF+).
        results_settled: those of the results that were recorded, or are asked no more.
        news_asked_on: the latest day on which the coordination asked for news of the person.
        unsigned_since: the day of the oldest paper that opens pre-hire, was made and is not recorded as signed.
        trainings: contracts of training in a firm, which no follow-up follows.
        task_due_on: by when the first of the tasks that wait for whoever carries the case is to be done.
    """

    phase: Phase
    phase_started_on: date
    last_contact_on: date | None = None
    prehire_deadline: date | None = None
    contracts: Sequence[Contract] = ()
    windows: Sequence[tuple[FollowUpWindow, CadencePolicy]] = ()
    hidden_employers: frozenset[str] = frozenset()
    refusals: Mapping[str, Refusal] = field(default_factory=dict)
    suspended: Sequence[Period] = ()
    looked_at: Mapping[date, date] = field(default_factory=dict)
    asked_on: date | None = None
    employer_talks: Mapping[str, Sequence[date]] = field(default_factory=dict)
    no_shows: Sequence[date] = ()
    referred_on: date | None = None
    appointments: Sequence[date] = ()
    results_asked: bool = False
    results_settled: frozenset[DeadlineKind] = frozenset()
    news_asked_on: date | None = None
    task_due_on: date | None = None
    unsigned_since: date | None = None
    trainings: Sequence[Contract] = ()

    def current_windows(self) -> list[tuple[FollowUpWindow, CadencePolicy]]:
        """The windows that the follow-up in course meets: those that ended before it began belong to a former one."""
        if self.phase is not Phase.FOLLOW_UP:
            return []
        return [(window, cadence) for window, cadence in self.windows if window.deadline > self.phase_started_on]

    def jobs_end_on(self) -> date | None:
        """The first day without any followed job; ``None`` without one, or while one is open-ended."""
        ends = [contract.worked.end for contract in self.contracts]
        known = [end for end in ends if end is not None]
        return max(known) if known and len(known) == len(ends) else None


def deadlines(facts: CaseFacts, policy: DeadlinePolicy) -> tuple[Deadline, ...]:
    """Return what is or will be due as long as no fact changes, by due day; after EXIT what a past appointment and the
    funder still ask.
    """
    found = [*_appointments_without_outcome(facts), *_asked_elsewhere(facts)]
    if facts.phase is Phase.EXIT:
        return tuple(sorted(found, key=lambda d: (d.due_on, d.kind)))
    found += [
        *_meetings(facts, policy),
        *contact_deadlines(facts, policy),
        *employer_deadlines(facts),
        *_decisions(facts, policy),
        *_suspension_reviews(facts, policy),
        *_alerts(facts, policy),
        *_clock_deadlines(facts, policy),
        *_job_deadlines(facts, policy),
    ]
    return tuple(sorted(found, key=lambda d: (d.due_on, d.kind, d.employer, d.until or date.max)))


def due_on(found: Iterable[Deadline], kind: DeadlineKind, on: date) -> date | None:
    """Return the earliest day of a kind that still counts on the day ``on``."""
    return min((d.due_on for d in found if d.kind is kind and d.counts_on(on)), default=None)


def contact_deadlines(facts: CaseFacts, policy: DeadlinePolicy) -> list[Deadline]:
    """Return the contacts due with the person: one, or in follow-up one per job whose window leaves room for it.

    With several jobs the earliest of those whose window still runs counts; those that could never be the earliest are
    left out. None falls in a suspension: what was due before it falls away as it begins, and a new interval runs from
    the day the person is back. A follow-up that the person refuses asks for nothing.
    """
    found: list[Deadline] = []
    if facts.phase is not Phase.FOLLOW_UP:
        found += _contacts_between(facts, None, policy.cadence)
    for window, cadence in facts.current_windows():
        refusal = facts.refusals.get(window.employer)
        if refusal is None or not refusal.by_person:
            found += _contacts_between(facts, window.period, cadence, _asked_from(window, refusal))
    kept: list[Deadline] = []
    for deadline in sorted(found, key=lambda d: (d.due_on, d.until or date.max)):
        if not kept or (kept[-1].until or date.max) < (deadline.until or date.max):
            kept.append(deadline)
    return kept


def employer_deadlines(facts: CaseFacts) -> list[Deadline]:
    """Return the talks due with each employer followed, inside its window; none when the follow-up is discreet or was
    refused by anybody, none while the person is suspended.
    """
    found: list[Deadline] = []
    for window, cadence in facts.current_windows():
        refusal = facts.refusals.get(window.employer)
        if window.employer in facts.hidden_employers or (refusal is not None and refusal.stands):
            continue
        asked = _asked_from(window, refusal)
        last = max(facts.employer_talks.get(window.employer, ()), default=asked)
        base = max(asked, last)
        for since, until in _free_of_suspensions(facts, base):
            due = since + timedelta(days=cadence.employer_days)
            ends = min(filter(None, (until, window.deadline)))
            if due < ends:
                found.append(
                    _told_ahead(
                        DeadlineKind.EMPLOYER, due, cadence, ends, window.place, back_on=since if since > base else None
                    )
                )
    return found


def _asked_from(window: FollowUpWindow, refusal: Refusal | None) -> date:
    """From when something is asked in a window: its first day, or the day on which a refusal was lifted."""
    lifted = refusal.lifted_on if refusal is not None else None
    return max(filter(None, (window.starts_on, lifted)))


def _contacts_between(
    facts: CaseFacts, window: Period | None, cadence: CadencePolicy, asked_from: date | None = None
) -> Iterable[Deadline]:
    """The contacts due outside suspensions: one before each, unless it begins first, and one after the last."""
    began = asked_from or facts.phase_started_on
    last = max(began, facts.last_contact_on or began)
    end = None if window is None else window.end
    for since, until in _free_of_suspensions(facts, last):
        due, _interval = next_due_on(facts.phase, facts.phase_started_on, since, window, cadence)
        ends = min(filter(None, (until, end)), default=None)
        if due is not None and (ends is None or due < ends):
            yield _told_ahead(DeadlineKind.CONTACT, due, cadence, ends, back_on=since if since > last else None)


def _free_of_suspensions(facts: CaseFacts, base: date) -> Iterable[tuple[date, date | None]]:
    """From when an interval counts, and the first suspended day after it: from a day on, then after each suspension."""
    since = base
    for stop in merge(facts.suspended):
        if stop.end is not None and stop.end <= since:
            continue
        if stop.start > since:
            yield since, stop.start
        if stop.end is None:
            return
        since = stop.end
    yield since, None


def _decisions(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """The oldest request that waits for an answer, told from the day it was asked."""
    if facts.asked_on is not None:
        due = facts.asked_on + timedelta(days=policy.decision_days)
        yield Deadline(due, DeadlineKind.DECISION, facts.asked_on)


def _suspension_reviews(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """A suspension without an end is looked at again after so many days, and so many days after each look."""
    for stop in facts.suspended:
        if stop.end is None:
            looked = max(stop.start, facts.looked_at.get(stop.start, stop.start))
            yield _told_this_week(
                DeadlineKind.SUSPENSION_REVIEW, looked + timedelta(days=policy.suspension_review_days)
            )


def _told_ahead(
    kind: DeadlineKind,
    due: date,
    cadence: CadencePolicy,
    until: date | None = None,
    employer: str = "",
    *,
    back_on: date | None,
) -> Deadline:
    """A contact, told a week ahead, or as early as it is called soon; not before the end of the suspension, if any,
    from which its interval runs.
    """
    told = due - timedelta(days=told_ahead_days(cadence.due_soon_days))
    return Deadline(due, kind, min(due, max(told, back_on or told)), until, employer)


def _told_this_week(kind: DeadlineKind, due: date, until: date | None = None, employer: str = "") -> Deadline:
    """A deadline that is told a week ahead."""
    return Deadline(due, kind, due - timedelta(days=THIS_WEEK_DAYS), until, employer)


def _meetings(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """A task is to be done; the coordination waits for news; or who was sent to us has not been met yet."""
    if facts.task_due_on is not None:
        yield _told_this_week(DeadlineKind.TASK, facts.task_due_on)
    if facts.news_asked_on is not None and not is_answered(facts.news_asked_on, facts.last_contact_on):
        yield Deadline(facts.news_asked_on, DeadlineKind.NEWS_ASKED, facts.news_asked_on)
    if facts.phase is Phase.PREPARATORY and facts.referred_on is not None and facts.last_contact_on is None:
        due = policy.working_days.after(facts.referred_on, policy.first_meeting_working_days)
        yield _told_this_week(DeadlineKind.FIRST_MEETING, due)


def _appointments_without_outcome(facts: CaseFacts) -> Iterable[Deadline]:
    """From the day after an appointment, what became of it is to be said."""
    for day in sorted(set(facts.appointments)):
        yield Deadline(day + ONE_DAY, DeadlineKind.APPOINTMENT, day + ONE_DAY)


def _asked_elsewhere(facts: CaseFacts) -> Iterable[Deadline]:
    """What the funder, a paper or a training asks for, told a week ahead."""
    asked: list[Asked] = []
    if facts.phase is Phase.EXIT and facts.results_asked:
        asked += results_asked(facts.phase_started_on, facts.results_settled)
    asked += signature_asked(facts.phase, facts.unsigned_since)
    reviews = reviews_due(
        facts.trainings, facts.contracts, last_contact_on=facts.last_contact_on, talks=facts.employer_talks
    )
    asked += reviews_asked(facts.phase, facts.phase_started_on, reviews, facts.suspended)
    for kind, due, until, firm in asked:
        yield _told_this_week(kind, due, until, firm)


def _alerts(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """Missed appointments in a row, and a preparatory phase that lasts."""
    if len(facts.no_shows) >= policy.no_show_alert:
        last = max(facts.no_shows)
        # Nobody takes up with somebody who cannot come: a suspension silences the alert, what is due after it calls.
        stops = [stop.start for stop in facts.suspended if stop.end is None or stop.end > last]
        if not stops or min(stops) > last:
            yield Deadline(last, DeadlineKind.NO_SHOWS, last, min(stops, default=None))
    if facts.phase is Phase.PREPARATORY:
        end = add_months(facts.phase_started_on, policy.intake_months)
        told = facts.phase_started_on + timedelta(days=policy.intake_warning_days)
        yield Deadline(end, DeadlineKind.INTAKE_END, min(told, end))


def _clock_deadlines(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """The end of the 24 months, and the end of the six months while an open-ended job runs on: the closing review."""
    if facts.prehire_deadline is not None:
        ahead = timedelta(days=max(policy.prehire_warning_days, default=0))
        yield Deadline(facts.prehire_deadline, DeadlineKind.PREHIRE_END, facts.prehire_deadline - ahead)
    ends = [
        window.deadline
        for window, _cadence in facts.current_windows()
        if not facts.refusals.get(window.employer, Refusal()).by_person
    ]
    if ends and facts.jobs_end_on() is None:
        yield _told_this_week(DeadlineKind.FOLLOW_UP_END, max(ends))


def _job_deadlines(facts: CaseFacts, policy: DeadlinePolicy) -> Iterable[Deadline]:
    """A job begun without a word on how it is followed, a term that comes, a job that is over."""
    if facts.phase is Phase.HIRE:
        begun = [c.starts_on for c in facts.contracts if _lasts_beyond(c, facts.phase_started_on)]
        if begun:
            first = max(min(begun), facts.phase_started_on)
            yield Deadline(first, DeadlineKind.FOLLOW_UP_MISSING, first)
    if facts.phase in (Phase.HIRE, Phase.FOLLOW_UP):
        for contract in facts.contracts:
            told = fixed_term_warning_on(contract, policy.clocks, policy.fixed_term_warning_days)
            last = contract.ends_on
            if (
                told is None
                or last is None
                or contract.ended_on is not None
                or _is_followed_by_another(contract, facts)
            ):
                continue
            yield Deadline(last, DeadlineKind.CONTRACT_END, told, last + ONE_DAY, contract.place)
    end = facts.jobs_end_on()
    if facts.phase is Phase.FOLLOW_UP and end is not None:
        over = max(end, facts.phase_started_on)
        yield Deadline(over, DeadlineKind.JOB_ENDED, over)


def _lasts_beyond(contract: Contract, on: date) -> bool:
    """Whether a contract has a day of work on or after a day."""
    worked = contract.worked
    return not worked.is_empty and (worked.end is None or worked.end > on)


def _is_followed_by_another(contract: Contract, facts: CaseFacts) -> bool:
    """Whether what comes after a fixed-term contract is already known: another that began later and ends later."""
    end = contract.worked.end
    return end is not None and any(
        other.starts_on > contract.starts_on and _lasts_beyond(other, end) for other in facts.contracts
    )

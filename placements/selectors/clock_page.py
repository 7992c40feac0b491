"""« Comment cette date est calculée »: the lines of the explanation, each with the rows it is made of."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import allows
from beneficiaries.models import CoachingCase
from foundation.formatting import NBSP, date_words, days_words, number_words, span
from foundation.rules.periods import ONE_DAY
from placements.enums import RequestState
from placements.models import ClockExtension, ClockSuspension, Employment
from placements.rules.clocks import PrehireClock, PrehireState
from placements.rules.explanation import Explanation, ExplanationLine, LineKind
from placements.selectors.clocks import ClockFacts, former_jobs
from placements.selectors.clocks_shown import contract_names
from placements.selectors.jobs import load_jobs, loaded_clock_facts
from placements.selectors.what_if import Shift, shift, with_suspension

STATE_LOOKS: dict[str, tuple[str, str]] = {
    RequestState.REQUESTED: ("warn", "hourglass"),
    RequestState.APPROVED: ("good", "circle-check"),
    RequestState.REFUSED: ("neutral", "x"),
    RequestState.CANCELLED: ("neutral", "ban"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Something that a line is made of: words, and the page where it is seen."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A line of the table. ``last`` is inclusive; ``days`` are signed words; ``deadline`` the date this far."""

    kind: str
    label: str
    first: date
    last: date | None = None
    is_open: bool = False
    days: str = ""
    deadline: str = ""
    sources: tuple[Source, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionLine:
    """A suspension, how it looks, what deciding it would change, and the acts it allows."""

    suspension: ClockSuspension
    tone: str
    icon: str
    effect: Shift | None = None
    can_decide: bool = False
    can_end: bool = False
    can_cancel: bool = False
    can_confirm: bool = False

    @property
    def has_acts(self) -> bool:
        """Whether at least one act is offered."""
        return self.can_decide or self.can_end or self.can_cancel or self.can_confirm


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPage:
    """The page; ``steps`` is empty and ``clock`` is ``None`` before pre-hire."""

    clock: PrehireClock | None
    steps: tuple[Step, ...]
    result: str
    tone: str
    stopping: str
    carried_over_days: int
    suspensions: tuple[SuspensionLine, ...]
    extensions: tuple[ClockExtension, ...]
    can_request: bool
    can_extend: bool
    can_ask_months: bool

    @property
    def waiting(self) -> list[SuspensionLine]:
        """The requests that the reader is asked to decide, the oldest first."""
        return [line for line in reversed(self.suspensions) if line.can_decide]

    @property
    def listed(self) -> list[SuspensionLine]:
        """The others, the latest first."""
        return [line for line in self.suspensions if not line.can_decide]


def clock_page(case: CoachingCase, actor: User, on: date) -> ClockPage:
    """Read the page of a case already known to be visible."""
    jobs = [job for job in load_jobs(case) if job.cancelled_on is None]
    facts = loaded_clock_facts(case)
    explanation = facts.explained(on)
    clock = explanation.clock if explanation else None
    # What was suspended before an exit is still told, decided and taken back after it.
    may_decide = clock is not None and allows(actor, "placements.decide_clock", case)
    may_tell = clock is not None and allows(actor, "beneficiaries.change_case", case)
    can_extend = (may_decide and case.is_open) or _waits_for_extension(case, facts, actor, on)
    suspensions = list(case.suspensions.all())
    return ClockPage(
        clock=clock,
        steps=tuple(steps(case, explanation, [*former_jobs(case), *jobs], suspensions)) if explanation else (),
        result=result_words(clock, case.closed_on),
        tone=_tone(clock),
        stopping=contract_names(facts.policy.stopping_types),
        carried_over_days=facts.carried_over_days,
        suspensions=tuple(
            suspension_line(facts, row, on, may_decide=may_decide, may_tell=may_tell) for row in reversed(suspensions)
        ),
        extensions=tuple(case.extensions.all()),
        can_request=may_tell,
        can_extend=can_extend,
        can_ask_months=may_tell and case.is_open and not can_extend,
    )


def _waits_for_extension(case: CoachingCase, facts: ClockFacts, actor: User, on: date) -> bool:
    """Whether pre-hire cannot open without an extension: the person came back with every day used."""
    used_up = facts.prehire_started_on is None and facts.started_by(on).is_expired(on)
    return used_up and case.is_open and allows(actor, "placements.decide_clock", case)


def suspension_line(
    facts: ClockFacts, row: ClockSuspension, on: date, *, may_decide: bool, may_tell: bool = False
) -> SuspensionLine:
    """A suspension with the acts that it allows; one that waits, with what approving it would change."""
    tone, icon = STATE_LOOKS[row.state]
    waits, counts = row.state == RequestState.REQUESTED, row.state == RequestState.APPROVED
    return SuspensionLine(
        suspension=row,
        tone=tone,
        icon=icon,
        effect=shift(facts, with_suspension(facts, row.as_suspension()), on) if waits else None,
        can_decide=may_decide and waits,
        can_end=may_decide and counts,
        can_cancel=may_decide and (waits or counts),
        can_confirm=may_tell and row.case.is_open and counts and row.ends_on is None and row.starts_on <= on,
    )


def result_words(clock: PrehireClock | None, closed_on: date | None) -> str:
    """What the calculation comes to, in one sentence."""
    if clock is None:
        return ""
    if clock.state is PrehireState.CLOSED and closed_on is not None:
        return _("Dossier sorti le %(date)s : %(used)s utilisés sur %(allowed)s.") % {
            "date": date_words(closed_on),
            "used": days_words(clock.used_days),
            "allowed": days_words(clock.allowance_days),
        }
    if clock.state is PrehireState.EXPIRED:
        over = clock.used_days - clock.allowance_days
        if over == 0:
            return _("Les 24 mois sont épuisés aujourd’hui : ce jour n’est plus couvert.")
        return _("Les 24 mois sont dépassés de %(days)s.") % {"days": days_words(over)}
    left = _("Il reste %(days)s.") % {"days": days_words(clock.remaining_days)}
    if clock.deadline is None:
        return _("L’horloge est arrêtée sans fin connue : l’échéance est en suspens.") + " " + left
    return left


def _tone(clock: PrehireClock | None) -> str:
    if clock is None or clock.state is PrehireState.CLOSED:
        return "still"
    return "bad" if clock.state is PrehireState.EXPIRED else "calm"


# --- the lines -----------------------------------------------------------------------------------------------------


def steps(
    case: CoachingCase, explanation: Explanation, jobs: Sequence[Employment], suspensions: Sequence[ClockSuspension]
) -> Iterator[Step]:
    """The lines of the table, the result left out: it has a place of its own."""
    approved = [row for row in suspensions if row.state == RequestState.APPROVED]
    for line in explanation.lines:
        if line.kind is LineKind.START:
            yield Step(kind=line.kind, label=_("Premier jour de la pré-embauche"), first=line.starts_on)
        elif line.kind is LineKind.ALLOWANCE:
            yield _granted(line, _("Horloge de base : %(months)s mois") % {"months": line.months})
        elif line.kind is LineKind.EXTENSION:
            granted = tuple(Source(extension_words(row)) for row in case.extensions.all() if row.taken_back_on is None)
            yield _granted(line, _("Prolongation : %(months)s mois") % {"months": line.months}, granted)
        elif line.kind is LineKind.CARRIED_OVER:
            yield _carried_over(case, line)
        elif line.kind is LineKind.STOP:
            yield _stop(case, line, jobs, approved)


def _granted(line: ExplanationLine, label: str, sources: tuple[Source, ...] = ()) -> Step:
    """Months that are given: from the first to the last day that they cover."""
    last = line.deadline - ONE_DAY if line.deadline else None
    return Step(
        kind=line.kind,
        label=label,
        first=line.starts_on,
        last=last,
        days=signed(line.days),
        deadline=_date(line.deadline),
        sources=sources,
    )


def _carried_over(case: CoachingCase, line: ExplanationLine) -> Step:
    """Days that the former case had used."""
    former = case.previous_case
    sources: tuple[Source, ...] = ()
    if case.elsewhere_from is not None and case.elsewhere_until is not None:
        there = {"name": case.elsewhere_at, "days": days_words(case.elsewhere_days)}
        told = _("%(days)s chez %(name)s") % there + ", " + span(case.elsewhere_from, case.elsewhere_until)
        proof = reverse("beneficiaries:case_situation", args=[case.pk]) + "#pieces"
        sources = (Source(told, proof),)
    if former is not None and former.closed_on is not None:
        words = _("Dossier précédent, sorti le %(date)s") % {"date": date_words(former.closed_on)}
        sources = (*sources, Source(words, reverse("placements:case_clock", args=[former.pk])))
    return Step(
        kind=line.kind,
        label=_("Jours déjà utilisés avant"),
        first=line.starts_on,
        days=signed(line.days),
        deadline=_date(line.deadline),
        sources=sources,
    )


def _stop(
    case: CoachingCase, line: ExplanationLine, jobs: Sequence[Employment], approved: Sequence[ClockSuspension]
) -> Step:
    """Days that the clock does not count, and why."""
    contracts, pauses = list(line.contracts), list(line.suspensions)
    sources = [
        tried(job_words(job)) if job._state.adding else Source(_told_by(case, job), _jobs_of(job))
        for job in sorted(jobs, key=lambda job: job.starts_on)
        if _taken(contracts, job.as_contract())
    ]
    sources += [
        tried(span(row.starts_on, row.ends_on)) if row._state.adding else Source(suspension_words(row))
        for row in approved
        if _taken(pauses, row.as_suspension())
    ]
    label = _("Arrêt : travail")
    if line.suspensions:
        label = _("Arrêt : travail et suspension") if line.contracts else _("Arrêt : suspension")
    remark = ""
    if not line.in_force:
        remark = _("Trop tard : l’horloge était déjà expirée, cet arrêt n’ajoute rien.")
    elif line.days is None:
        remark = _("Sans fin connue : l’échéance est en suspens.")
    return Step(
        kind=line.kind,
        label=label,
        first=line.starts_on,
        last=line.ends_on,
        is_open=line.ends_on is None,
        days=signed(line.days),
        deadline=_date(line.deadline) or _("en suspens"),
        sources=tuple(sources),
        remark=remark,
    )


def _jobs_of(job: Employment) -> str:
    """Where the contracts of its case are."""
    return reverse("placements:case_jobs", args=[job.case_id]) + "#contrats"


def _told_by(case: CoachingCase, job: Employment) -> str:
    """A contract with its days, and that another case of the person knows of it."""
    words = job_words(job)
    return words if job.case_id == case.pk else _("%(job)s (dossier précédent)") % {"job": words}


def _taken(among: list[Any], one: object) -> bool:
    """Whether a row is one of those that make up the stop; each counts once."""
    if one in among:
        among.remove(one)
        return True
    return False


def tried(words: str) -> Source:
    """A contract or a suspension that is only tried."""
    return Source(_("Essai : %(words)s") % {"words": words})


def signed(days: int | None) -> str:
    """Days that are added or taken away: « + 91 jours »; "" when their number is not known."""
    if not days:
        return "" if days is None else "0"
    sign = "−" if days < 0 else "+"
    return f"{sign}{NBSP}{number_words(abs(days))}"


def _date(day: date | None) -> str:
    return date_words(day) if day else ""


def job_words(job: Employment) -> str:
    """A contract with its days: « CDD chez Garage, du 01/04/2024 au 30/06/2024 »."""
    words = {"contract": job.get_contract_type_display(), "company": job.company.name}
    return _("%(contract)s chez %(company)s") % words + ", " + span(job.starts_on, job.last_day)


def suspension_words(row: ClockSuspension) -> str:
    """A suspension with its days, and who approved it."""
    words = f"{row.get_reason_display().capitalize()}, {span(row.starts_on, row.ends_on)}"
    if row.decided_by is None or row.decided_on is None:
        return words
    return words + _(" (approuvée le %(date)s par %(who)s)") % {
        "date": date_words(row.decided_on),
        "who": row.decided_by.get_full_name(),
    }


def extension_words(row: ClockExtension) -> str:
    """An extension: months, day, who, on what paper."""
    return _("%(months)s mois accordés le %(date)s par %(who)s. Document : %(document)s") % {
        "months": row.months,
        "date": date_words(row.granted_on),
        "who": row.granted_by.get_full_name(),
        "document": row.document,
    }

"""When it all happened: from a course to dated jobs and phases, every rule of domain 3 to 6 obeyed.

Everything is counted back from the reference day and computed on the real calendar of that day: months are calendar
months
from the real start (domain 3), so nothing has to be corrected when the history is shifted. The draws do not depend on
the calendar: for any reference day the same people have the same phases and contracts.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from demo.plan.calendar import is_working_day, next_working_day, working_day
from demo.plan.courses import Course, Fate
from demo.plan.plan_types import ExtensionPlan, SuspensionPlan
from demo.plan.randomness import Dice
from foundation.rules.periods import add_months

DAY = timedelta(days=1)
PREHIRE_MONTHS = 24
FOLLOWUP_MONTHS = 6
# The long path whose coach asks for a suspension.
ASKING_DAYS_LEFT = 70
# No contract begins earlier than this many days before the reference day: inside the last twelve months.
OLDEST_JOB = 335
# The experiment received its first people in December 2001 (seed 001, annex on La Louvière).
OLDEST_OPENING = 395


@dataclass(frozen=True, slots=True)
class Job:
    """One contract, its days inclusive as they are written. ``link`` says how it follows the one before it.

    ``link``: ``first``, ``bounce`` (pre-hire in between), ``renewal`` (same employer, no gap), ``switch`` (another
    employer, no gap). ``hired_on``: first day of HIRE, for ``first`` and ``bounce``.
    """

    contract_type: str
    starts_on: date
    ends_on: date | None
    ended_on: date | None
    end_reason: str
    link: str
    hired_on: date
    found_alone: bool
    mode: str

    @property
    def last_day(self) -> date | None:
        """Last day worked or planned; ``None`` while open-ended and running."""
        return self.ended_on or self.ends_on


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay in a phase, ``[starts_on, ends_on)``, and why it was entered when that needs a reason."""

    phase: str
    starts_on: date
    ends_on: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """One path: its phases in order, its jobs in order, how it ended if it did, and what moves its 24 months."""

    spells: tuple[Spell, ...]
    jobs: tuple[Job, ...]
    exit_reason: str = ""
    exit_outcome: str = ""
    suspensions: tuple[SuspensionPlan, ...] = ()
    extensions: tuple[ExtensionPlan, ...] = ()

    @property
    def opened_on(self) -> date:
        """First day of the preparatory phase."""
        return self.spells[0].starts_on

    @property
    def prehire_on(self) -> date | None:
        """First day of the first pre-hire: the 24-month clock starts."""
        return next((spell.starts_on for spell in self.spells if spell.phase == "PRE_HIRE"), None)

    @property
    def closed_on(self) -> date | None:
        """First day of EXIT, ``None`` while open."""
        last = self.spells[-1]
        return last.starts_on if last.phase == "EXIT" else None


def journey(course: Course, ref: date, dice: Dice, *, loyal: bool = False) -> Journey:
    """Return the dated path of one person seen on ``ref``. ``loyal``: people whose contracts are all open and
    unfailing.
    """
    if course.contracts:
        return _working(course, ref, dice, loyal=loyal)
    return _looking(course, ref, dice)


# --- people who signed at least one contract
# ---------------------------------------------------------------------------


def _working(course: Course, ref: date, dice: Dice, *, loyal: bool) -> Journey:
    floor = ref - timedelta(days=OLDEST_JOB)
    jobs = [_last_job(course, ref, floor, dice)]
    for contract_type in reversed(course.contracts[:-1]):
        before, jobs[0] = _job_before(contract_type, jobs[0], floor, dice)
        jobs.insert(0, before)
    mode = ""
    for i, job in enumerate(jobs):
        drawn = _mode(dice, loyal)
        mode = mode if job.link == "renewal" else drawn
        jobs[i] = _hiring_day(replace(job, mode=mode), jobs[i - 1] if i else None, dice)

    first = jobs[0]
    oldest = ref - timedelta(days=OLDEST_OPENING)
    latest = first.hired_on - timedelta(days=14)
    prehire = working_day(first.hired_on - timedelta(days=dice.number(25, 150)), oldest + timedelta(days=12), latest)
    opened = working_day(prehire - timedelta(days=dice.number(8, 42)), oldest, prehire - timedelta(days=4))
    spells = [Spell("PREPARATORY", opened, prehire)]
    entered, reason = prehire, ""
    for i, job in enumerate(jobs):
        following = jobs[i + 1] if i + 1 < len(jobs) else None
        if job.link in {"first", "bounce"}:
            spells += [Spell("PRE_HIRE", entered, job.hired_on, reason), Spell("HIRE", job.hired_on, job.starts_on)]
            started = job.starts_on
        if following is not None and following.link in {"renewal", "switch"}:
            continue
        left = None if job.ended_on is None else job.ended_on + DAY
        spells.append(Spell("FOLLOW_UP", started, left))
        if left is not None:
            entered, reason = left, REASONS[job.end_reason]
    return _ending(course, ref, tuple(jobs), spells, (entered, reason), dice)


REASONS = {
    "TERM": "Fin du contrat à durée déterminée",
    "DISMISSAL": "Licenciement",
    "RESIGNATION": "Démission",
    "MUTUAL": "Rupture de commun accord",
    "CLOSURE": "Fermeture de l’entreprise",
}


def _ending(
    course: Course, ref: date, jobs: tuple[Job, ...], spells: list[Spell], bounce: tuple[date, str], dice: Dice
) -> Journey:
    last = jobs[-1]
    if course.fate is Fate.CDI_CONSOLIDATED:
        window_end = add_months(last.starts_on, FOLLOWUP_MONTHS)
        out = working_day(window_end + timedelta(days=dice.number(0, 5)), window_end, ref)
        spells[-1] = replace(spells[-1], ends_on=out)
        spells.append(Spell("EXIT", out, None, "Bilan de clôture : la personne est autonome dans son poste."))
        return Journey(tuple(spells), jobs, "CONSOLIDATED", "EMPLOYED")
    if last.ended_on is None:
        return Journey(tuple(spells), jobs)
    entered, reason = bounce
    if course.fate is Fate.CDD_LEFT:
        out = working_day(entered + timedelta(days=dice.number(18, 40)), entered, ref - DAY)
        why, outcome, note = dice.pick(LEAVING_SEARCH)
        spells += [Spell("PRE_HIRE", entered, out, reason), Spell("EXIT", out, None, note)]
        return Journey(tuple(spells), jobs, why, outcome)
    spells.append(Spell("PRE_HIRE", entered, None, reason))
    return Journey(tuple(spells), jobs)


def _last_job(course: Course, ref: date, floor: date, dice: Dice) -> Job:
    several = len(course.contracts) > 1
    match course.fate:
        case Fate.CDI_CONSOLIDATED:
            start = ref - timedelta(days=dice.number(192, 212 if several else 300))
            return _cdi(working_day(start, floor, ref - timedelta(days=191)))
        case Fate.CDI_REVIEW_DUE:
            return _cdi(_months_before(ref - timedelta(days=dice.number(1, 5)), FOLLOWUP_MONTHS, step=-1))
        case Fate.CDI_RUNNING:
            return _cdi(working_day(ref - timedelta(days=dice.number(6, 165)), floor, ref - timedelta(days=3)))
        case Fate.CDI_BOUNCED:
            ended = ref - timedelta(days=dice.number(9, 90 if several else 150))
            start = working_day(ended - timedelta(days=dice.number(28, 90)), floor, ended)
            return replace(
                _cdi(start), ended_on=ended, end_reason=dice.weighted((("DISMISSAL", 7), ("RESIGNATION", 3)))
            )
        case Fate.CDD_PAST_WINDOW:
            start = working_day(ref - timedelta(days=dice.number(192, 215)), floor, ref - timedelta(days=191))
            return _cdd(start, dice.pick((9, 12)))
        case Fate.CDD_ENDING_SOON:
            last = ref + timedelta(days=dice.number(3, 26))
            months = dice.pick((2, 3)) if several else dice.pick((2, 3, 4, 5))
            return replace(_cdd(next_working_day(add_months(last + DAY, -months)), months), ends_on=last)
        case Fate.CDD_RUNNING:
            months = dice.weighted(((3, 4), (4, 3), (6, 4), (9, 2)))
            start = ref - timedelta(days=dice.number(5, 30 * months - 36))
            return _cdd(working_day(start, floor, ref - timedelta(days=3)), months)
        case _:
            ago = dice.number(55, 130) if course.fate is Fate.CDD_LEFT else dice.number(4, 100)
            months = dice.weighted(((1, 3), (2, 4), (3, 3)) if several else ((1, 2), (2, 3), (3, 4), (4, 1), (6, 2)))
            return _ended_cdd(ref - timedelta(days=ago), months, dice)


def _months_before(end: date, months: int, step: int) -> date:
    """A working day ``months`` before ``end``, ``end`` moved day by day in the direction of ``step`` until there is
    one.
    """
    while not is_working_day(add_months(end, -months)):
        end += timedelta(days=step)
    return add_months(end, -months)


def _cdi(start: date) -> Job:
    return Job("CDI", start, None, None, "", "first", start, False, "AGREED")


def _cdd(start: date, months: int) -> Job:
    return Job("CDD", start, add_months(start, months) - DAY, None, "", "first", start, False, "AGREED")


def _ended_cdd(last: date, months: int, dice: Dice) -> Job:
    """A CDD whose last day is ``last``: mostly at its term, sometimes before."""
    job = _cdd(next_working_day(add_months(last + DAY, -months)), months)
    reason = dice.weighted((("TERM", 78), ("DISMISSAL", 11), ("RESIGNATION", 8), ("CLOSURE", 3)))
    planned = last if reason == "TERM" else last + timedelta(days=dice.number(9, 50))
    return replace(job, ends_on=planned, ended_on=last, end_reason=reason)


def _job_before(contract_type: str, job: Job, floor: date, dice: Dice) -> tuple[Job, Job]:
    """Return the contract before ``job``, and ``job`` saying how it follows."""
    link = "bounce" if contract_type == "CDI" else dice.weighted((("bounce", 60), ("renewal", 30), ("switch", 10)))
    gap, months, length = dice.number(15, 40), dice.weighted(((1, 3), (2, 4), (3, 3))), dice.number(30, 70)
    last = job.starts_on - DAY - timedelta(days=gap if link == "bounce" else 0)
    # A long career does not fit in the year with long contracts and long gaps.
    while months > 1 and add_months(last, -months) < floor + timedelta(days=60):
        months -= 1
    if contract_type == "CDI":
        start = working_day(last - timedelta(days=length), floor, last)
        before = replace(_cdi(start), ended_on=last, end_reason="DISMISSAL")
    else:
        before = _cdd(next_working_day(add_months(last + DAY, -months)), months)
        reason = "CONVERTED" if link == "renewal" and job.contract_type == "CDI" else "TERM"
        before = replace(before, ends_on=last, ended_on=last, end_reason=reason)
    if before.starts_on < floor:
        raise ValueError("this career does not fit in the pilot's year")
    return before, replace(job, link=link)


def _hiring_day(job: Job, before: Job | None, dice: Dice) -> Job:
    """Set the first day of HIRE: the day both said yes, or the first day at work of a job found alone."""
    alone, notice = dice.chance(0.14), dice.number(2, 9)
    # The coach has not spoken for a person whose employer must not know.
    alone = alone or job.mode == "DISCREET"
    if job.link in {"renewal", "switch"}:
        return replace(job, hired_on=job.starts_on, found_alone=job.link == "switch" and alone)
    if alone:
        return replace(job, hired_on=job.starts_on, found_alone=True)
    earliest = job.starts_on - timedelta(days=12)
    if before is not None and before.ended_on is not None:
        earliest = max(earliest, before.ended_on + timedelta(days=4))
    return replace(job, hired_on=working_day(job.starts_on - timedelta(days=notice), earliest, job.starts_on))


def _mode(dice: Dice, loyal: bool) -> str:
    mode = dice.weighted((("AGREED", 87), ("DISCREET", 9), ("REFUSED", 4)))
    return "AGREED" if loyal else mode


# --- people without a contract
# -----------------------------------------------------------------------------------------

LEAVING_SEARCH = (
    ("WITHDRAWAL", "INACTIVE", "La personne souhaite s’occuper de sa famille ; la porte reste ouverte."),
    ("TRAINING", "TRAINING", "Entrée en formation qualifiante."),
    ("MOVED", "JOB_SEEKING", "Déménagement hors de la région ; coordonnées d’un service proche remises."),
    ("LONG_ILLNESS", "INACTIVE", "Arrêt de longue durée attesté."),
    ("NO_NEWS", "UNKNOWN", "Sans nouvelles malgré deux courriers."),
    ("WITHDRAWAL", "JOB_SEEKING", "La personne préfère chercher par elle-même."),
)
LEAVING_PREPARATORY = (
    ("NOT_COACHABLE", "INACTIVE", "Pas disponible à ce stade : d’autres démarches passent avant l’emploi."),
    ("TRAINING", "TRAINING", "Choisit d’abord une remise à niveau."),
    ("WITHDRAWAL", "JOB_SEEKING", "Ne souhaite pas d’accompagnement aussi régulier."),
    ("NO_NEWS", "UNKNOWN", "Sans nouvelles après le premier entretien."),
)


def _looking(course: Course, ref: date, dice: Dice) -> Journey:
    oldest = ref - timedelta(days=OLDEST_OPENING)
    prepared = dice.number(8, 42)
    if course.fate is Fate.PREPARATORY:
        opened = working_day(ref - timedelta(days=dice.number(4, 50)), oldest, ref - DAY)
        return Journey((Spell("PREPARATORY", opened, None),), ())
    if course.fate is Fate.LEFT_PREPARATORY:
        opened = working_day(ref - timedelta(days=dice.number(70, 340)), oldest, ref)
        out = working_day(opened + timedelta(days=dice.number(14, 50)), opened, ref - DAY)
        why, outcome, note = dice.pick(LEAVING_PREPARATORY)
        return Journey((Spell("PREPARATORY", opened, out), Spell("EXIT", out, None, note)), (), why, outcome)

    if course.fate in {Fate.LONG_PATH, Fate.EXPIRED, Fate.EXTENDED, Fate.USED_UP}:
        past = {Fate.EXPIRED: -12, Fate.EXTENDED: -25, Fate.USED_UP: -dice.number(20, 50)}
        days_left = past.get(course.fate, course.days_left)
        prehire = _months_before(ref + timedelta(days=days_left), PREHIRE_MONTHS, step=1 if days_left > 0 else -1)
        oldest = prehire - timedelta(days=60)
    elif course.fate is Fate.LEFT_SEARCH:
        prehire = working_day(ref - timedelta(days=dice.number(110, 330)), oldest + timedelta(days=12), ref)
    elif course.fate is Fate.SUSPENDED:
        prehire = working_day(ref - timedelta(days=dice.number(220, 320)), oldest + timedelta(days=12), ref)
    elif course.fate in {Fate.HIRING, Fate.FELL_THROUGH}:
        prehire = working_day(ref - timedelta(days=dice.number(95, 300)), oldest + timedelta(days=12), ref)
    else:
        prehire = working_day(ref - timedelta(days=dice.number(9, 300)), oldest + timedelta(days=12), ref - DAY)
    opened = working_day(prehire - timedelta(days=prepared), oldest, prehire - timedelta(days=4))
    spells = [Spell("PREPARATORY", opened, prehire)]

    if course.fate is Fate.USED_UP:
        out = add_months(prehire, PREHIRE_MONTHS)
        note = "Les 24 mois sont épuisés ; relais pris par un service de formation."
        return Journey(
            (*spells, Spell("PRE_HIRE", prehire, out), Spell("EXIT", out, None, note)), (), "CLOCK_USED", "JOB_SEEKING"
        )
    if course.fate is Fate.LEFT_SEARCH:
        out = working_day(prehire + timedelta(days=dice.number(40, 180)), prehire, ref - timedelta(days=4))
        why, outcome, note = dice.pick(LEAVING_SEARCH)
        return Journey((*spells, Spell("PRE_HIRE", prehire, out), Spell("EXIT", out, None, note)), (), why, outcome)
    if course.fate is Fate.HIRING:
        hired = working_day(ref - timedelta(days=dice.number(1, 5)), prehire, ref)
        return Journey((*spells, Spell("PRE_HIRE", prehire, hired), Spell("HIRE", hired, None)), ())
    if course.fate is Fate.FELL_THROUGH:
        hired = working_day(ref - timedelta(days=dice.number(25, 70)), prehire + timedelta(days=15), ref)
        back = working_day(hired + timedelta(days=dice.number(2, 7)), hired + DAY, ref)
        note = "L’employeur renonce à l’engagement : commande annulée."
        return Journey(
            (
                *spells,
                Spell("PRE_HIRE", prehire, hired),
                Spell("HIRE", hired, back),
                Spell("PRE_HIRE", back, None, note),
            ),
            (),
        )
    return Journey(
        (*spells, Spell("PRE_HIRE", prehire, None)),
        (),
        suspensions=_suspensions(course, prehire, ref, dice),
        extensions=_extensions(course, prehire, dice),
    )


def _suspensions(course: Course, prehire: date, ref: date, dice: Dice) -> tuple[SuspensionPlan, ...]:
    """A break that was approved, or one that somebody asks for and nobody has decided yet."""
    if course.fate is Fate.SUSPENDED:
        first = prehire + timedelta(days=dice.number(45, 80))
        last = first + timedelta(days=dice.number(40, 90))
        asked = working_day(first + timedelta(days=dice.number(1, 5)), first, last)
        reasons = (("MATERNITY", "Attestation de la mutualité"), ("ILLNESS", "Certificat médical"))
        reason, paper = reasons[0] if course.sex == "women" else reasons[1]
        return (SuspensionPlan(reason, first, last, paper, "APPROVED", asked),)
    if course.fate is Fate.LONG_PATH and course.days_left == ASKING_DAYS_LEFT:
        first = next_working_day(ref + timedelta(days=6))
        return (
            SuspensionPlan("TRAINING", first, first + timedelta(days=55), "Inscription au module", "REQUESTED", None),
        )
    return ()


def _extensions(course: Course, prehire: date, dice: Dice) -> tuple[ExtensionPlan, ...]:
    """Months granted in writing before the 24 were used up."""
    if course.fate is not Fate.EXTENDED:
        return ()
    end = add_months(prehire, PREHIRE_MONTHS)
    granted = working_day(end - timedelta(days=dice.number(8, 20)), prehire, end)
    return (
        ExtensionPlan(3, "Deux employeurs sérieux en vue, permis obtenu le mois passé.", "Avis motivé signé", granted),
    )

"""Who was seen when, and what was said: contacts at the cadence of the method, with the irregularity of real life.

The last contact of an open case is placed so that the case is, on the reference day, as urgent as asked. It is found
with the real rules (``followup.rules.cadence``, ``placements.rules.clocks``), not with a copy of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from demo.plan import texts
from demo.plan.calendar import is_working_day, working_day
from demo.plan.journeys import DAY, FOLLOWUP_MONTHS, Job, Journey, Spell
from demo.plan.plan_types import ContactPlan, ObjectivePlan
from demo.plan.randomness import Dice
from followup.rules.cadence import CadencePolicy, next_due_on
from foundation.rules.periods import Period, add_months
from placements.rules.clocks import ClockPolicy, Contract
from placements.rules.windows import FollowUpState, followup_clock

CADENCE = CadencePolicy()
CLOCKS = ClockPolicy()

# Days between the reference day and the day the next contact is due, for each degree of urgency.
TARGETS: dict[str, tuple[int, int]] = {
    "on_track": (4, 25),
    "soon": (1, 3),
    "today": (0, 0),
    "late": (-12, -1),
    "very_late": (-26, -16),
    "no_shows": (-24, -16),
}
WEEKLY = (5, 6, 7, 7, 7, 7, 7, 7, 8, 9, 11, 14)


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a diary is written from. ``firms`` gives ``(company key, name, job title)`` per job."""

    journey: Journey
    firms: tuple[tuple[str, str, str], ...]
    trade: str
    kits: tuple[texts.ObstacleKit, ...]
    objectives: tuple[ObjectivePlan, ...]
    hiring: tuple[tuple[date, str, str], ...]
    target: str
    ref: date


def contracts_of(jobs: Sequence[Job]) -> tuple[Contract, ...]:
    """The jobs as the clock rules read them; a renewal is with the same employer."""
    found: list[Contract] = []
    employer = 0
    for job in jobs:
        employer += job.link != "renewal"
        found.append(Contract(job.contract_type, f"firm-{employer}", job.starts_on, job.ends_on, job.ended_on))
    return tuple(found)


def running_window(jobs: Sequence[Job], on: date) -> Period | None:
    """The follow-up window that runs on a day, if any."""
    clock = followup_clock(contracts_of(jobs), CLOCKS, on)
    if clock.state is FollowUpState.RUNNING and clock.starts_on and clock.deadline:
        return Period(clock.starts_on, clock.deadline)
    return None


def anchor(journey: Journey, target: str, ref: date, dice: Dice) -> date | None:
    """Return the day of the last contact that makes the case as urgent as ``target`` on ``ref``; ``None`` once closed.

    A case too young to be late is given the nearest urgency that it can have.
    """
    spell = journey.spells[-1]
    if spell.phase == "EXIT":
        return None
    window = running_window(journey.jobs, ref) if spell.phase == "FOLLOW_UP" else None
    floor = window.start if window else spell.starts_on
    options: dict[str, list[date]] = {name: [] for name in (*TARGETS, "none")}
    for ago in range(1, 80):
        last = ref - timedelta(days=ago)
        if last < floor:
            break
        due, _ = next_due_on(spell.phase, spell.starts_on, last, window, CADENCE)
        if due is None:
            options["none"].append(last)
        for name, (low, high) in TARGETS.items():
            if due is not None and low <= (due - ref).days <= high:
                options[name].append(last)
    for name in (target, "on_track", "none", "soon", "today", "late"):
        usable = [day for day in options[name] if is_working_day(day)] or options[name]
        if name == "none":
            usable = usable[:20]
        if usable:
            return dice.pick(usable)
    return max(floor, ref - DAY)


class Diary:
    """Writes one case's contacts, beat by beat."""

    def __init__(self, scene: Scene, dice: Dice) -> None:
        self.scene = scene
        self.dice = dice
        self.contacts: list[ContactPlan] = []
        self.recent: list[str] = []
        self.absence = dice.pick((0.02, 0.04, 0.06, 0.10))

    def write(self) -> tuple[ContactPlan, ...]:
        """Return every contact of the case, in order of date."""
        journey, ref = self.scene.journey, self.scene.ref
        last = anchor(journey, self.scene.target, ref, self.dice)
        for spell in journey.spells:
            if spell.phase == "EXIT":
                self._after_exit(spell)
            elif spell.ends_on is None and last is not None:
                self._stay(spell, last, last)
                self._missed(last)
            elif spell.ends_on is not None and spell.ends_on > spell.starts_on:
                self._stay(spell, spell.ends_on - DAY, None)
        for index in range(len(journey.jobs)):
            self._employer(index)
        for on, company, title in self.scene.hiring:
            self._say("employer", on, texts.PROPOSAL, party="EMPLOYER", company=company, job=title)
        return tuple(sorted(self.contacts, key=lambda contact: contact.on))

    # --- with the person
    # ------------------------------------------------------------------------------------------------

    def _stay(self, spell: Spell, until: date, final: date | None) -> None:
        """Contacts of one stay in a phase, up to ``until``; ``final`` is the day of the last one of an open case."""
        on, kind = self._opening(spell)
        stop = until if final is None else until - timedelta(days=3)
        if final is None or on < final:
            if on <= until:
                self._beat(kind, on, spell)
            on = self._next(spell, on)
            while on <= stop:
                away = self._away_until(on)
                on = working_day(away + DAY, away + DAY, away + 8 * DAY) if away else self._routine(spell, on, stop)
        if final is not None:
            self._beat(kind if final == spell.starts_on else self._routine_kind(spell, final), final, spell)
        elif self._is_last_of_consolidated(spell):
            review = working_day(until - timedelta(days=self.dice.number(0, 3)), spell.starts_on, until)
            self._beat("review", review, spell)

    def _away_until(self, on: date) -> date | None:
        """The last day of the suspension that covers a day, if any: nobody is received then."""
        found = [s.ends_on for s in self.scene.journey.suspensions if s.starts_on <= on <= s.ends_on]
        return found[0] if found else None

    def _is_last_of_consolidated(self, spell: Spell) -> bool:
        journey = self.scene.journey
        return journey.exit_reason == "CONSOLIDATED" and journey.spells[-2] is spell

    def _opening(self, spell: Spell) -> tuple[date, str]:
        first = spell.starts_on
        match spell.phase:
            case "PREPARATORY":
                return first, "intake"
            case "HIRE":
                return first, "hire"
            case "FOLLOW_UP":
                return working_day(
                    first + timedelta(days=self.dice.number(0, 3)), first, first + timedelta(days=6)
                ), "first_days"
        if first == self.scene.journey.prehire_on:
            return first, "signature"
        return working_day(first + timedelta(days=self.dice.number(0, 4)), first, first + timedelta(days=6)), "bounce"

    def _next(self, spell: Spell, on: date) -> date:
        """The day the next contact is planned for, after one on ``on``."""
        if spell.phase == "PREPARATORY":
            days = self.dice.number(10, 20)
        elif spell.phase == "FOLLOW_UP":
            window = running_window(self.scene.journey.jobs, on)
            step = CADENCE.follow_up_interval(window.start, on) if window else 31
            days = max(3, step + self.dice.pick((-1, 0, 0, 0, 0, 1, 2)))
        else:
            days = self.dice.pick(WEEKLY)
        return working_day(on + timedelta(days=days), on + DAY, on + timedelta(days=days + 4))

    def _routine(self, spell: Spell, on: date, stop: date) -> date:
        """One planned meeting, kept or missed; returns the day planned for the next."""
        again = working_day(on + timedelta(days=self.dice.number(2, 5)), on + DAY, on + timedelta(days=8))
        if self.dice.chance(self.absence) and again <= stop and not self._away_until(again):
            self._no_show(on)
            on = again
        if self.dice.chance(0.03):
            self._say("message", on - DAY if on - DAY > spell.starts_on else on, texts.MESSAGE)
        if self.dice.chance(0.02):
            self._say("partner", on, texts.PARTNER, party="PARTNER")
        self._beat(self._routine_kind(spell, on), on, spell)
        return self._next(spell, on)

    def _routine_kind(self, spell: Spell, on: date) -> str:
        if spell.phase == "PREPARATORY":
            return "preparatory"
        if spell.phase == "HIRE":
            return "before_start"
        if spell.phase == "PRE_HIRE":
            return "search"
        job = self.scene.journey.jobs[self._job_on(on)]
        if on >= add_months(job.starts_on, FOLLOWUP_MONTHS):
            return "after_window"
        if job.ends_on is not None and job.ends_on - timedelta(days=24) <= on:
            return "term_near"
        return "follow_up" if job.mode == "AGREED" else "discreet"

    def _job_on(self, on: date) -> int:
        begun = [i for i, job in enumerate(self.scene.journey.jobs) if job.starts_on <= on]
        return begun[-1] if begun else 0

    def _missed(self, last: date) -> None:
        """Meetings that the person missed after the last one held."""
        ref = self.scene.ref
        if self.scene.target == "no_shows" and (ref - last).days >= 21:
            for days in (7, 13, 18):
                self._no_show(working_day(last + timedelta(days=days), last + DAY, ref - DAY))
        elif self.scene.target in {"late", "very_late"} and (ref - last).days >= 9 and self.dice.chance(0.5):
            self._no_show(working_day(last + timedelta(days=7), last + DAY, ref - DAY))

    def _after_exit(self, spell: Spell) -> None:
        later = working_day(spell.starts_on + timedelta(days=self.dice.number(25, 60)), spell.starts_on, self.scene.ref)
        stays = self.scene.journey.exit_reason == "CONSOLIDATED" and self.dice.chance(0.3)
        if stays and spell.starts_on < later < self.scene.ref:
            self._say("news", later, texts.NEWS)

    # --- with the employer
    # ----------------------------------------------------------------------------------------------

    def _employer(self, index: int) -> None:
        """A monthly talk with the employer, unless the follow-up is discreet or refused."""
        job = self.scene.journey.jobs[index]
        if job.mode != "AGREED":
            return
        end = min(filter(None, (job.last_day, add_months(job.starts_on, FOLLOWUP_MONTHS) - DAY, self.scene.ref - DAY)))
        on = job.starts_on + timedelta(days=self.dice.number(8, 20))
        while on <= end:
            day = working_day(on, job.starts_on, end)
            self._say("employer", day, texts.EMPLOYER, party="EMPLOYER", company=self.scene.firms[index][0])
            on += timedelta(days=self.dice.number(25, 33))

    # --- putting it in words
    # --------------------------------------------------------------------------------------------

    def _beat(self, kind: str, on: date, spell: Spell) -> None:
        """One contact held with the person."""
        if spell.phase == "FOLLOW_UP" and kind in {"follow_up", "term_near"}:
            index = self._job_on(on)
            together = self.scene.journey.jobs[index].mode == "AGREED" and self.dice.chance(0.13)
            if together:
                company, firm, title = self.scene.firms[index]
                self._say("tripartite", on, texts.TRIPARTITE, party="BOTH", company=company, firm=firm, job=title)
                return
        if self.scene.firms and spell.phase in {"HIRE", "FOLLOW_UP"}:
            index = self._job_on(on) if spell.phase == "FOLLOW_UP" else self._job_hired(spell)
            _, firm, title = self.scene.firms[index]
        else:
            firm, title = "", self.scene.hiring[-1][2] if self.scene.hiring else ""
        self._say(kind, on, self._pool(kind), firm=firm, job=title)

    def _job_hired(self, spell: Spell) -> int:
        later = [i for i, job in enumerate(self.scene.journey.jobs) if job.starts_on >= spell.starts_on]
        return later[0] if later else len(self.scene.journey.jobs) - 1

    def _pool(self, kind: str) -> tuple[str, ...]:
        if kind in {"search", "preparatory"} and self.scene.kits and self.dice.chance(0.45):
            return self.dice.pick(self.scene.kits).lines
        return POOLS[kind]

    def _no_show(self, on: date) -> None:
        self.contacts.append(ContactPlan(on, "IN_PERSON", "BENEFICIARY", "NO_SHOW", "OFFICE", 0, "", None, ()))

    def _say(
        self,
        kind: str,
        on: date,
        pool: Sequence[str],
        *,
        party: str = "BENEFICIARY",
        company: str | None = None,
        firm: str = "",
        job: str = "",
    ) -> None:
        fresh = [line for line in pool if line not in self.recent] or list(pool)
        line = self.dice.pick(fresh)
        self.recent = [*self.recent[-13:], line]
        channel, place, minutes = self._means(kind, line)
        served = (
            self._served(on)
            if kind in {"search", "preparatory", "follow_up", "discreet", "bounce", "signature"}
            else ()
        )
        summary = line.format(trade=self.scene.trade, firm=firm, job=job)
        self.contacts.append(ContactPlan(on, channel, party, "HELD", place, minutes, summary, company, served))

    def _means(self, kind: str, line: str) -> tuple[str, str, int]:
        """Channel, place and minutes of a contact of that kind; a visit is made in person, a call by telephone."""
        dice = self.dice
        channel = dice.weighted(CHANNELS[kind])
        if line.startswith("Visite"):
            channel = "IN_PERSON"
        elif line.startswith("Appel "):
            channel = "PHONE"
        if channel in {"EMAIL", "MESSAGE"}:
            return channel, "REMOTE", 5
        if channel in {"PHONE", "VIDEO"}:
            return channel, "REMOTE", dice.pick((15, 15, 20, 30)) if channel == "PHONE" else dice.pick((30, 45))
        long = kind in {"intake", "signature", "review", "bounce"}
        minutes = dice.pick((60, 75, 90)) if long else dice.pick((30, 45, 45, 60, 60, 75))
        if kind in {"employer", "tripartite"} or line.startswith("Visite au poste"):
            return channel, "COMPANY", minutes
        if kind in {"follow_up", "discreet", "term_near", "first_days", "after_window"}:
            return channel, dice.pick(("OFFICE", "OUTSIDE", "HOME")), minutes
        return channel, dice.weighted((("OFFICE", 82), ("HOME", 5), ("PARTNER", 7), ("OUTSIDE", 6))), minutes

    def _served(self, on: date) -> tuple[int, ...]:
        """Positions of the goals that the contact serves: one or two of those pursued that day."""
        pursued = [
            i
            for i, goal in enumerate(self.scene.objectives)
            if goal.set_on <= on and (goal.settled_on is None or on <= goal.settled_on)
        ]
        return tuple(sorted(self.dice.shuffled(pursued)[: self.dice.pick((0, 1, 1, 1, 2))]))


POOLS: dict[str, tuple[str, ...]] = {
    "intake": texts.INTAKE,
    "preparatory": texts.PREPARATORY,
    "signature": texts.SIGNATURE,
    "search": texts.SEARCH,
    "hire": texts.HIRE,
    "before_start": texts.BEFORE_START,
    "first_days": texts.FIRST_DAYS,
    "follow_up": texts.FOLLOW_UP,
    "discreet": texts.DISCREET,
    "term_near": texts.TERM_NEAR,
    "after_window": texts.AFTER_WINDOW,
    "review": texts.REVIEW,
    "bounce": texts.BOUNCE,
}
_FACE = (("IN_PERSON", 1),)
_MIXED = (("IN_PERSON", 64), ("PHONE", 30), ("VIDEO", 6))
_DISTANT = (("IN_PERSON", 45), ("PHONE", 51), ("VIDEO", 4))
CHANNELS: dict[str, tuple[tuple[str, int], ...]] = {
    "intake": _FACE,
    "preparatory": _MIXED,
    "signature": _FACE,
    "search": _MIXED,
    "hire": _DISTANT,
    "before_start": _DISTANT,
    "first_days": _DISTANT,
    "follow_up": _DISTANT,
    "discreet": _DISTANT,
    "term_near": _DISTANT,
    "after_window": (("PHONE", 1),),
    "review": _FACE,
    "bounce": _FACE,
    "tripartite": _FACE,
    "news": (("PHONE", 1),),
    "employer": (("PHONE", 60), ("IN_PERSON", 40)),
    "partner": (("PHONE", 1),),
    "message": (("EMAIL", 1), ("MESSAGE", 1)),
}

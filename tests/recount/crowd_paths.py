"""One case as it could have unfolded: phases, contracts, exit, and what was written down late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from beneficiaries.models import CoachingCase, PhaseSpell
from placements.models import Amendment, Employment, EmploymentVerification, FollowUpAgreement, WorkWeek
from tests.recount.raw import BRUSSELS

if TYPE_CHECKING:
    from tests.recount.crowd import Crowd, House

DAY = timedelta(days=1)
FOLLOWED = ("CDI", "CDD", "CDD", "INTERIM")
ASIDE = ("STAGE", "PFI", "FREELANCE", "ART_60", "ART_61", "OTHER")
APART_DAYS = (1, 1, 1, 2, 7, 8, 9, 15, 40)
REASONS = ("WITHDRAWAL", "CONSOLIDATED", "MOVED", "NO_NEWS", "CLOCK_USED", "TRAINING", "DEATH", "DEATH")
ENDS = ("EMPLOYED", "EMPLOYED", "JOB_SEEKING", "INACTIVE", "UNKNOWN", "TRAINING")


class Path:
    """A case and what hangs on it, thrown day after day from its opening on."""

    def __init__(self, crowd: Crowd, house: House, case: CoachingCase, exit_on: date | None) -> None:
        self.crowd, self.house, self.case, self.exit_on = crowd, house, case, exit_on
        self.r: Random = crowd.r
        self.today = crowd.today
        self.horizon = exit_on or self.today
        self.exit_reason = self.r.choice(REASONS) if exit_on else ""
        self.stays: list[tuple[str, date]] = [("PREPARATORY", case.opened_on)]
        self.jobs: list[Employment] = []
        self.told_at: datetime | None = None

    @property
    def died(self) -> bool:
        return self.exit_reason == "DEATH"

    @property
    def prehire_on(self) -> date | None:
        return next((day for phase, day in self.stays if phase == "PRE_HIRE"), None)

    def some_day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.r.randint(0, max(0, (last - first).days)))

    def moment(self, day: date) -> datetime:
        """A moment of a day, near midnight too, no later than now."""
        at = self.r.choice((time(0, 20), time(9), time(14, 30), time(23, 40)))
        now = datetime.combine(self.today, time(10), tzinfo=BRUSSELS)
        return min(datetime.combine(day, at, tzinfo=BRUSSELS), now)

    def unfold(self) -> None:
        r, day = self.r, self.case.opened_on
        day += timedelta(days=r.choice((0, r.randint(1, 100))))
        if r.random() < 0.15:
            self.former_work()
        if day <= self.horizon and r.random() < 0.88:
            self.stays.append(("PRE_HIRE", day))
            hired = r.choice((0.2, 0.8, 0.9))
            while self.stays[-1][0] == "PRE_HIRE" and len(self.stays) < 15 and r.random() < hired:
                day = self.one_hire(day)
        for _number in range(r.choice((0, 0, 0, 1, 2))):
            self.work_aside()
        self.leave()
        self.write_stays()

    # --- contracts ----------------------------------------------------------------------------------------------------

    def contract(self, first: date, kind: str, firm: Any = None, **stated: Any) -> Employment:
        """A contract written down soon or late."""
        r = self.r
        written = first + timedelta(days=r.choice((-5, 0, 0, 0, 1, 3, 20, 60)))
        written = max(self.case.opened_on, written)
        if self.exit_on is not None:
            written = min(written, self.exit_on)
        job = Employment(
            organisation_id=self.case.organisation_id,
            case=self.case,
            company=firm or r.choice(self.house.firms),
            contract_type=kind,
            job_title=f"Fonction {next(self.crowd.numbers)}",
            starts_on=first,
            weekly_hours=r.choice((None, 10, 19, 30, 38)),
            origin=r.choice(("OURS", "PERSON", "UNKNOWN", "AGENCY")),
            aid=r.choice((None, None, self.crowd.aid)),
            recorded_by=self.case.coach,
            **({"created_at": self.moment(min(written, self.today))} | stated),
        )
        self.jobs.append(job)
        self.crowd.keep(job)
        return job

    def end(self, job: Employment) -> date | None:
        """Give it a last day, told or not; returns that which was told."""
        r = self.r
        if job.contract_type != "CDI" and (job.contract_type in ("STAGE", "PFI") or r.random() < 0.9):
            job.ends_on = job.starts_on + timedelta(days=r.choice((0, 6, 27, 30, 88, 89, 91, 120, 181, 182, 365)))
        until = min(job.ends_on or self.horizon, self.horizon)
        if until < job.starts_on or r.random() < 0.4:
            return None
        if job.ends_on is not None and job.ends_on <= self.horizon and r.random() < 0.6:
            job.ended_on, job.end_reason = job.ends_on, "TERM"
        else:
            job.ended_on, job.end_reason = self.some_day(job.starts_on, until), "DISMISSAL"
        return job.ended_on

    def one_hire(self, day: date) -> date:
        """From pre-hire to a job, or to nothing; returns the day on which the last phase began."""
        r = self.r
        first = day + timedelta(days=r.choice((1, r.randint(5, 60), r.randint(60, 260))))
        if first > self.horizon:
            if self.exit_on is None and first <= self.today + timedelta(days=60) and r.random() < 0.5:
                self.end(self.contract(first, "CDD", created_at=self.moment(self.today)))
                self.stays.append(("HIRE", self.today))
            return self.stays[-1][1]
        self.stays.append(("HIRE", max(day, first - timedelta(days=r.choice((0, 0, 3))))))
        if r.random() < 0.12:
            self.contract(
                first, "CDD", ends_on=first + 90 * DAY, cancelled_on=first, cancel_reason="L’employeur renonce."
            )
            self.stays.append(("PRE_HIRE", first))
            return first
        self.stays.append(("FOLLOW_UP", first))
        job = self.contract(first, r.choice(FOLLOWED))
        ended = self.end(job)
        for _number in range(r.choice((0, 1, 2, 3))):
            last = job.ended_on or job.ends_on
            if last is None:
                break
            first = last + timedelta(days=r.choice(APART_DAYS))
            if r.random() < 0.08:
                first = self.some_day(job.starts_on + DAY, last)
            if first > self.horizon:
                break
            firm = r.choice((job.company, job.company, r.choice(self.house.firms)))
            job = self.contract(first, r.choice(FOLLOWED), firm)
            ended = self.end(job)
        if ended is not None and r.random() < 0.8:
            back = max(first, ended + timedelta(days=r.choice((1, 1, 5))))
            if back <= self.horizon:
                self.stays.append(("PRE_HIRE", back))
                return back
        return self.stays[-1][1]

    def former_work(self) -> None:
        """A job that ran, or was over, when the case was opened."""
        opened = self.case.opened_on
        job = self.contract(opened - timedelta(days=self.r.randint(1, 200)), self.r.choice(("ART_60", "CDI", "CDD")))
        self.end(job)

    def work_aside(self) -> None:
        job = self.contract(self.some_day(self.case.opened_on, self.horizon), self.r.choice(ASIDE))
        self.end(job)
        job.told_late = self.r.random() < 0.3

    # --- the exit -----------------------------------------------------------------------------------------------------

    def leave(self) -> None:
        if self.exit_on is None:
            return
        self.stays.append(("EXIT", self.exit_on))
        self.told_at = self.moment(self.some_day(self.exit_on, min(self.today, self.exit_on + 20 * DAY)))
        for job in list(self.jobs):
            if self.died and job.cancelled_on is None and job.ended_on is None:
                if job.starts_on > self.exit_on:
                    job.cancelled_on, job.cancel_reason = self.exit_on, "Décès"
                else:
                    job.ended_on = min(job.ends_on or self.exit_on, self.exit_on)
                    job.end_reason = "DEATH"
                    # The last day was told before anybody knew on which day the person had died.
                    if job.ends_on is None and self.r.random() < 0.4:
                        job.ended_on = min(self.today, self.exit_on + timedelta(days=self.r.randint(1, 40)))
        if self.r.random() < 0.3:
            self.heard_of_afterwards()

    def heard_of_afterwards(self) -> None:
        """A contract of which one heard once the exit was written."""
        r, exit_on = self.r, self.exit_on
        assert exit_on is not None
        assert self.told_at is not None
        first = exit_on - 40 * DAY if self.died else exit_on + timedelta(days=r.choice((-60, -1, 0, 1, 40)))
        if not self.case.opened_on <= first <= self.today:
            return
        job = self.contract(first, r.choice(FOLLOWED), told_late=True)
        job.created_at = max(self.told_at + timedelta(minutes=1), self.moment(self.some_day(first, self.today)))
        if not self.died:
            self.horizon = self.today
            self.end(job)
            self.horizon = exit_on

    # --- what happened to the contracts ------------------------------------------------------------------------------

    def more(self) -> None:
        """Weeks, amendments and verifications."""
        for job in self.jobs:
            if job.cancelled_on is not None or job.starts_on > self.today:
                continue
            if job.contract_type == "INTERIM" and self.r.random() < 0.7:
                self.weeks(job)
            if job.contract_type == "INTERIM" and self.r.random() < 0.5:
                job.user_company = self.r.choice(self.house.firms)
            if self.r.random() < 0.6:
                self.agree(job)
            if self.r.random() < 0.2:
                self.amend(job)
            if self.r.random() < 0.25:
                self.verify(job)

    def weeks(self, job: Employment) -> None:
        last = min(job.ended_on or job.ends_on or self.today, self.today)
        monday, idle = job.starts_on - timedelta(days=job.starts_on.weekday()), 0
        while monday <= last:
            if not idle and self.r.random() < 0.08:
                idle = self.r.choice((1, 1, 2, 3))
            if idle or self.r.random() < 0.5:
                stated = {"days": 0, "hours": None} if idle else {"days": 5, "hours": 38}
                self.crowd.keep(WorkWeek(employment=job, monday=monday, recorded_by=self.case.coach, **stated))
            if idle:
                job.idle_weeks = [*job.idle_weeks, monday.isoformat()]
                idle -= 1
            monday += timedelta(days=7)

    def agree(self, job: Employment) -> None:
        mode = self.r.choice(("AGREED", "AGREED", "DISCREET", "REFUSED", "EMPLOYER", "BOTH"))
        refuses = mode in ("REFUSED", "EMPLOYER", "BOTH")
        self.crowd.keep(
            FollowUpAgreement(
                employment=job,
                mode=mode,
                agreed_on=job.starts_on,
                refusal_reason="Non" if refuses or self.r.random() < 0.1 else "",
                accepted_from=job.starts_on if mode == "AGREED" and self.r.random() < 0.2 else None,
                recorded_by=self.case.coach,
            )
        )

    def amend(self, job: Employment) -> None:
        for hours in self.r.sample((8, 20, 38), self.r.choice((1, 2))):
            change = Amendment(
                employment=job,
                effective_on=self.some_day(job.starts_on, self.today),
                learnt_on=self.today,
                weekly_hours=hours,
                recorded_by=self.case.coach,
                created_at=self.moment(self.today) + timedelta(minutes=next(self.crowd.numbers)),
            )
            self.crowd.keep(change)

    def verify(self, job: Employment) -> None:
        limit = min(job.ended_on or job.ends_on or self.today, self.today)
        if self.died and self.exit_on is not None:
            limit = min(limit, self.exit_on)
        if limit < job.starts_on:
            return
        found = EmploymentVerification(
            employment=job,
            asked_on=self.today,
            how="PERSON",
            seen_on=self.some_day(job.starts_on, limit),
            recorded_by=self.case.coach,
        )
        self.crowd.keep(found)

    def write_stays(self) -> None:
        for sequence, (phase, first) in enumerate(self.stays, 1):
            following = self.stays[sequence : sequence + 1]
            left = {}
            if phase == "EXIT":
                outcome = "UNKNOWN" if self.died else self.r.choice(ENDS)
                left = {"exit_reason": self.exit_reason, "exit_outcome": outcome}
            self.crowd.keep(
                PhaseSpell(
                    case=self.case,
                    sequence=sequence,
                    phase=phase,
                    starts_on=first,
                    ends_on=following[0][1] if following else None,
                    actor=self.case.coach,
                    created_at=self.told_at if phase == "EXIT" else self.moment(min(first, self.today)),
                    **left,
                )
            )


def spread(r: Random, first: date, last: date, number: int) -> Iterator[date]:
    """So many different days from one to another, in order; fewer when there are fewer."""
    days = range((last - first).days + 1)
    for one in sorted(r.sample(days, min(number, len(days)))):
        yield first + timedelta(days=one)

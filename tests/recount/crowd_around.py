"""What surrounds the people of the crowd: contacts, sessions, jobs to be filled, hours, records of the ESF+."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from beneficiaries.models import CaseBelonging, Obstacle
from employers.models import ProspectionContact, Vacancy, VacancyRequirement
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from followup.models import Attendance, CollectiveSession, Contact, SessionSeries
from placements.models import Match
from tests.recount.crowd_paths import DAY
from timesheets.models import TimeEntry, TimeSheet

if TYPE_CHECKING:
    from tests.recount.crowd import Crowd, House

CHANNELS = ("IN_PERSON", "IN_PERSON", "PHONE", "VIDEO", "EMAIL", "LETTER", "MESSAGE")
STATES = ("PRESENT", "PRESENT", "PRESENT", "ABSENT", "EXCUSED", "WITHDRAWN", "REGISTERED")
QUESTIONS = ("foreign_background", "disability", "minority", "homeless", "rural")


class Around:
    """The rows of one organisation that are no path of a person."""

    def __init__(self, crowd: Crowd, house: House) -> None:
        self.crowd, self.house, self.r, self.today = crowd, house, crowd.r, crowd.today

    def add(self) -> None:
        self.vacancies()
        for case in self.house.cases:
            self.contacts(case)
            self.proposals(case)
            self.obstacles(case)
        self.visits()
        self.sessions()
        self.hours()
        self.participants()

    def some_day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.r.randint(0, max(0, (last - first).days)))

    def contacts(self, case: Any) -> None:
        """Talks of all kinds, the latest after the exit; nobody is met after a death."""
        r = self.r
        last = case.closed_on or self.today
        if case.closed_on is not None and not case.path.died:
            last = min(self.today, last + 40 * DAY)
        long_here = (last - case.opened_on).days > 730
        for _number in range(20 if long_here else r.choice((0, 2, 6, 12))):
            held, party = r.random() < 0.85, r.choice(("BENEFICIARY", "BENEFICIARY", "EMPLOYER", "BOTH", "PARTNER"))
            firm = r.choice(self.house.firms)
            if case.path.jobs and r.random() < 0.6:
                firm = r.choice(case.path.jobs).company
            self.crowd.keep(
                Contact(
                    organisation_id=case.organisation_id,
                    case=case,
                    coach=r.choice((case.coach, case.coach, *self.house.coaches)),
                    on=self.some_day(r.choice((case.opened_on, max(case.opened_on, last - 90 * DAY))), last),
                    channel=r.choice(CHANNELS),
                    party=party,
                    outcome="HELD" if held else "NO_SHOW",
                    place=r.choice(("", "OFFICE", "HOME", "COMPANY")),
                    company=firm if party in ("EMPLOYER", "BOTH") or r.random() < 0.1 else None,
                    minutes=r.choice((15, 30, 45, 60)) if held else 0,
                    summary="Des nouvelles." if held else "",
                )
            )

    def vacancies(self) -> None:
        for number in range(25):
            opened = self.some_day(date(2024, 6, 3), self.today)
            closed = self.r.choice((None, opened + timedelta(days=self.r.randint(0, 200))))
            closed = closed if closed is None or closed <= self.today else None
            state = "OPEN" if closed is None else self.r.choice(("FILLED", "WITHDRAWN"))
            vacancy = self.crowd.keep(
                Vacancy(
                    organisation=self.house.organisation,
                    company=self.r.choice(self.house.firms),
                    title=f"Poste {number}",
                    search_key=f"poste {number}",
                    state=state,
                    opened_on=opened,
                    closed_on=closed,
                    positions=self.r.choice((1, 1, 2, 5)),
                    tasks="Préparer",
                )
            )
            self.house.vacancies.append(vacancy)
            for position in range(self.r.choice((0, 1, 2))):
                words = self.r.choice(("", "Lit des étiquettes"))
                self.crowd.keep(
                    VacancyRequirement(vacancy=vacancy, position=position, stated="Allemand", objectivated=words)
                )

    def proposals(self, case: Any) -> None:
        began, r = case.path.prehire_on, self.r
        if began is None:
            return
        chosen = r.sample(self.house.vacancies, r.choice((0, 0, 1, 2)))
        for vacancy in chosen:
            on = self.some_day(began, case.closed_on or self.today)
            person = r.choice(("PENDING", "ACCEPTED", "ACCEPTED", "REFUSED"))
            employer = r.choice(("PENDING", "ACCEPTED", "REFUSED")) if person == "ACCEPTED" else "PENDING"
            match = self.crowd.keep(
                Match(
                    organisation_id=case.organisation_id,
                    case=case,
                    vacancy=vacancy,
                    proposed_on=on,
                    proposed_by=case.coach,
                    rationale="Aime l’ordre.",
                    person_decision=person,
                    person_decided_on=None if person == "PENDING" else on,
                    employer_decision=employer,
                    employer_decided_on=None if employer == "PENDING" else on,
                    refusal_reason="Trop loin" if "REFUSED" in (person, employer) else "",
                )
            )
            after = [job for job in case.path.jobs if job.starts_on >= on and job.match_id is None]
            if employer == "ACCEPTED" and after:
                after[0].match = match

    def obstacles(self, case: Any) -> None:
        for kind in self.r.sample(("MOBILITY", "HEALTH", "DEBT"), self.r.choice((0, 1, 2))):
            last = case.closed_on or self.today
            seen = self.some_day(case.opened_on, last)
            lifted = self.r.choice((None, self.some_day(seen, last)))
            state = "LIFTED" if lifted else "IDENTIFIED"
            self.crowd.keep(Obstacle(case=case, kind=kind, state=state, identified_on=seen, lifted_on=lifted))

    def visits(self) -> None:
        for _number in range(60):
            self.crowd.keep(
                ProspectionContact(
                    organisation=self.house.organisation,
                    company=self.r.choice(self.house.firms),
                    coach=self.r.choice(self.house.coaches),
                    on=self.some_day(date(2024, 9, 2), self.today),
                    channel=self.r.choice(("VISIT", "PHONE", "VIDEO", "EMAIL", "LETTER", "EVENT")),
                    minutes=self.r.choice((10, 45)),
                    project=self.r.choice((None, *self.house.projects)),
                    result="INTERESTED",
                )
            )

    def sessions(self) -> None:
        """Workshops of three series, a few called off, some still to come."""
        for title in ("Préparer un entretien", "Budget", "Permis"):
            series = self.crowd.keep(SessionSeries(organisation=self.house.organisation, title=title))
            for number in range(14):
                on = self.some_day(date(2024, 9, 2), self.today + 30 * DAY)
                off = self.r.random() < 0.15
                session = self.crowd.keep(
                    CollectiveSession(
                        organisation=self.house.organisation,
                        series=series,
                        on=on,
                        at=time(8 + number % 10, number),
                        minutes=self.r.choice((90, 120)),
                        place="Salle 2",
                        leader=self.r.choice(self.house.coaches),
                        cancelled_on=min(on, self.today) if off else None,
                        cancel_reason="Malade" if off else "",
                    )
                )
                here = [one for one in self.house.cases if one.opened_on <= on and (one.closed_on or on) >= on]
                for case in self.r.sample(here, min(len(here), self.r.choice((0, 1, 2, 5)))):
                    state = "REGISTERED" if on > self.today else self.r.choice(STATES)
                    self.crowd.keep(
                        Attendance(
                            organisation=self.house.organisation,
                            session=session,
                            case=case,
                            state=state,
                            minutes=self.r.choice((60, 90)) if state == "PRESENT" else 0,
                        )
                    )

    def hours(self) -> None:
        """What coaches add to their sheets, with a project or none, on days when it runs and on others."""
        for coach in self.house.coaches:
            for year, month in ((2025, 3), (2025, 10), (2026, 1), (2026, 2), (2026, 4), (2026, 6)):
                first = date(year, month, 1)
                sheet = self.crowd.keep(TimeSheet(organisation=self.house.organisation, coach=coach, month=first))
                for _number in range(self.r.choice((0, 1, 3))):
                    self.crowd.keep(
                        TimeEntry(
                            organisation=self.house.organisation,
                            sheet=sheet,
                            on=first + timedelta(days=self.r.randint(0, 16)),
                            minutes=self.r.choice((30, 75)),
                            activity="ADMIN",
                            project=self.r.choice((None, *self.house.projects)),
                        )
                    )

    # --- the ESF+ -----------------------------------------------------------------------------------------------------

    def participants(self) -> None:
        """A record for most people who were in the operation, with results of their exits."""
        entered: dict[Any, tuple[date, list[Any]]] = {}
        for stay in self.crowd.waiting[CaseBelonging]:
            case = stay.case
            if stay.project_id == self.house.esf.pk and case.organisation_id == self.house.organisation.pk:
                first, cases = entered.get(case.beneficiary_id, (stay.starts_on, []))
                entered[case.beneficiary_id] = (min(first, stay.starts_on), [*cases, case])
        for first, cases in entered.values():
            if self.r.random() < 0.85:
                self.record(first, cases)

    def record(self, first: date, cases: list[Any]) -> None:
        r = self.r
        status = r.choice(("unemployed", "unemployed", "inactive", "employed", ""))
        letters = [r.choice("YNNR-") for _question in QUESTIONS]
        since = None
        if status == "unemployed" and r.random() < 0.9:
            since = first - timedelta(days=r.choice((10, 180, 182, 184, 200, 365, 366, 367, 900)))
        record = self.crowd.keep(
            EsfParticipation(
                organisation=self.house.organisation,
                beneficiary=cases[0].beneficiary,
                project=self.house.esf,
                entry_on=first,
                status=status,
                unemployed_since=since,
                isced=r.choice((None, 0, 1, 2, 3, 4, 5, 8)),
                nationality=r.choice(("belgian", "eu", "third_country", "stateless", "")),
                answers="".join(letters),
                recorded_by=cases[0].coach,
            )
        )
        for question, letter in zip(QUESTIONS, letters, strict=True):
            if letter == "R":
                self.crowd.keep(
                    EsfRefusal(
                        participation=record,
                        question=question,
                        asked_on=first,
                        proof="Note",
                        recorded_by=cases[0].coach,
                    )
                )
        for case in {one.pk: one for one in cases}.values():
            stays = case.project_id == self.house.esf.pk
            if case.closed_on is not None and stays and not case.path.died:
                self.results(record, case)

    def results(self, record: EsfParticipation, case: Any) -> None:
        """Of an exit; some were seen before it, of an exit that was undone."""
        r = self.r
        for moment in ("EXIT", "SIX_MONTHS"):
            seen = case.closed_on + timedelta(days=r.choice((-5, 0, 20, 181, 190)))
            if r.random() < 0.35 or seen > self.today:
                continue
            unreached, immediate = r.random() < 0.15, moment == "EXIT"
            told = {
                "employed": r.random() < 0.5,
                "job_searching": immediate and r.random() < 0.4,
                "in_training": immediate and r.random() < 0.3,
                "qualification": immediate and r.random() < 0.2,
                "improved": not immediate and r.random() < 0.4,
            }
            self.crowd.keep(
                EsfResult(
                    participation=record,
                    case=case,
                    moment=moment,
                    source="UNREACHED" if unreached else "TALK",
                    seen_on=seen,
                    recorded_by=case.coach,
                    **({} if unreached else told),
                )
            )

"""Many cases at once, for what is measured: written in bulk with the facts that the services would have written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import count

from accounts.models import User
from beneficiaries.models import Beneficiary, CaseAssignment, CaseBelonging, CoachingCase, PhaseSpell
from demo.loading.store import count_rows
from employers.models import Company, Vacancy
from followup.enums import Channel, Party
from followup.models import Appointment, Contact
from followup.services.status import rebuild_all
from foundation.clock import today
from foundation.rules.text import search_key
from placements.enums import Decision, FollowUpMode
from placements.models import Employment, FollowUpAgreement, Match

#: what becomes of one case in six: the days ago at which each phase began
PATHS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("PREPARATORY", 25),),
    (("PREPARATORY", 100), ("PRE_HIRE", 60)),
    (("PREPARATORY", 740), ("PRE_HIRE", 710)),
    (("PREPARATORY", 300), ("PRE_HIRE", 260), ("HIRE", 40), ("FOLLOW_UP", 40)),
    (("PREPARATORY", 400), ("PRE_HIRE", 380), ("HIRE", 190), ("FOLLOW_UP", 190)),
    (("PREPARATORY", 200), ("PRE_HIRE", 150), ("EXIT", 3)),
)

_numbers = count(1)


class Crowd:
    """Rows waiting to be written, each kind in one statement."""

    def __init__(self, company: Company, vacancy: Vacancy) -> None:
        self.company, self.vacancy = company, vacancy
        self.people: list[Beneficiary] = []
        self.cases: list[CoachingCase] = []
        self.spells: list[PhaseSpell] = []
        self.assignments: list[CaseAssignment] = []
        self.belongings: list[CaseBelonging] = []
        self.matches: list[Match] = []
        self.jobs: list[Employment] = []
        self.agreements: list[FollowUpAgreement] = []
        self.contacts: list[Contact] = []
        self.appointments: list[Appointment] = []

    def add(self, coach: User, number: int) -> None:
        """One more person, on the path that their number gives."""
        path = PATHS[number % len(PATHS)]
        here = coach.current_organisation_id
        name = f"Foule{next(_numbers):05d}"
        person = Beneficiary(
            organisation_id=here, first_name="Prénom", last_name=name, gender="FM"[number % 2], town="Verviers"
        )
        person.search_key = search_key(f"{name} Prénom")
        closed = ago(path[-1][1]) if path[-1][0] == "EXIT" else None
        case = CoachingCase(
            organisation_id=here, beneficiary=person, coach=coach, opened_on=ago(path[0][1]), closed_on=closed
        )
        self.people.append(person)
        self.cases.append(case)
        self.assignments.append(
            CaseAssignment(case=case, coach=coach, starts_on=case.opened_on, ends_on=closed, actor=coach)
        )
        self.belongings.append(CaseBelonging(case=case, starts_on=case.opened_on, actor=coach))
        for sequence, (phase, days) in enumerate(path, 1):
            following = path[sequence : sequence + 1]
            self.spells.append(
                PhaseSpell(
                    case=case,
                    sequence=sequence,
                    phase=phase,
                    starts_on=ago(days),
                    ends_on=ago(following[0][1]) if following else None,
                    exit_reason="WITHDRAWAL" if phase == "EXIT" else "",
                    exit_outcome="UNKNOWN" if phase == "EXIT" else "",
                    actor=coach,
                )
            )
            if phase == "FOLLOW_UP":
                self._job(case, ago(days))
        if path[-1][0] == "PRE_HIRE":
            self._match(case)
        self._talks(case, number, closed)

    def _job(self, case: CoachingCase, starts_on: date) -> None:
        job = Employment(
            organisation_id=case.organisation_id,
            case=case,
            company=self.company,
            contract_type="CDI",
            job_title="Magasinier·ère",
            starts_on=starts_on,
            recorded_by=case.coach,
        )
        self.jobs.append(job)
        self.agreements.append(
            FollowUpAgreement(employment=job, mode=FollowUpMode.AGREED, agreed_on=starts_on, recorded_by=case.coach)
        )

    def _match(self, case: CoachingCase) -> None:
        self.matches.append(
            Match(
                organisation_id=case.organisation_id,
                case=case,
                vacancy=self.vacancy,
                proposed_on=ago(6),
                proposed_by=case.coach,
                rationale="Aime l’ordre.",
                person_decision=Decision.ACCEPTED,
                person_decided_on=ago(5),
            )
        )

    def _talks(self, case: CoachingCase, number: int, closed: date | None) -> None:
        for days in (20, 4 + number % 12):
            self.contacts.append(
                Contact(
                    organisation_id=case.organisation_id,
                    case=case,
                    coach=case.coach,
                    on=ago(days),
                    channel=Channel.PHONE,
                    party=Party.BENEFICIARY,
                    minutes=20,
                    summary="Des nouvelles.",
                )
            )
        if closed is None and number % 4 == 0:
            self.appointments.append(
                Appointment(
                    organisation_id=case.organisation_id,
                    case=case,
                    coach=case.coach,
                    on=today() + timedelta(days=number % 3),
                    at=time(9 + number % 8),
                )
            )

    def write(self) -> list[CoachingCase]:
        """Write everything, then what is derived from it."""
        for rows in (
            self.people,
            self.cases,
            self.spells,
            self.assignments,
            self.belongings,
            self.matches,
            self.jobs,
            self.agreements,
            self.contacts,
            self.appointments,
        ):
            if rows:
                type(rows[0])._default_manager.bulk_create(rows, batch_size=1000)  # type: ignore[attr-defined]
        rebuild_all(self.cases)
        count_rows()
        return self.cases


def ago(days: int) -> date:
    """A day counted back from today."""
    return today() - timedelta(days=days)


def a_crowd(coaches: Sequence[User], number: int, company: Company, vacancy: Vacancy) -> list[CoachingCase]:
    """`number` cases shared out among `coaches`, in every phase, all about one firm and one of its jobs."""
    crowd = Crowd(company, vacancy)
    for position in range(number):
        crowd.add(coaches[position % len(coaches)], position)
    return crowd.write()

"""Some hundred random people of two organisations, written in bulk: always the same ones of a seed.

What is written is what the services would let be written: one phase at a time, late contracts with their true days…
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import UUID

from django.db import models

from accounts.enums import Funder, Role
from accounts.models import Membership, Organisation, Project, Site, User
from beneficiaries.models import (
    Beneficiary,
    CaseAssignment,
    CaseBelonging,
    CoachingCase,
    EligibilityCheck,
    Obstacle,
    Partner,
    PhaseSpell,
)
from beneficiaries.selectors.eligibility import criteria_of
from employers.models import Company, ProspectionContact, Vacancy, VacancyRequirement
from employers.services.ties import settle_ties
from esf.models import EsfParticipation, EsfRefusal, EsfResult
from followup.models import Attendance, CollectiveSession, Contact, SessionSeries
from followup.services.status import rebuild_all
from placements.models import (
    Amendment,
    ClockExtension,
    ClockSuspension,
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    HiringAid,
    Match,
    WorkWeek,
)
from tests.factories.accounts import OrganisationFactory, ProjectFactory, SiteFactory, user_with
from tests.factories.stories import an_aid
from tests.recount.crowd_around import Around
from tests.recount.crowd_paths import DAY, Path, spread
from tests.recount.crowd_sheets import sign_some
from timesheets.models import TimeEntry, TimeSheet

TOWNS = (
    ("4800", "Verviers"),
    ("4802", "Heusy"),
    ("5000", "Namur"),
    ("5100", "Jambes"),
    ("4000", "Liège"),
    ("4820", "Dison"),
    ("", ""),
)
FIRST_OPENING = date(2023, 1, 2)

# What is pointed to comes before what points to it.
ORDER: tuple[type[models.Model], ...] = (
    Partner,
    Beneficiary,
    CoachingCase,
    CaseAssignment,
    CaseBelonging,
    PhaseSpell,
    EligibilityCheck,
    Obstacle,
    Vacancy,
    VacancyRequirement,
    Match,
    Employment,
    WorkWeek,
    Amendment,
    FollowUpAgreement,
    EmploymentVerification,
    ClockSuspension,
    ClockExtension,
    ProspectionContact,
    Contact,
    SessionSeries,
    CollectiveSession,
    Attendance,
    TimeSheet,
    TimeEntry,
    EsfParticipation,
    EsfRefusal,
    EsfResult,
)
#: whose moment of writing is told by the crowd, and read by the reports
DATED = (PhaseSpell, Employment, Amendment)


@dataclass
class House:
    """One organisation: who works there, its projects and the firms that it knows."""

    organisation: Organisation
    coaches: list[User]
    projects: list[Project]
    esf: Project
    sites: list[Site]
    firms: list[Company]
    partners: list[Partner]
    vacancies: list[Vacancy] = field(default_factory=list)
    cases: list[CoachingCase] = field(default_factory=list)


class Crowd:
    """Rows waiting to be written; a seed gives the same facts."""

    def __init__(self, seed: int, today: date) -> None:
        self.r, self.today = Random(seed), today
        self.numbers = count(1)
        self.waiting: dict[type[models.Model], list[models.Model]] = {model: [] for model in ORDER}
        self.aid: HiringAid = an_aid(code="AIDE", name="Aide exemple")

    def keep(self, row: Any) -> Any:
        """Keep a row to be written, under a key of the seed; to be called before another row names it."""
        row.id = UUID(int=self.r.getrandbits(128), version=4)
        self.waiting[type(row)].append(row)
        return row

    def build(self, people: int) -> list[House]:
        """Write the people of two organisations and everything about them."""
        houses = [self.house(number) for number in range(2)]
        for number in range(people):
            self.person(houses[number % 2])
        for house in houses:
            Around(self, house).add()
        self.write()
        for house in houses:
            sign_some(self.r, house, self.today)
        return houses

    # --- the house ----------------------------------------------------------------------------------------------------

    def house(self, number: int) -> House:
        organisation = OrganisationFactory()
        coaches = [user_with(Role.JOBCOACH, organisation, fte=fte) for fte in (1, "0.50", "0.80")]
        user_with(Role.COORDINATOR, organisation, fte="0.75", since=date(2025, 4, 7))
        user_with(Role.ADMIN, organisation)
        Membership.objects.filter(user=coaches[1]).update(starts_on=date(2025, 9, 1))
        Membership.objects.filter(user=coaches[2]).update(ends_on=date(2026, 2, 27))
        plain = ProjectFactory(organisation=organisation, code=f"MIRE-{number}", ends_on=date(2026, 3, 31))
        esf = ProjectFactory(
            organisation=organisation, code=f"FSE-{number}", funder=Funder.FSE, starts_on=date(2024, 7, 1)
        )
        firms = [
            Company(
                organisation=organisation,
                name=f"Entreprise exemple {number}{letter}",
                search_key=f"entreprise exemple {number}{letter}",
                sector=self.r.choice(("C", "F", "G", "I", "")),
                **({"country": "FR"} if letter == "h" else self.somewhere()),
            )
            for letter in "abcdefgh"
        ]
        firms[1].main = firms[0]
        firms[2].taken_over_by, firms[2].taken_over_on = firms[3], date(2025, 10, 6)
        firms[0].taken_over_by, firms[0].taken_over_on = firms[4], date(2026, 5, 4)
        Company.objects.bulk_create([*firms[3:], firms[2], firms[0], firms[1]])
        settle_ties(firms)
        kinds = ("FOREM", "CPAS", "TRAINING")
        partners = [
            self.keep(Partner(organisation=organisation, name=f"Service {kind}", kind=kind, refers=True))
            for kind in kinds
        ]
        sites = [SiteFactory(organisation=organisation) for _number in range(2)]
        return House(organisation, coaches, [plain, esf], esf, sites, firms, partners)

    def somewhere(self) -> dict[str, str]:
        code, town = self.r.choice(TOWNS)
        return {"postal_code": code, "town": town}

    # --- people -------------------------------------------------------------------------------------------------------

    def person(self, house: House) -> None:
        r = self.r
        number = next(self.numbers)
        person = self.keep(
            Beneficiary(
                organisation=house.organisation,
                first_name="Prénom",
                last_name=f"Foule{number:05d}",
                search_key=f"foule{number:05d} prenom",
                gender=r.choice("FMFMX") if r.random() < 0.95 else "",
                birth_date=date(r.randint(1960, 2007), r.randint(1, 12), r.randint(1, 28))
                if r.random() < 0.95
                else None,
                origin=r.choice(("BELGIAN_OR_EUROPEAN", "FOREIGN", "")),
                education=r.choice(("NONE", "CEB", "CESI", "CESS", "HIGHER", "")),
                **self.somewhere(),
                jobseeker_since=r.choice((None, date(2020, 1, 6), date(2022, r.randint(1, 12), 15), date(2024, 2, 29))),
            )
        )
        opened = FIRST_OPENING + timedelta(days=r.randint(0, (self.today - FIRST_OPENING).days))
        exit_on = None
        # Some have been there for years, and have used their 24 months up.
        long_here = r.random() < 0.2
        if long_here:
            opened = FIRST_OPENING + timedelta(days=r.randint(0, 200))
        elif r.random() < 0.55:
            exit_on = opened + timedelta(days=r.choice((0, r.randint(1, 300), r.randint(100, 1000))))
            exit_on = exit_on if exit_on <= self.today else None
        former = self.case(house, person, opened, exit_on, None)
        if former.closed_on is not None and not former.path.died and r.random() < 0.4:
            again = former.closed_on + timedelta(days=r.choice((0, 20, 364, 365, 366, 400)))
            if again <= self.today:
                second = again + timedelta(days=r.randint(0, 500))
                self.case(house, person, again, second if second <= self.today else None, former)

    def case(
        self, house: House, person: Beneficiary, opened: date, exit_on: date | None, former: CoachingCase | None
    ) -> Any:
        r = self.r
        case: Any = CoachingCase(
            organisation=house.organisation,
            beneficiary=person,
            coach=r.choice(house.coaches),
            opened_on=opened,
            closed_on=exit_on,
            previous_case=former,
        )
        self.keep(case)
        house.cases.append(case)
        self.keep(CaseAssignment(case=case, coach=case.coach, starts_on=opened, ends_on=exit_on, actor=case.coach))
        self.belong(house, case)
        case.path = Path(self, house, case, exit_on)
        case.path.unfold()
        case.path.more()
        self.check(case)
        self.clocks(case)
        return case

    def belong(self, house: House, case: Any) -> None:
        """Where it belongs since its opening, then since other days, in a project that runs that day."""
        r, last = self.r, case.closed_on or self.today
        days = [case.opened_on, *spread(r, case.opened_on + DAY, last - DAY, r.choice((0, 0, 1, 2)))]
        for number, day in enumerate(days):
            running = [one for one in house.projects if one.starts_on <= day and (one.ends_on or day) >= day]
            case.project = r.choice((None, *running, *running))
            case.site, case.referrer = r.choice((None, *house.sites)), r.choice((None, *house.partners))
            self.keep(
                CaseBelonging(
                    case=case,
                    project=case.project,
                    site=case.site,
                    referrer=case.referrer,
                    starts_on=day,
                    ends_on=days[number + 1] if number + 1 < len(days) else None,
                    actor=case.coach,
                )
            )

    def check(self, case: Any) -> None:
        began = case.path.prehire_on
        if began is None and self.r.random() < 0.7:
            return
        codes = [one.code for one in criteria_of("MIRE")]
        derogated = self.r.random() < 0.15
        day = began or case.opened_on
        self.keep(
            EligibilityCheck(
                case=case,
                regime="MIRE",
                checked_on=day,
                criteria=[] if derogated else self.r.sample(codes, self.r.choice((1, 1, 2))),
                evidence_kind="DECISION" if derogated else "DIPLOMA",
                evidence_on=day,
                is_derogation=derogated,
                derogation_reason="Décision du comité" if derogated else "",
                over_quota=derogated and self.r.random() < 0.4,
                checked_by=case.coach,
            )
        )

    def clocks(self, case: Any) -> None:
        """Suspensions and extensions of a case in pre-hire."""
        r, began = self.r, case.path.prehire_on
        last = case.closed_on or self.today
        if began is None:
            return
        if r.random() < 0.25 and began < last:
            first = case.path.some_day(began, last)
            state = r.choice(("APPROVED", "APPROVED", "REFUSED"))
            self.keep(
                ClockSuspension(
                    case=case,
                    reason="ILLNESS",
                    starts_on=first,
                    ends_on=r.choice((None, first + timedelta(days=r.randint(0, 120)))),
                    evidence="Certificat",
                    state=state,
                    requested_by=case.coach,
                    decided_by=case.coach,
                    decided_on=first,
                )
            )
        rank = 0
        for days in (r.randint(600, 730), r.randint(730, 1000)):
            day = began + timedelta(days=days)
            if day <= last and r.random() < 0.8:
                self.keep(
                    ClockExtension(
                        case=case,
                        months=r.choice((1, 3, 6)),
                        reason="Presque engagé",
                        document="Note",
                        granted_on=day,
                        granted_by=case.coach,
                        taken_back_on=day if r.random() < 0.3 else None,
                        rank=rank,
                    )
                )
                rank += 1

    # --- writing ------------------------------------------------------------------------------------------------------

    def write(self) -> None:
        """Write everything, each kind in one statement, then what is derived from it."""
        with _moments_told():
            for model in ORDER:
                model._default_manager.bulk_create(self.waiting[model], batch_size=500)
        rebuild_all()


@contextmanager
def _moments_told() -> Iterator[None]:
    """Let rows say when they were written."""
    told = [model._meta.get_field("created_at") for model in DATED]
    try:
        for moment in told:
            moment.auto_now_add = False
        yield
    finally:
        for moment in told:
            moment.auto_now_add = True

"""More rows of everything around one world, so that a page that reads them one by one shows it."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from accounts.enums import Role
from accounts.models import User
from beneficiaries.enums import ObstacleKind
from beneficiaries.models import CoachingCase, Evidence, Objective, Obstacle, Partner, Situation
from employers.models import Company, CompanyContact, ProspectionContact, Vacancy, VacancyRequirement
from esf.models import EsfFileColumn, EsfFileExport, EsfFileLayout
from followup.models import Appointment, Attendance, CollectiveSession, Contact, SessionSeries
from followup.services.status import rebuild_all
from foundation.clock import today
from placements.enums import Decision, EndReason, FollowUpMode
from placements.models import ClockSuspension, Employment, EmploymentVerification, FollowUpAgreement, Match
from privacy.audit import record_access
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, ProjectFactory, SiteFactory, user_with
from tests.factories.crowds import a_crowd, ago
from tests.factories.documents import a_document_row, a_text
from tests.factories.esf import a_participant, entered
from tests.factories.runs import a_sent_run
from tests.factories.worlds import Belongings

# Longer ago than anything that the world tells.
BEFORE = 900


def fill(user: User, things: Belongings, start: int, stop: int) -> None:
    """The rows numbered from `start` to `stop`: colleagues, cases, firms… and below each thing of the world."""
    colleagues = [_colleague(user, number) for number in range(start, stop)]
    for number, colleague in zip(range(start, stop), colleagues, strict=True):
        _around_the_house(user, things, number)
        _around_the_firm(user, things, number)
        _around_the_case(user, things["case_id"], things["company_id"], number)
        _around_the_sessions(user, things, number)
        _around_the_operation(user, things, number)
        record_access(colleague, things["case_id"], "view")
    rebuild_all([things["case_id"]])
    a_crowd([user], stop - start, things["company_id"], things["vacancy_id"])
    a_crowd(colleagues, stop - start, things["company_id"], things["vacancy_id"])


def _colleague(user: User, number: int) -> User:
    organisation = user.current_organisation
    colleague = user_with(Role.JOBCOACH, organisation, last_name=f"Collègue{number:03d}")
    MembershipFactory(user=colleague, organisation=organisation, role=Role.COORDINATOR)
    return colleague


def _around_the_house(user: User, things: Belongings, number: int) -> None:
    organisation = user.current_organisation
    SiteFactory(organisation=organisation)
    ProjectFactory(organisation=organisation)
    stories.an_entry(user, on=ago(1), minutes=1)
    Partner.objects.create(organisation=organisation, name=f"Partenaire {number:03d}", kind="CPAS", refers=True)
    a_sent_run(user, things["case_id"])
    # A role held for a day, long ago: the page of somebody tells all of them.
    MembershipFactory(
        user=user,
        organisation=organisation,
        role=Role.ANALYST,
        starts_on=ago(BEFORE + number),
        ends_on=ago(BEFORE + number),
    )


def _around_the_firm(user: User, things: Belongings, number: int) -> None:
    firm: Company = things["company_id"]
    other = Company.objects.create(
        organisation=firm.organisation, name=f"Firme {number:03d}", search_key=f"firme {number:03d}", town="Dison"
    )
    for company in (firm, other):
        met = CompanyContact.objects.create(company=company, name=f"Personne {number:03d}")
        ProspectionContact.objects.create(
            organisation=firm.organisation,
            company=company,
            coach=user,
            on=ago(number % 20),
            channel="PHONE",
            met=met,
            minutes=15,
            result="CALL_BACK",
        )
        Vacancy.objects.create(
            organisation=firm.organisation,
            company=company,
            contact=met,
            title=f"Poste {number:03d}",
            search_key=f"poste {number:03d}",
            opened_on=ago(number % 20),
            contract_type="CDD",
            tasks="Trier",
        )
    VacancyRequirement.objects.create(
        vacancy=things["vacancy_id"], position=number + 1, stated=f"Exigence {number}", objectivated="Savoir lire"
    )


def _around_the_sessions(user: User, things: Belongings, number: int) -> None:
    """One more session of the series, and one more person in the session."""
    session: CollectiveSession = things["session_id"]
    owned = {"organisation": session.organisation}
    facts = {"minutes": 60, "place": "Salle 1", "capacity": 30, "leader": user}
    series = SessionSeries.objects.create(**owned, title=f"Cycle {number:03d}")
    last = CollectiveSession.objects.create(**owned, **facts, series=series, on=today(), at=time(number % 24))
    # A session of the past whose presences are still to be written down.
    former = CollectiveSession.objects.create(
        **owned, **facts, series=session.series, on=ago(number + 1), at=time(number % 24)
    )
    case = stories.a_case(user)
    a_document_row(user, session=session, kind="ATTENDANCE", template=a_text(user, "ATTENDANCE"))
    for one in (session, former, last):
        Attendance.objects.create(**owned, session=one, case=case)
    Attendance.objects.create(**owned, session=former, case=things["case_id"], state="PRESENT", minutes=60)


def _around_the_operation(user: User, things: Belongings, number: int) -> None:
    """One more participant, some of whose answers miss; one more column, form and export of their file."""
    layout: EsfFileLayout = things["layout_id"]
    owned = {"organisation": layout.organisation}
    project = things["case_id"].project
    entered(a_participant(user, project), isced=None, answers={})
    EsfFileColumn.objects.create(layout=layout, position=number + 2, header=f"Colonne {number}", source="coach")
    other = EsfFileLayout.objects.create(**owned, valid_from=ago(BEFORE + number))
    period = {"first": today(), "last": today()}
    EsfFileExport.objects.create(
        **owned, **period, layout=other, project=project, lines=1, sha256="0" * 64, exported_by=user
    )


def _around_the_case(user: User, case: CoachingCase, company: Company, number: int) -> None:
    owned: dict[str, Any] = {"organisation": case.organisation, "case": case}
    Obstacle.objects.create(case=case, kind=ObstacleKind.DEBT, identified_on=ago(number % 20), note=f"Dette {number}")
    day = ago(BEFORE + 3 * number)
    Situation.objects.create(beneficiary=case.beneficiary, kind="WORK", starts_on=day, ends_on=day, recorded_by=user)
    Evidence.objects.create(case=case, kind="OTHER", dated_on=day, label=f"Pièce {number}", uploaded_by=user)
    colleague = User.objects.filter(last_name=f"Collègue{number:03d}", current_organisation=case.organisation).get()
    text = a_text(colleague, "CONVENTION", valid_from=day)
    a_document_row(colleague, case=case, template=text, kind="CONVENTION")
    goal = Objective.objects.create(case=case, title=f"Objectif {number:03d}", set_on=ago(number % 20))
    talk = Contact.objects.create(
        **owned,
        coach=user,
        on=ago(number % 20),
        channel="PHONE",
        party="BOTH",
        company=company,
        minutes=5,
        summary="Oui.",
    )
    talk.objectives.add(goal)
    day = today() + timedelta(days=3 + number)
    Appointment.objects.create(**owned, coach=user, on=day, at=time(9))
    vacancy = Vacancy.objects.filter(title=f"Poste {number:03d}", company__name=f"Firme {number:03d}").get()
    Match.objects.create(
        **owned,
        vacancy=vacancy,
        proposed_on=ago(number % 20),
        proposed_by=user,
        rationale="Aime l’ordre.",
        person_decision=Decision.REFUSED,
        person_decided_on=today(),
        refusal_reason="Trop loin.",
    )
    job = Employment.objects.create(
        **owned,
        company=vacancy.company,
        contract_type="CDD",
        job_title="Trieur·euse",
        starts_on=ago(BEFORE + 3 * number),
        ends_on=ago(BEFORE + 3 * number),
        ended_on=ago(BEFORE + 3 * number),
        end_reason=EndReason.TERM,
        recorded_by=user,
    )
    EmploymentVerification.objects.create(
        employment=job, asked_on=job.starts_on, how="PERSON", seen_on=job.starts_on, recorded_by=user
    )
    FollowUpAgreement.objects.create(
        employment=job, mode=FollowUpMode.AGREED, agreed_on=job.starts_on, recorded_by=user
    )
    ClockSuspension.objects.create(
        case=case,
        reason="ILLNESS",
        starts_on=ago(BEFORE + 3 * number + 1),
        ends_on=ago(BEFORE + 3 * number + 1),
        evidence="certificat",
        state="APPROVED",
        requested_by=user,
        decided_by=user,
        decided_on=today(),
    )

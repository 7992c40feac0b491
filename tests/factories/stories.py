"""Cases in each phase, told through the real services, so that a test starts from a state that can exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Role
from accounts.models import Absence, ClosingDay, Organisation, Project, Site, User
from accounts.services.absences import AbsencePlan, declare_absence
from beneficiaries.enums import EligibilityRegime, EvidenceKind, ExceptionCode
from beneficiaries.models import Beneficiary, CoachingCase, EligibilityCheck, Evidence, ExceptionRequest, Situation
from beneficiaries.rules.agreements import opening_agreements
from beneficiaries.rules.situations import SituationKind
from beneficiaries.selectors.eligibility import regime_of
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.exceptions import ExceptionStatement, ask_exception, decide_exception
from beneficiaries.services.papers import PaperStatement, add_evidence
from beneficiaries.services.path import EligibilityStatement, check_coachability, check_eligibility, sign_agreement
from beneficiaries.services.people import create_beneficiary
from beneficiaries.services.phases import exit_case, start_prehire
from beneficiaries.services.situations import SituationStatement, add_situation
from employers.models import Company, ProspectionContact, Vacancy
from employers.services.companies import Visit, record_prospection, save_company
from employers.services.vacancies import Requirement, save_vacancy
from followup.models import Attendance, CollectiveSession, Contact
from followup.services.contacts import ContactStatement, record_contact
from followup.services.sessions import SessionPlan, create_series, register_people
from foundation.asking import Unconfirmed
from foundation.clock import today
from placements.enums import Decision, FollowUpMode
from placements.models import Employment, HiringAid, Match
from placements.services.hiring import FollowUpTerms, Terms, hire
from placements.services.matching import propose_match, record_employer_decision, record_person_decision
from tests.factories.accounts import OrganisationFactory, user_with
from timesheets.enums import Activity
from timesheets.models import TimeEntry
from timesheets.services import EntryStatement, add_entry

_counter = iter(range(1, 1_000_000))


def a_coach(organisation: Organisation | None = None) -> User:
    """A jobcoach, of a new organisation unless one is given."""
    return user_with(Role.JOBCOACH, organisation or OrganisationFactory())


def belonging(case: CoachingCase, *, project: Project | None = None, site: Site | None = None) -> CoachingCase:
    """The case belongs there since it opened, as if it had been said then."""
    case.belongings.update(project=project, site=site)
    case.project, case.site = project, site
    case.save()
    return case


def a_person(coach: User, **person: Any) -> Beneficiary:
    """Somebody known to the coach's organisation, with an obviously invented name."""
    number = next(_counter)
    known = {
        "first_name": "Prénom",
        "last_name": f"Exemple{number:04d}",
        "gender": "F",
        "birth_date": date(1985, 3, 4),
        "education": "CESI",
    }
    return create_beneficiary(actor=coach, **(known | person))


def a_case(coach: User, *, opened_on: date | None = None, **person: Any) -> CoachingCase:
    """An open case in the preparatory phase."""
    opening = CaseOpening(coach=coach, opened_on=opened_on or today() - timedelta(days=20))
    return open_case(beneficiary=a_person(coach, **person), opening=opening, actor=coach)


# Since when the people of these stories are registered as inoccupied jobseekers.
REGISTERED = SituationStatement(kind=SituationKind.REGISTERED, starts_on=date(2020, 1, 6))


def statement_on(case: CoachingCase, on: date, **stated: Any) -> EligibilityStatement:
    """That the person has no upper secondary diploma and is registered, proven by one paper, on a day."""
    regime = regime_of(case.organisation, on)
    criterion, paper = {
        EligibilityRegime.MIRE: ("no_cess", EvidenceKind.DIPLOMA),
        EligibilityRegime.CISP: ("at_most_cesdd", EvidenceKind.DIPLOMA),
        EligibilityRegime.HOUSE: ("house_decision", EvidenceKind.CPAS_CERTIFICATE),
    }[regime]
    defaults: dict[str, Any] = {
        "regime": regime,
        "checked_on": on,
        "criteria": [criterion],
        "evidence_kind": paper,
        "evidence_on": on,
        "situations": [REGISTERED],
    }
    return EligibilityStatement(**(defaults | stated))


def derogation_on(case: CoachingCase, on: date, **stated: Any) -> EligibilityStatement:
    """That the coordination granted a derogation to the person, beyond the quota if need be."""
    a_granted_derogation(case)
    return a_derogation(case, on, **stated)


def a_derogation(case: CoachingCase, on: date, **stated: Any) -> EligibilityStatement:
    """What is stated of a derogation, whoever granted it or not."""
    stated = {"evidence_kind": EvidenceKind.DECISION, "over_quota_confirmed": True} | stated
    return statement_on(case, on, criteria=[], is_derogation=True, derogation_reason="Décision du comité", **stated)


def a_granted_derogation(case: CoachingCase) -> ExceptionRequest:
    """A derogation asked by whoever follows the case, and granted."""
    decider = user_with(Role.COORDINATOR, case.organisation)
    asked = ExceptionStatement(reason="Décision du comité", document="Décision")
    request = ask_exception(case=case, kind=ExceptionCode.DEROGATION, statement=asked, actor=case.coach)
    return decide_exception(request=request, granted=True, on=today(), actor=decider)


def a_situation(case: CoachingCase, **stated: Any) -> Situation:
    """An integration income since the beginning of 2024."""
    defaults: dict[str, Any] = {"kind": SituationKind.RIS, "starts_on": date(2024, 1, 8)}
    return add_situation(case=case, statement=SituationStatement(**(defaults | stated)), actor=case.coach)


PDF = b"%PDF-1.4\n% rien que du texte\n%%EOF\n"


def a_file(content: bytes = PDF, name: str = "carte d’identité de Jean.pdf") -> SimpleUploadedFile:
    """What a browser sends: its name and its type are the sender's own."""
    return SimpleUploadedFile(name, content, content_type="text/html")


def a_paper(case: CoachingCase, **stated: Any) -> Evidence:
    """A certificate of the CPAS seen today, without its scan."""
    defaults: dict[str, Any] = {"kind": EvidenceKind.CPAS_CERTIFICATE, "dated_on": today()}
    return add_evidence(case=case, paper=PaperStatement(**(defaults | stated)), actor=case.coach)


def check_knowingly(case: CoachingCase, statement: EligibilityStatement, actor: User | None = None) -> EligibilityCheck:
    """The check, by somebody who answers yes to what is asked about contracts that are known."""
    try:
        return check_eligibility(case=case, statement=statement, actor=actor or case.coach)
    except Unconfirmed as asked:
        answered = replace(statement, confirmed=frozenset(question.code for question in asked.questions))
        return check_eligibility(case=case, statement=answered, actor=actor or case.coach)


def made_ready(case: CoachingCase, on: date | None = None) -> CoachingCase:
    """The case with everything that opens pre-hire, on a day (the opening by default)."""
    on = on or case.opened_on
    actor = case.coach
    check_knowingly(case, statement_on(case, on))
    check_coachability(case=case, volunteer=True, informed=True, available=True, ordinary_job=True, on=on, actor=actor)
    for kind in opening_agreements(on):
        sign_agreement(case=case, kind=kind, signed_on=on, actor=actor)
    return CoachingCase.objects.get(pk=case.pk)


def in_prehire(coach: User, *, since: date | None = None, opened_on: date | None = None, **person: Any) -> CoachingCase:
    """A case in pre-hire since a day (ten days ago by default)."""
    since = since or today() - timedelta(days=10)
    case = made_ready(a_case(coach, opened_on=opened_on or since, **person), since)
    start_prehire(case=case, on=since, actor=coach)
    return CoachingCase.objects.get(pk=case.pk)


def a_company(coach: User, **fields: Any) -> Company:
    """A firm of the coach's organisation."""
    name = fields.pop("name", f"Entreprise exemple {next(_counter):04d}")
    return save_company(company=Company(organisation=coach.current_organisation), actor=coach, name=name, **fields)


def a_visit(
    coach: User, *, on: date | None = None, company: Company | None = None, **stated: Any
) -> ProspectionContact:
    """Half an hour at a firm (today unless told otherwise), of no project unless one is given."""
    defaults: dict[str, Any] = {"channel": "VISIT", "minutes": 30, "result": "INTERESTED"}
    visit = Visit(on=on or today(), **(defaults | stated))
    return record_prospection(company=company or a_company(coach), visit=visit, actor=coach)


def a_vacancy(coach: User, company: Company | None = None, **fields: Any) -> Vacancy:
    """An open job with a requirement that was objectivated."""
    company = company or a_company(coach)
    defaults = {
        "title": "Magasinier·ère",
        "opened_on": today(),
        "contract_type": "CDD",
        "tasks": "Préparer les commandes\nLire les étiquettes",
    }
    return save_vacancy(
        vacancy=Vacancy(company=company),
        requirements=[Requirement("Allemand parlé", "Lit des étiquettes en allemand")],
        actor=coach,
        **(defaults | fields),
    )


def an_accepted_match(case: CoachingCase, vacancy: Vacancy | None = None, *, on: date | None = None) -> Match:
    """A job that the person and the employer both accepted, on a day (today by default)."""
    on = on or today()
    actor = case.coach
    match = propose_match(
        case=case, vacancy=vacancy or a_vacancy(actor), on=on, rationale="Aime l’ordre et la précision.", actor=actor
    )
    record_person_decision(match=match, decision=Decision.ACCEPTED, on=on, actor=actor)
    return record_employer_decision(match=match, decision=Decision.ACCEPTED, on=on, actor=actor)


def hired(
    case: CoachingCase,
    *,
    starts_on: date | None = None,
    ends_on: date | None = None,
    company: Company | None = None,
    contract_type: str = "CDI",
    mode: str = FollowUpMode.AGREED,
) -> Employment:
    """A job found by the person alone, followed from its first day (today by default); a suspension ends with it."""
    return hire(
        case=case,
        company=company or a_company(case.coach),
        terms=Terms(
            contract_type=contract_type,
            job_title="Magasinier·ère",
            starts_on=starts_on or today(),
            ends_on=ends_on,
            confirmed=frozenset({f"suspended:{starts_on or today()}"}),
        ),
        followup=FollowUpTerms(mode=mode, agreed_on=today(), reason="Ne veut pas"),
        actor=case.coach,
    )


def in_followup(
    coach: User, *, since: date | None = None, prehire_since: date | None = None, **job: Any
) -> CoachingCase:
    """A case in follow-up since a day (five days ago by default), in a CDI unless told otherwise."""
    since = since or today() - timedelta(days=5)
    case = in_prehire(coach, since=prehire_since or since - timedelta(days=60))
    hired(case, starts_on=since, **job)
    return CoachingCase.objects.get(pk=case.pk)


def closed(coach: User, *, on: date | None = None) -> CoachingCase:
    """A case that left at the person's wish (today by default)."""
    case = in_prehire(coach)
    exit_case(case=case, on=on or today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    return CoachingCase.objects.get(pk=case.pk)


def a_contact(case: CoachingCase, *, on: date | None = None, **statement: Any) -> Contact:
    """An interview held in person with the beneficiary (today by default)."""
    defaults = {
        "on": on or today(),
        "channel": "IN_PERSON",
        "party": "BENEFICIARY",
        "minutes": 45,
        "summary": "Nous avons relu le CV.",
    }
    return record_contact(case=case, statement=ContactStatement(**(defaults | statement)), actor=case.coach)


def a_session(leader: User, *, number: int = 1, title: str = "Préparer un entretien", **plan: Any) -> CollectiveSession:
    """The first session of a weekly series (today at 14:00, ten places, unless told otherwise)."""
    defaults: dict[str, Any] = {
        "on": today(),
        "at": time(14),
        "minutes": 120,
        "place": "Salle 2, rue Inventée 3, 5000 Namur",
        "capacity": 10,
        "leader": leader,
    }
    first = SessionPlan(**(defaults | plan))
    series = create_series(title=title, aim="", first=first, number=number, actor=leader)
    found: CollectiveSession = series.sessions.order_by("on").first()
    return found


def registered(session: CollectiveSession, case: CoachingCase) -> Attendance:
    """A place in a session."""
    (attendance,) = register_people(session=session, cases=[case], actor=case.coach)
    return attendance


def an_aid(**fields: Any) -> HiringAid:
    """A hiring aid in force since 2020, unless told otherwise."""
    number = next(_counter)
    defaults: dict[str, Any] = {
        "code": f"EXEMPLE_{number}",
        "name": f"Aide exemple {number:04d}",
        "region": "WALLONIA",
        "starts_on": date(2020, 1, 1),
        "conditions": "Inoccupé·e depuis un an.",
        "source": "Texte inventé",
        "status": "ASSUMPTION",
    }
    return HiringAid.objects.create(**(defaults | fields))


def a_closing(organisation: Organisation, *, on: date, name: str = "Jour de pont") -> ClosingDay:
    """A day on which the organisation is closed."""
    row = ClosingDay(organisation=organisation, name=name, starts_on=on, ends_on=on)
    ClosingDay.objects.bulk_create([row])
    return row


def an_absence(coach: User, *, starts_on: date, days: int = 5, replacement: User | None = None, **plan: Any) -> Absence:
    """Days away, declared by the coach, with a colleague who stands in (a new one unless given)."""
    return declare_absence(
        user=coach,
        plan=AbsencePlan(
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=days - 1),
            replacement=replacement or a_coach(coach.current_organisation),
            **plan,
        ),
        actor=coach,
    )


def an_entry(coach: User, *, on: date | None = None, **statement: Any) -> TimeEntry:
    """Half an hour of administrative work (today unless told otherwise) on the coach's own sheet."""
    on = on or today()
    defaults: dict[str, Any] = {"on": on, "minutes": 30, "activity": Activity.ADMIN}
    return add_entry(month=on.replace(day=1), statement=EntryStatement(**(defaults | statement)), actor=coach)

"""Small worlds where whatever an address can name exists, told through the real services."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.enums import Role
from accounts.models import ClosingDay, Organisation, Parameter, User
from accounts.parameters import Key
from accounts.registries import takables
from accounts.services.taking_back import take_back
from beneficiaries.enums import ObstacleKind, PartnerKind
from beneficiaries.models import CoachingCase, Partner
from beneficiaries.services.path import add_obstacle, set_objective
from beneficiaries.services.people import save_partner
from documents.enums import DocumentKind
from employers.enums import ProspectionChannel, ProspectionResult
from employers.models import CompanyContact
from employers.services.companies import Visit, record_prospection, save_company_person
from esf.models import EsfFileColumn, EsfFileLayout
from followup.enums import Channel, MailState
from followup.models import CaseTask, ChecklistLine, OutboxMail
from followup.services.case_views import keep_view
from followup.services.contacts import AppointmentPlan, plan_appointment
from followup.services.digests import message_id_of
from followup.services.tasks import TaskStatement, add_task
from foundation.clock import today
from placements.enums import FollowUpMode, Idleness, SuspensionReason
from placements.rules.amendments import Change
from placements.services.amendments import Stated, amend
from placements.services.clocks import SuspensionRequest, request_suspension
from placements.services.hiring import FollowUpTerms, Terms, hire
from placements.services.idleness import IdleDays, record_idleness
from placements.services.verifying import Verification, verify_employment
from tests.factories import stories
from tests.factories.accounts import MembershipFactory, ProjectFactory, SiteFactory
from tests.factories.documents import a_kept_document, a_text
from tests.factories.esf import an_esf_project, entered
from tests.factories.runs import a_sent_run

#: what each parameter of an address names: `case_id`… `person_id` means two things, told apart by the room before it
Belongings = dict[str, Any]


def belongings(coach: User) -> Belongings:
    """One of everything that an address can name, written by `coach`: a person in follow-up, their job, its firm…"""
    organisation = coach.current_organisation
    company = stories.a_company(coach, town="Verviers", sector="G")
    person = save_company_person(
        person=CompanyContact(company=company), name="Dominique Exemple", is_reference=True, actor=coach
    )
    visit = record_prospection(
        company=company,
        visit=Visit(
            on=today(), channel=ProspectionChannel.VISIT, result=ProspectionResult.INTERESTED, minutes=30, met=person
        ),
        actor=coach,
    )
    vacancy = stories.a_vacancy(coach, company)
    case = stories.in_prehire(coach, since=today() - timedelta(days=30))
    situation = stories.a_situation(case)
    paper = stories.a_paper(case, file=stories.a_file())
    obstacle = add_obstacle(case=case, kind=ObstacleKind.MOBILITY, identified_on=today(), actor=coach)
    objective = set_objective(case=case, title="Passer le permis", set_on=today(), actor=coach)
    match = stories.an_accepted_match(case, vacancy)
    pause = SuspensionRequest(
        reason=SuspensionReason.ILLNESS, starts_on=in_days(-20), ends_on=in_days(-16), evidence="Certificat"
    )
    suspension = request_suspension(case=case, request=pause, actor=coach)
    employment = hire(
        case=case,
        company=company,
        match=match,
        terms=Terms(contract_type="CDD", job_title="Magasinier·ère", starts_on=today(), ends_on=in_days(90)),
        followup=FollowUpTerms(mode=FollowUpMode.AGREED, agreed_on=today()),
        actor=coach,
    )
    verify_employment(
        employment=employment, found=Verification(asked_on=today(), how="PERSON", seen_on=today()), actor=coach
    )
    amend(
        employment=employment,
        stated=Stated(change=Change(effective_on=today(), weekly_hours=Decimal(19)), learnt_on=today()),
        actor=coach,
    )
    idleness = record_idleness(
        employment=employment,
        stated=IdleDays(kind=Idleness.WEATHER, starts_on=in_days(3), ends_on=in_days(4), learnt_on=today()),
        actor=coach,
    )
    case = CoachingCase.objects.get(pk=case.pk)
    contact = stories.a_contact(case)
    mistaken = stories.a_contact(case)
    take_back(kind=takables["contact"], row=mistaken, reason="Noté deux fois", actor=coach)
    appointment = plan_appointment(
        case=case, plan=AppointmentPlan(on=in_days(2), channel=Channel.IN_PERSON, at=time(10)), actor=coach
    )
    session = stories.a_session(coach)
    attendance = stories.registered(session, case)
    partner = save_partner(
        partner=Partner(
            organisation=organisation, name=f"Service {case.pk.hex[:8]}", kind=PartnerKind.HOUSING, refers=True
        ),
        actor=coach,
    )
    return {
        "case_id": case,
        "spell_id": case.open_spell(),
        "belonging_id": case.belongings.get(ends_on=None),
        "beneficiaries:person_id": case.beneficiary,
        "obstacle_id": obstacle,
        "agreement_id": case.agreements.first(),
        "situation_id": situation,
        "evidence_id": paper,
        "document_id": a_kept_document(coach, case=case),
        "kept_sheet_id": a_kept_document(coach, session=session, kind=DocumentKind.ATTENDANCE),
        "template_id": a_text(coach),
        "objective_id": objective,
        "match_id": match,
        "employment_id": employment,
        "idleness_id": idleness,
        "suspension_id": suspension,
        "exception_id": suspension.request,
        "appointment_id": appointment,
        "contact_id": contact,
        "row_id": contact,
        "partner_id": partner,
        "series_id": session.series,
        "session_id": session,
        "attendance_id": attendance,
        "company_id": company,
        "employers:person_id": person,
        "visit_id": visit,
        "vacancy_id": vacancy,
        "run_id": a_sent_run(coach, case),
        "view_id": keep_view(name="Retards", pairs=[("urgency", "retard")], team=False, actor=coach),
        "task_id": a_task(case, coach),
        "line_id": a_line(case),
        "absence_id": stories.an_absence(coach, starts_on=in_days(40)),
        "mail_id": a_mail(coach),
        "entry_id": stories.an_entry(coach),
        "aid_id": stories.an_aid(),
        "parameter_id": an_own_value(organisation),
        "value_id": Parameter.objects.get(key=Key.PREHIRE_MONTHS),
        **an_operation(case),
        # Of the house, which has it on one day only, whoever makes the world.
        "closing_id": ClosingDay.objects.filter(organisation=organisation).first()
        or stories.a_closing(organisation, on=in_days(60)),
        "site_id": SiteFactory(organisation=organisation),
        "project_id": ProjectFactory(organisation=organisation),
        "user_id": coach,
        "membership_id": coach.memberships.get(role=Role.JOBCOACH),
    }


def an_operation(case: CoachingCase) -> Belongings:
    """The case is that of a participant whose entry was noted; the file of the operation has a form of its own."""
    stories.belonging(case, project=an_esf_project(case.coach, code=f"FSE-{case.pk.hex[:8]}"), site=case.site)
    entered(case)
    others = EsfFileLayout.objects.filter(organisation=case.organisation).count()
    layout = EsfFileLayout.objects.create(organisation=case.organisation, valid_from=in_days(30 + others))
    column = EsfFileColumn.objects.create(layout=layout, position=1, header="Sexe", source="gender", codes={"F": "2"})
    return {"layout_id": layout, "column_id": column}


def a_task(case: CoachingCase, coach: User) -> CaseTask:
    """Something to do about a case, in a few days."""
    due_on = today() + timedelta(days=9)
    return add_task(case=case, statement=TaskStatement(words="Rappeler le CPAS", due_on=due_on), actor=coach)


def a_line(case: CoachingCase) -> ChecklistLine:
    """Something that the organisation of a case asks in its phase."""
    phase = case.spells.order_by("sequence").last().phase
    line: ChecklistLine = ChecklistLine.objects.create(
        organisation=case.organisation, phase=phase, words=f"Expliquer le suivi, {case.pk}", starts_on=today()
    )
    return line


def a_mail(user: User) -> OutboxMail:
    """A mail that left."""
    key = f"world:{user.pk}"
    return OutboxMail.objects.create(
        organisation=user.current_organisation,
        user=user,
        dedupe_key=key,
        message_id=message_id_of(key),
        subject="[Ancrage] 1 rappel pour vous",
        body="Bonjour,",
        state=MailState.SENT,
        queued_at=timezone.now(),
        next_attempt_at=timezone.now(),
        sent_at=timezone.now(),
    )


def in_days(days: int) -> Any:
    """A day counted from today."""
    return today() + timedelta(days=days)


def an_own_value(organisation: Organisation) -> Parameter:
    """The caseload norm that the organisation set for itself. In bulk: a transaction that was seen to write values
    reads them anew at every question, and pages would seem to cost more than they do.
    """
    key = {"key": Key.CASELOAD_NORM, "organisation": organisation}
    if not Parameter.objects.filter(**key).exists():
        known = {"value": 18, "valid_from": today(), "source": "Conseil d’administration", "status": "CONFIRMED"}
        Parameter.objects.bulk_create([Parameter(**key, **known)])
    value: Parameter = Parameter.objects.get(**key)
    return value


def becomes(user: User, role: Role | None, organisation: Organisation | None = None) -> User:
    """The same person after a change of job: coach until yesterday, `role` (or nothing at all) from today on."""
    for held in user.memberships.all():
        held.ends_on = today() - timedelta(days=1)
        held.save()
    if role is not None:
        MembershipFactory(
            user=user, organisation=organisation or user.current_organisation, role=role, starts_on=today()
        )
    user.forget_roles()
    return user

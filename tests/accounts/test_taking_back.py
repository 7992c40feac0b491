"""What was typed wrong is taken back: every kind of the registry, and what each settles or refuses."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import TakenBack, User
from accounts.permissions import NotAllowed
from accounts.registries import takables
from accounts.selectors.frozen import frozen_over
from accounts.services.reasons import CorrectionRefused
from accounts.services.taking_back import TakeBackRefused, take_back
from beneficiaries.enums import ObstacleKind
from beneficiaries.models import CoachingCase, TrustAgreement
from beneficiaries.selectors.history import deeds_of, history_entries
from beneficiaries.services.path import add_obstacle, set_objective, sign_agreement
from beneficiaries.views.case_file import HEADER_RELATIONS, load_spells
from employers.enums import ProspectionChannel, ProspectionResult
from employers.models import ProspectionContact
from employers.services.companies import Visit, record_prospection
from followup.enums import Channel
from followup.models import Appointment, Attendance, CaseStatus, Contact
from followup.selectors.events import event_rows
from followup.services.consistency import differences
from followup.services.contacts import AppointmentPlan, ContactStatement, plan_appointment, record_contact
from followup.services.taking_back import move_contact
from foundation.clock import today
from inspection.file.facts import CASE_RELATIONS, whole_facts
from placements.enums import FollowUpMode
from placements.models import (
    Amendment,
    Employment,
    EmploymentVerification,
    FollowUpAgreement,
    TemporaryUnemployment,
    WorkWeek,
)
from placements.rules.amendments import Change
from placements.rules.weeks import Week, monday_of
from placements.services.amendments import Stated, amend
from placements.services.hiring import FollowUpTerms, Terms, hire
from placements.services.idleness import IdleDays, record_idleness
from placements.services.verifying import Verification, verify_employment
from placements.services.weeks import write_weeks
from tests.factories.accounts import user_with
from tests.factories.runs import a_draft, a_sent_run
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_contact,
    a_file,
    a_paper,
    a_session,
    a_vacancy,
    an_absence,
    an_accepted_match,
    an_aid,
    hired,
    in_prehire,
    registered,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)
WHY = "Erreur de saisie"


def coordinator_of(case: CoachingCase) -> User:
    return user_with(Role.COORDINATOR, case.organisation)


def an_appointment(case: CoachingCase, days: int = 2) -> Appointment:
    plan = AppointmentPlan(on=today() + days * DAY, channel=Channel.IN_PERSON, at=time(10))
    return plan_appointment(case=case, plan=plan, actor=case.coach)


def a_visit(coach: User) -> ProspectionContact:
    visit = Visit(on=today(), channel=ProspectionChannel.VISIT, result=ProspectionResult.INTERESTED, minutes=30)
    return record_prospection(company=a_company(coach), visit=visit, actor=coach)


def a_signature(case: CoachingCase) -> TrustAgreement:
    return sign_agreement(case=case, kind="CONVENTION", signed_on=today(), actor=case.coach)


def with_aid(coach: User) -> Employment:
    job = hired(in_prehire(coach), starts_on=today() + 5 * DAY)
    job.aid = an_aid()
    job.save()
    return job


def an_agreement(coach: User) -> FollowUpAgreement:
    return hired(in_prehire(coach), starts_on=today() + 5 * DAY).followup_agreement


def a_job(coach: User, contract_type: str = "CDI") -> Employment:
    return hired(in_prehire(coach, since=today() - 30 * DAY), contract_type=contract_type, starts_on=today() - 7 * DAY)


def an_amendment(coach: User) -> Amendment:
    change = Change(effective_on=today(), weekly_hours=Decimal(19))
    return amend(employment=a_job(coach), stated=Stated(change=change, learnt_on=today()), actor=coach)


def idle_days(coach: User) -> TemporaryUnemployment:
    stated = IdleDays(kind="WEATHER", starts_on=today(), ends_on=None, learnt_on=today())
    return record_idleness(employment=a_job(coach), stated=stated, actor=coach)


def a_week(coach: User) -> WorkWeek:
    job = a_job(coach, "INTERIM")
    monday = monday_of(job.starts_on)
    write_weeks(employment=job, weeks={monday: Week(monday, Decimal(0))}, seen={}, actor=coach)
    return job.weeks.get()


def a_verification(coach: User) -> EmploymentVerification:
    found = Verification(asked_on=today(), how="PERSON", seen_on=today())
    return verify_employment(employment=a_job(coach), found=found, actor=coach)


#: one of each kind, written today by its author
MADE: dict[str, Any] = {
    "signature": lambda coach: a_signature(a_case(coach)),
    "piece": lambda coach: a_paper(a_case(coach), file=a_file()),
    "frein": lambda coach: add_obstacle(
        case=a_case(coach), kind=ObstacleKind.MOBILITY, identified_on=today(), actor=coach
    ),
    "objectif": lambda coach: set_objective(case=a_case(coach), title="Permis B", set_on=today(), actor=coach),
    "contact": lambda coach: a_contact(a_case(coach)),
    "rendez-vous": lambda coach: an_appointment(a_case(coach)),
    "seance": a_session,
    "presence": lambda coach: registered(a_session(coach), a_case(coach)),
    "visite": a_visit,
    "absence": lambda coach: an_absence(coach, starts_on=today() + 40 * DAY),
    "proposition": lambda coach: an_accepted_match(in_prehire(coach), a_vacancy(coach)),
    "aide": with_aid,
    "suivi": an_agreement,
    "avenant": an_amendment,
    "chomage": idle_days,
    "semaine": a_week,
    "verification": a_verification,
}


def case_of(row: Any) -> CoachingCase | None:
    return getattr(row, "case", None) or getattr(getattr(row, "employment", None), "case", None)


@pytest.mark.parametrize("name", sorted(MADE))
def test_what_is_taken_back_is_nowhere_but_in_the_trail(name):
    coach = a_coach()
    row, kind = MADE[name](coach), takables[name]
    key, model, case = row.pk, type(row), case_of(row)
    words, back = kind.told(row).words, kind.told(row).back
    assert kind.rows(coach).filter(pk=key).exists()
    trace = take_back(kind=kind, row=row, reason=WHY, actor=coach)
    assert not kind.rows(coach).filter(pk=key).exists()
    if name != "aide":
        # No reader of any room finds a row that its table no longer holds.
        assert not model._base_manager.filter(pk=key).exists()
        gone = LogEntry.objects.get(object_pk=str(key), action=LogEntry.Action.DELETE)
        assert (gone.actor_id, gone.additional_data["reason"]) == (coach.pk, WHY)
    assert (trace.words, trace.reason, trace.taken_by, trace.taken_on) == (words, WHY, coach, today())
    assert back.startswith("/")
    assert list(differences()) == []
    if case is not None:
        assert key not in {event.pk for event in event_rows(case, coach)} or name == "aide"
        told = [deed for deed in deeds_of(case, history_entries(case)) if deed.reason == WHY]
        sentences = [sentence for deed in told for sentence, _changes in deed.sentences]
        assert f"a retiré : {words}" in sentences
        assert not any("supprimé" in sentence for sentence in sentences)


def test_every_kind_is_walked():
    assert set(MADE) == {kind.name for kind in takables}


def test_a_coach_takes_back_the_same_day_and_what_they_wrote_themselves(frozen):
    contact = a_contact(a_case(a_coach()))
    colleague = a_coach(contact.organisation)
    with pytest.raises(NotAllowed):
        take_back(kind=takables["contact"], row=contact, reason=WHY, actor=colleague)
    frozen("2025-03-04")
    with pytest.raises(NotAllowed):
        take_back(kind=takables["contact"], row=contact, reason=WHY, actor=contact.coach)
    take_back(kind=takables["contact"], row=contact, reason=WHY, actor=coordinator_of(contact.case))
    assert TakenBack.objects.get().row == contact.pk


def test_another_organisation_coordinates_nothing_here():
    contact = a_contact(a_case(a_coach()))
    with pytest.raises(NotAllowed):
        take_back(kind=takables["contact"], row=contact, reason=WHY, actor=user_with(Role.COORDINATOR))


def test_nothing_is_taken_back_without_a_reason():
    contact = a_contact(a_case(a_coach()))
    with pytest.raises(CorrectionRefused):
        take_back(kind=takables["contact"], row=contact, reason="  ", actor=contact.coach)
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_two_tabs_take_back_once():
    contact = a_contact(a_case(a_coach()))
    shown_in_the_other_tab = Contact.objects.get(pk=contact.pk)
    take_back(kind=takables["contact"], row=contact, reason=WHY, actor=contact.coach)
    with pytest.raises(TakeBackRefused, match="vient d’être retiré"):
        take_back(kind=takables["contact"], row=shown_in_the_other_tab, reason=WHY, actor=shown_in_the_other_tab.coach)
    assert TakenBack.objects.count() == 1


def answered(case: CoachingCase) -> Contact:
    appointment = an_appointment(case, days=0)
    statement = ContactStatement(
        on=today(), channel="IN_PERSON", party="BENEFICIARY", minutes=30, summary="Venu.", place="OFFICE"
    )
    return record_contact(case=case, statement=statement, actor=case.coach, appointment=appointment)


def test_the_appointment_that_a_contact_answered_waits_for_its_outcome_again():
    contact = answered(a_case(a_coach()))
    appointment = Appointment.objects.get(contact=contact)
    with pytest.raises(TakeBackRefused, match="contact est consigné"):
        take_back(kind=takables["rendez-vous"], row=appointment, reason=WHY, actor=contact.coach)
    take_back(kind=takables["contact"], row=contact, reason=WHY, actor=contact.coach)
    appointment.refresh_from_db()
    assert (appointment.state, appointment.contact_id) == ("PLANNED", None)
    status = CaseStatus.objects.get(case=contact.case_id)
    assert (status.last_contact_on, status.next_appointment_on) == (None, today())


def test_an_objective_goes_and_the_contacts_that_served_it_stay():
    contact = a_contact(a_case(a_coach()))
    goal = set_objective(case=contact.case, title="Permis B", set_on=today(), actor=contact.coach)
    contact.objectives.add(goal)
    assert list(takables["objectif"].consequences(goal)) == ["1 contact le servait : il reste, sans cet objectif."]
    take_back(kind=takables["objectif"], row=goal, reason=WHY, actor=contact.coach)
    assert list(Contact.objects.get(pk=contact.pk).objectives.all()) == []


def test_a_signature_on_which_pre_hire_rests_goes_with_the_entry_by_a_coordinator_alone():
    case = in_prehire(a_coach())
    signature = case.agreements.get(kind="CONVENTION")
    with pytest.raises(TakeBackRefused, match="repose sur cette signature"):
        take_back(kind=takables["signature"], row=signature, reason=WHY, actor=case.coach)
    take_back(kind=takables["signature"], row=signature, reason=WHY, actor=coordinator_of(case))
    case = CoachingCase.objects.get(pk=case.pk)
    assert [spell.phase for spell in case.spells.all()] == ["PREPARATORY"]
    assert CaseStatus.objects.get(case=case).prehire_deadline is None
    assert list(differences()) == []


def test_a_signature_stays_once_the_path_went_on():
    job = hired(in_prehire(a_coach()))
    signature = job.case.agreements.get(kind="CONVENTION")
    with pytest.raises(TakeBackRefused, match="a continué") as refused:
        take_back(kind=takables["signature"], row=signature, reason=WHY, actor=coordinator_of(job.case))
    assert "corrigez la signature" in refused.value.hint


def test_a_proposal_of_which_a_contract_came_stays():
    case = in_prehire(a_coach())
    match = an_accepted_match(case, a_vacancy(case.coach))
    terms = Terms(contract_type="CDI", job_title="Magasinier·ère", starts_on=today())
    followup = FollowUpTerms(mode=FollowUpMode.AGREED, agreed_on=today())
    hire(case=case, company=match.vacancy.company, match=match, terms=terms, followup=followup, actor=case.coach)
    with pytest.raises(TakeBackRefused, match="Un contrat"):
        take_back(kind=takables["proposition"], row=match, reason=WHY, actor=case.coach)


def test_the_permanent_contract_of_an_amendment_that_changed_since_holds_it():
    coach = a_coach()
    job = hired(in_prehire(coach, since=today() - 30 * DAY), contract_type="CDD", ends_on=today() + 90 * DAY)
    change = Change(effective_on=today() + DAY, becomes="CDI")
    row = amend(employment=job, stated=Stated(change=change, learnt_on=today()), actor=coach)
    row.replaced_by.cancelled_on, row.replaced_by.cancel_reason = today(), "Autre"
    row.replaced_by.save()
    with pytest.raises(TakeBackRefused, match="a changé depuis"):
        take_back(kind=takables["avenant"], row=row, reason=WHY, actor=coach)


def test_presences_go_with_their_session_and_each_case_keeps_the_trace(client):
    coach = a_coach()
    session = a_session(coach)
    places = [registered(session, a_case(coach)) for _ in range(2)]
    client.force_login(coach)
    asked = client.get(reverse("accounts:take_back", args=["seance", session.pk])).content.decode()
    # Told in the same words, once, with how many.
    assert asked.count("Part avec : inscription à la séance") == 1
    assert "× 2." in asked
    take_back(kind=takables["seance"], row=session, reason=WHY, actor=coach)
    assert not Attendance.objects.exists()
    for place in places:
        sentences = [s for deed in deeds_of(place.case, history_entries(place.case)) for s, _changes in deed.sentences]
        assert any(sentence.startswith("a retiré : inscription à la séance") for sentence in sentences)


def test_a_contact_goes_to_the_right_person_and_the_wrong_file_shows_nothing_of_them():
    coach = a_coach()
    wrong, right = a_case(coach), a_case(coach)
    contact = a_contact(wrong, on=today(), summary="Parle de sa fille.")
    goal = set_objective(case=wrong, title="Permis B", set_on=today(), actor=coach)
    contact.objectives.add(goal)
    move_contact(contact=contact, case=right, reason=WHY, actor=coach)
    moved = Contact.objects.get(pk=contact.pk)
    assert (moved.case_id, moved.coach_id, list(moved.objectives.all())) == (right.pk, coach.pk, [])
    assert CaseStatus.objects.get(case=wrong).last_contact_on is None
    assert CaseStatus.objects.get(case=right).last_contact_on == today()
    assert contact.pk not in {event.pk for event in event_rows(wrong, coach)}
    entries = history_entries(wrong)
    assert str(contact.pk) not in {entry.object_pk for entry in entries}
    assert any("a retiré" in s and deed.reason == WHY for deed in deeds_of(wrong, entries) for s, _c in deed.sentences)
    assert list(differences()) == []


def test_sent_figures_that_cover_the_day_are_named():
    case = a_case(a_coach())
    run = a_sent_run(coordinator_of(case), case)
    inside = a_contact(case, on=min(max(run.first, case.opened_on), run.last))
    reach = takables["contact"].told(inside).reach
    assert [one.url for one in frozen_over(reach, coordinator_of(case))] == [reverse("reporting:run", args=[run.pk])]
    # A coach may not open it, and is told all the same.
    assert [one.url for one in frozen_over(reach, case.coach)] == [""]


@pytest.mark.parametrize("report", ["consolidation", "activite"])
def test_figures_of_all_organisations_are_moved_wherever_they_were_sent_from(report):
    """A report over the network counted the contact too; another organisation's own did not."""
    case, other = a_case(a_coach()), a_case(a_coach())
    run = a_draft(coordinator_of(other), other)
    run.report, run.submitted_at, run.submitted_by, run.recipient = report, timezone.now(), other.coach, "FOREM"
    run.save()
    told = frozen_over(takables["contact"].told(a_contact(case, on=today())).reach, coordinator_of(case))
    assert [one.url for one in told] == ([""] if report == "consolidation" else [])
    assert all(one.words.endswith(f"par {other.organisation.short_name}") for one in told)


def test_the_inspection_reads_that_it_was_taken_back_by_whom_and_why():
    case = in_prehire(a_coach())
    obstacle = add_obstacle(case=case, kind=ObstacleKind.HEALTH, identified_on=today(), actor=case.coach)
    take_back(kind=takables["frein"], row=obstacle, reason=WHY, actor=case.coach)
    take_back(kind=takables["contact"], row=a_contact(case), reason=WHY, actor=case.coach)
    found = CoachingCase.objects.select_related(*HEADER_RELATIONS, *CASE_RELATIONS).get(pk=case.pk)
    load_spells(found)
    trail = whole_facts(found, today()).trail
    deeds = [deed for deed in trail.deeds if deed.reason == WHY]
    told = " ; ".join(sentence for deed in deeds for sentence, _changes in deed.sentences)
    assert "a retiré : frein identifié le 03/03/2025" in told
    assert "a retiré : contact (en personne) du 03/03/2025" in told
    assert {deed.actor for deed in deeds} == {case.coach.get_full_name()}

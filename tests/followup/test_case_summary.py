"""The thread of a case, and what its header says of contacts."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.path import set_objective
from beneficiaries.services.phases import exit_case, start_prehire
from employers.registries import talks_with
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from foundation.clock import today
from placements.models import Employment
from placements.services.hiring import end_employment
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_coach,
    a_company,
    a_contact,
    an_aid,
    closed,
    hired,
    in_followup,
    in_prehire,
    made_ready,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(case: CoachingCase) -> str:
    return reverse("followup:case_summary", args=[case.pk])


def thread(page_of, case, user=None, **asked) -> list[tuple[str, str]]:
    response = page_of(user or case.coach, url(case), **asked)
    return [(f"{item.on:%d/%m}", str(item.title)) for item in response.context["shown"]]


def test_everything_that_happened_newest_first(frozen, page_of):
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 2, 3))
    firm = a_company(coach, name="Atelier du Pont")
    a_contact(case, on=date(2025, 2, 10), channel="PHONE")
    a_contact(case, on=date(2025, 2, 12), outcome="NO_SHOW", minutes=0, summary="")
    job = hired(case, starts_on=date(2025, 2, 17), ends_on=date(2025, 6, 30), contract_type="CDD", company=firm)
    end_employment(employment=job, ended_on=date(2025, 2, 28), reason="RESIGNATION", actor=coach)
    case = CoachingCase.objects.get(pk=case.pk)
    planned = plan_appointment(case=case, plan=AppointmentPlan(on=date(2025, 3, 6), channel="IN_PERSON"), actor=coach)
    change_appointment(appointment=planned, state="CANCELLED", cancelled_by="PERSON", actor=coach)
    plan_appointment(case=case, plan=AppointmentPlan(on=date(2025, 3, 7), at=time(9), channel="IN_PERSON"), actor=coach)
    assert thread(page_of, case) == [
        ("07/03", "Rendez-vous prévu"),
        ("06/03", "Rendez-vous annulé"),
        ("01/03", "Phase : pré-embauche"),
        ("28/02", "Dernier jour chez Atelier du Pont (CDD)"),
        ("17/02", "Phase : suivi en entreprise"),
        ("17/02", "Phase : embauche"),
        ("17/02", "CDD chez Atelier du Pont"),
        ("12/02", "Personne absente (en personne)"),
        ("10/02", "Téléphone, avec la personne"),
        ("03/02", "Phase : pré-embauche"),
        ("03/02", "Ouverture du dossier"),
        ("03/02", "Signé : contrat de confiance"),
        ("03/02", "Signé : convention avec la personne"),
        ("03/02", "Signé : convention tripartite"),
    ]


@pytest.mark.parametrize(("status", "words"), [("CONFIRMED", ""), ("ASSUMPTION", " (à confirmer)")])
def test_a_contract_says_which_aid_its_employer_thinks_of(frozen, page_of, status, words):
    case = in_prehire(a_coach(), since=date(2025, 2, 3))
    job = hired(case, starts_on=date(2025, 2, 17))
    Employment.objects.filter(pk=job.pk).update(aid=an_aid(name="Impulsion 12 mois", status=status))
    told = page_of(case.coach, url(case)).context["shown"]
    details = {str(item.title): item.details for item in told}
    assert details[f"CDI chez {job.company.name}"] == ["aide envisagée : Impulsion 12 mois" + words]


@pytest.mark.parametrize(
    ("kind", "number"), [("contacts", 1), ("phases", 4), ("emplois", 1), ("documents", 3), ("", 9), ("autre", 9)]
)
def test_one_kind_at_a_time(frozen, page_of, kind, number):
    case = in_followup(a_coach())
    a_contact(case)
    assert len(thread(page_of, case, voir=kind)) == number


def test_a_contact_shows_its_words_its_goals_and_who_wrote_it(frozen, page_of):
    case = in_prehire(a_coach())
    goals = [set_objective(case=case, title=t, set_on=today(), actor=case.coach) for t in ("Permis B", "Garde")]
    a_contact(case, objectives=goals, summary="Nous avons cherché une crèche.", place="HOME")
    page = page_of(case.coach, url(case)).content.decode()
    for words in (
        "Nous avons cherché une crèche.",
        "objectif\u00a0: ",
        "Permis B",
        "Garde",
        "domicile",
        case.coach.get_full_name(),
    ):
        assert words in page


def badges(page_of, case) -> dict[str, str]:
    items = page_of(case.coach, url(case), voir="contacts").context["shown"]
    return {f"{item.on:%d/%m/%Y}": str(item.badge) for item in items}


def test_a_contact_after_the_24_months_is_marked(frozen, page_of):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-10")
    a_contact(case, on=date(2027, 1, 5))
    a_contact(case, on=date(2027, 1, 6))
    assert badges(page_of, case) == {"05/01/2027": "", "06/01/2027": "hors mandat"}


def test_a_contact_of_a_follow_up_in_course_is_within_the_mandate(frozen, page_of):
    frozen("2025-01-06")
    case = in_prehire(a_coach(), since=date(2025, 1, 6))
    frozen("2027-01-04")
    hired(case, starts_on=today(), ends_on=date(2027, 2, 26), contract_type="CDD")
    frozen("2027-02-10")
    a_contact(CoachingCase.objects.get(pk=case.pk), on=date(2027, 2, 8))
    assert badges(page_of, case) == {"08/02/2027": ""}


def test_a_contact_after_the_exit_is_marked(frozen, page_of):
    case = closed(a_coach(), on=date(2025, 3, 1))
    a_contact(case, on=date(2025, 2, 28))
    a_contact(case, on=date(2025, 3, 1))
    assert badges(page_of, case) == {"28/02/2025": "", "01/03/2025": "hors mandat"}


def test_a_past_appointment_without_an_outcome_says_so(frozen, page_of):
    case = in_prehire(a_coach())
    plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=case.coach)
    frozen(today() + DAY)
    assert "résultat à dire" in page_of(case.coach, url(case)).content.decode()


def test_the_header_says_when_the_next_contact_is_due_and_planned(frozen, page_of):
    case = in_prehire(a_coach(), since=today() - 10 * DAY)
    page = page_of(case.coach, url(case)).content.decode()
    assert "en retard de 3 jours" in page
    assert reverse("followup:appointment_create", args=[case.pk]) in page
    plan_appointment(
        case=case, plan=AppointmentPlan(on=today() + 2 * DAY, at=time(15, 30), channel="PHONE"), actor=case.coach
    )
    assert "05/03/2025 à 15:30" in " ".join(page_of(case.coach, url(case)).content.decode().split())


@pytest.mark.parametrize("role", [Role.JOBCOACH, Role.COORDINATOR, Role.ADMIN])
def test_the_organisation_reads_and_only_those_who_record_are_offered_to(frozen, page_of, role):
    case = in_prehire(a_coach())
    reader = user_with(role, case.organisation)
    if role is Role.JOBCOACH:
        in_prehire(reader)
    page = page_of(reader, url(case))
    assert page.status_code == 200
    offered = reverse("followup:contact_create", args=[case.pk]) in page.content.decode()
    assert offered is (role is Role.COORDINATOR)


def test_another_organisation_sees_no_such_case(frozen, page_of):
    case, stranger = in_prehire(a_coach()), a_coach()
    in_prehire(stranger)
    assert page_of(stranger, url(case)).status_code == 404
    assert page_of(user_with(Role.ANALYST, case.organisation), url(case)).status_code == 404


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_happened(frozen, page_of, number):
    case = in_followup(a_coach(), since=date(2025, 1, 6))
    goals = [set_objective(case=case, title="But", set_on=today(), actor=case.coach)]
    for n in range(number):
        a_contact(case, on=today() - n * DAY, objectives=goals)
    assert page_of(case.coach, url(case)).statements <= 13


def test_a_person_who_came_back_costs_no_more_than_the_limit(frozen, page_of):
    coach = a_coach()
    former = in_prehire(coach, since=date(2024, 9, 2))
    exit_case(case=former, on=date(2025, 2, 3), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    opening = CaseOpening(coach=coach, opened_on=date(2025, 2, 17))
    case = made_ready(open_case(beneficiary=former.beneficiary, opening=opening, actor=coach), today())
    start_prehire(case=case, on=today(), actor=coach)
    assert page_of(coach, url(case)).statements <= 15


def test_a_firm_knows_who_of_us_spoke_to_it_last(frozen):
    coach = a_coach()
    firm = a_company(coach)
    case = in_followup(coach, since=date(2025, 1, 6), company=firm)
    for on in (date(2025, 1, 20), date(2025, 2, 20)):
        a_contact(case, on=on, party="EMPLOYER", company=firm, channel="PHONE")
    a_contact(case, on=date(2025, 3, 1))
    (talk,) = talks_with([firm.pk])
    assert (talk.on, talk.coach_id, talk.how, talk.about_someone) == (date(2025, 2, 20), coach.pk, "téléphone", True)

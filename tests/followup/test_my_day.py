"""Ma journée: who comes first, in which words, with what at hand."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.phases import exit_case
from employers.models import ProspectionContact
from followup.services.contacts import AppointmentPlan, plan_appointment
from followup.services.drafts import Opening, save_draft
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_contact,
    hired,
    in_followup,
    in_prehire,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def day(page_of):
    return lambda user: page_of(user, reverse("followup:my_day")).context["day"]


def groups(day_) -> dict[str, list[str]]:
    return {g.code.value: [n.case.beneficiary.last_name for n in g.needs] for g in day_.groups}


def kinds(day_) -> dict[str, str]:
    return {str(r.kind): r.urgency.value for g in day_.groups for n in g.needs for r in n.reasons}


def sentences(day_) -> list[str]:
    return [f"{r.words} – {r.when}" for g in day_.groups for n in g.needs for r in n.reasons]


@pytest.mark.parametrize(
    ("since", "group"),
    [(22, "very_late"), (21, "late"), (8, "late"), (7, "today"), (6, "this_week"), (0, "this_week")],
)
def test_a_weekly_contact_by_how_late_it_is(frozen, day, since, group):
    coach = a_coach()
    in_prehire(coach, since=today() - since * DAY, last_name="Attendue")
    assert groups(day(coach)) == {group: ["Attendue"]}


def test_the_most_urgent_first_and_the_oldest_first_among_equals(frozen, day):
    coach = a_coach()
    for since, name in ((9, "Trois"), (40, "Un"), (12, "Deux"), (7, "Quatre")):
        in_prehire(coach, since=today() - since * DAY, last_name=name)
    assert groups(day(coach)) == {"very_late": ["Un"], "late": ["Deux", "Trois"], "today": ["Quatre"]}
    assert day(coach).pressing == 4


def test_a_person_stands_once_with_every_reason(frozen, day):
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    for ago in (9, 6, 3):
        a_contact(case, on=today() - ago * DAY, outcome="NO_SHOW", minutes=0, summary="")
    (group,) = day(coach).groups
    (need,) = group.needs
    assert [reason.kind for reason in need.reasons] == ["CONTACT", "NO_SHOWS"]
    assert sentences(day(coach)) == [
        "Premier contact à avoir – en retard de 3 semaines",
        "3 absences de suite – depuis 3 jours",
    ]


def test_the_24_months_that_end_are_to_be_prepared_then_pressing_then_used_up(frozen, day):
    frozen("2025-01-06")
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 1, 6))
    for on, group in (
        ("2026-10-05", None),
        ("2026-10-06", "later"),
        ("2027-01-06", "today"),
        ("2027-01-21", "very_late"),
    ):
        frozen(on)
        a_contact(case, on=today())
        assert kinds(day(coach)).get("PREHIRE_END") == group


def test_once_the_24_months_are_used_up_no_contact_is_asked_for(frozen, day):
    frozen("2025-01-06")
    coach = a_coach()
    in_prehire(coach, since=date(2025, 1, 6))
    frozen("2027-01-10")
    assert kinds(day(coach)) == {"PREHIRE_END": "late"}
    assert sentences(day(coach)) == [
        "Les 24 mois sont épuisés : clôturer, ou demander une prolongation – depuis 4 jours"
    ]


def test_a_fixed_term_that_ends_then_has_ended(frozen, day):
    coach = a_coach()
    firm = a_company(coach, name="Atelier du Pont")
    in_followup(coach, since=date(2025, 1, 6), ends_on=date(2025, 3, 31), contract_type="CDD", company=firm)
    assert "Fin de contrat chez Atelier du Pont : pérenniser, renouveler ou préparer la suite – dans 4 semaines" in (
        sentences(day(coach))
    )
    frozen("2025-04-03")
    assert sentences(day(coach)) == ["Le contrat est terminé : retour en pré-embauche, ou sortie – depuis 2 jours"]


def test_the_end_of_a_follow_up_calls_for_the_closing_review(frozen, day):
    coach = a_coach()
    case = in_followup(coach, since=date(2025, 1, 6))
    frozen("2025-07-01")
    a_contact(case)
    assert kinds(day(coach)).get("FOLLOW_UP_END") == "this_week"
    frozen("2025-07-08")
    assert kinds(day(coach)) == {"FOLLOW_UP_END": "late"}


def test_a_job_begun_asks_how_it_is_followed(frozen, day):
    coach = a_coach()
    case = in_prehire(coach)
    hired(case, starts_on=today() + DAY)
    frozen(today() + 2 * DAY)
    assert kinds(day(coach))["FOLLOW_UP_MISSING"] == "late"


def test_a_preparatory_phase_that_lasts(frozen, day):
    coach = a_coach()
    a_case(coach, opened_on=today() - 45 * DAY)
    assert kinds(day(coach))["INTAKE_END"] == "later"


def test_an_employer_is_due_with_a_link_that_fills_the_form(frozen, page_of):
    coach = a_coach()
    firm = a_company(coach, name="Menuiserie Exemple")
    case = in_followup(coach, since=date(2025, 1, 6), company=firm)
    page = page_of(coach, reverse("followup:my_day")).content.decode()
    assert "Prendre des nouvelles chez Menuiserie Exemple" in page
    assert f"/dossiers/{case.pk}/contacts/nouveau/?avec=employeur&amp;entreprise={firm.pk}" in page


def test_a_discreet_follow_up_never_sends_to_the_employer(frozen, day):
    coach = a_coach()
    in_followup(coach, since=date(2025, 1, 6), mode="DISCREET")
    assert "EMPLOYER" not in kinds(day(coach))


def test_appointments_of_the_day_and_those_left_without_an_outcome(frozen, page_of):
    coach = a_coach()
    case = in_prehire(coach, first_name="Aline", last_name="Exemple", phone="0470 00 00 01")
    plan_appointment(
        case=case,
        plan=AppointmentPlan(on=today(), at=time(14, 30), channel="IN_PERSON", address="Rue Inventée 3, 5000 Namur"),
        actor=coach,
    )
    page = page_of(coach, reverse("followup:my_day")).content.decode()
    assert "14:30" in page
    assert 'href="tel:+32470000001"' in page
    assert "Rue Inventée 3, 5000 Namur" in page
    frozen(today() + 2 * DAY)
    response = page_of(coach, reverse("followup:my_day"))
    (waiting,) = response.context["day"].awaiting
    words = response.content.decode()
    assert "Résultat à dire" in words
    assert f'<input type="hidden" name="appointment" value="{waiting.pk}">' in words
    for outcome in ("HELD", "ABSENT", "CANCELLED:PERSON", "CANCELLED:COACH", "CANCELLED:EMPLOYER"):
        assert f'name="act" value="{outcome}"' in words
    assert f"/contacts/nouveau/?rendez-vous={waiting.pk}&amp;" in words


def test_who_has_an_appointment_can_be_put_off_who_has_none_gets_a_day(frozen, page_of):
    coach = a_coach()
    with_, without = in_prehire(coach), in_prehire(coach)
    planned = plan_appointment(case=with_, plan=AppointmentPlan(on=today() + DAY, channel="PHONE"), actor=coach)
    page = page_of(coach, reverse("followup:my_day")).content.decode()
    assert reverse("followup:appointment_change", args=[with_.pk, planned.pk]) in page
    assert reverse("followup:appointment_create", args=[without.pk]) in page
    assert reverse("followup:appointment_create", args=[with_.pk]) not in page


def test_the_week_counts_from_monday_to_sunday_what_was_held(frozen, day):
    frozen("2025-03-05")
    coach = a_coach()
    firm, other = a_company(coach), a_company(coach)
    case = in_prehire(coach, since=date(2025, 2, 3))
    a_contact(case, on=date(2025, 3, 3), minutes=45)
    a_contact(case, on=date(2025, 3, 4), minutes=30, party="BOTH", company=firm)
    a_contact(case, on=date(2025, 3, 4), outcome="NO_SHOW", minutes=0, summary="")
    a_contact(case, on=date(2025, 3, 2), minutes=60)
    for company in (firm, other):
        ProspectionContact.objects.create(
            organisation=coach.current_organisation,
            company=company,
            coach=coach,
            on=date(2025, 3, 5),
            channel="VISIT",
            minutes=20,
            result="LEAD",
        )
    week = day(coach).week
    assert (week.starts_on, week.ends_on) == (date(2025, 3, 3), date(2025, 3, 9))
    assert (week.contacts, week.people, week.minutes) == (2, 1, 45 + 30 + 40)
    assert (week.talks, week.employers) == (3, 2)
    assert dict(week.places) == {"": 45 + 30, "COMPANY": 40}


def test_a_draft_waits_to_be_finished(frozen, page_of):
    coach = a_coach()
    case = in_prehire(coach)
    save_draft(case=case, content={"summary": "Nous"}, actor=coach, opening=Opening(uuid4()))
    assert "Brouillons à terminer" in page_of(coach, reverse("followup:my_day")).content.decode()


def test_the_people_table_shows_both_clocks_in_words(frozen, day):
    coach = a_coach()
    in_prehire(coach, since=date(2025, 1, 6), last_name="A")
    in_followup(coach, since=date(2025, 1, 6))
    rows = {row.status.phase: row for row in day(coach).people}
    assert str(rows["PRE_HIRE"].prehire) == "06/01/2027 (dans 22 mois)"
    assert str(rows["PRE_HIRE"].followup) == "–"
    assert str(rows["FOLLOW_UP"].prehire) == "à l’arrêt, contrat en cours"
    assert str(rows["FOLLOW_UP"].followup) == "06/07/2025 (dans 4 mois)"


def test_only_my_open_cases_of_my_organisation(frozen, day):
    coach = a_coach()
    gone = in_prehire(coach)
    exit_case(case=gone, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    in_prehire(a_coach(coach.current_organisation), since=today() - 30 * DAY)
    in_prehire(a_coach(), since=today() - 30 * DAY)
    assert day(coach).people == []
    assert day(coach).groups == []


def test_a_coach_without_anybody_is_told_where_to_begin(page_of):
    page = page_of(a_coach(), reverse("followup:my_day")).content.decode()
    assert "Le premier dossier est à ouvrir" in page
    assert reverse("beneficiaries:case_new") in page


def test_nobody_waits(frozen, page_of):
    coach = a_coach()
    case = a_case(coach, opened_on=today())
    a_contact(case)
    assert "Personne n’attend" in page_of(coach, reverse("followup:my_day")).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.JOBCOACH, 200),
        (Role.COORDINATOR, 200),
        (Role.ADMIN, 403),
        (Role.INSPECTOR, 403),
        (Role.ANALYST, 403),
    ],
)
def test_who_has_a_day(page_of, role, status):
    assert page_of(user_with(role), reverse("followup:my_day")).status_code == status


@pytest.mark.parametrize("number", [2, 20])
def test_the_page_costs_the_same_whatever_the_number_of_people(frozen, page_of, number):
    coach = a_coach()
    for _n in range(number):
        case = in_prehire(coach, since=today() - 20 * DAY)
        plan_appointment(case=case, plan=AppointmentPlan(on=today(), channel="PHONE"), actor=coach)
        save_draft(case=case, content={"summary": "x"}, actor=coach, opening=Opening(uuid4()))
    assert page_of(coach, reverse("followup:my_day")).statements == 13


@pytest.mark.parametrize(
    ("role", "page"),
    [
        (Role.JOBCOACH, "followup:my_day"),
        (Role.COORDINATOR, "reporting:dashboard"),
        (Role.ADMIN, "reporting:report_list"),
        (Role.INSPECTOR, "inspection:cases"),
        (Role.ANALYST, "reporting:report_list"),
    ],
)
def test_the_front_door_leads_each_role_to_its_page(page_of, role, page):
    response = page_of(user_with(role), "/")
    assert (response.status_code, response["Location"]) == (302, reverse(page))

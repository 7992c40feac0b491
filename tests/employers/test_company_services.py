"""Firms, the people in them and visits: every refusal, and what is written once however often it is sent."""

from datetime import timedelta
from uuid import uuid4

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from employers.models import Company, CompanyContact, ProspectionContact
from employers.rules.names import firm_key
from employers.selectors import similar_companies
from employers.services.companies import (
    PersonStatement,
    ProspectionRefused,
    Visit,
    record_prospection,
    register_company,
    save_company,
    save_company_person,
)
from foundation.clock import today
from foundation.persistence import InvalidFact
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company

pytestmark = pytest.mark.django_db


def a_visit(**fields):
    return Visit(**({"on": today(), "channel": "VISIT", "minutes": 30, "result": "INTERESTED"} | fields))


def test_a_firm_is_found_by_a_key_without_case_accents_or_punctuation():
    firm = a_company(a_coach(), name="L’Étoile d’Hœrmann & Fils", town="Liège")

    assert firm.search_key == "l etoile d hoermann fils liege"


@pytest.mark.parametrize(
    "typed",
    [
        "Exemple & Fils SRL",
        "Exemple et Fils",
        "SRL Exemple & Fils",
        "EXEMPLE ET FILS SPRL",
        "S.R.L. Exemple & Fils",
        "Exemple & Fils S.P.R.L.",
        "Exemple en Fils BV",
    ],
)
def test_a_firm_is_asked_about_under_any_legal_form(typed):
    coach = a_coach()
    known = a_company(coach, name="Exemple & Fils SPRL", town="Huy")
    assert known in similar_companies(coach, typed)
    assert similar_companies(coach, "Exemple et Filles") == []
    assert similar_companies(a_coach(), typed) == []


def test_a_name_that_is_a_legal_form_keeps_it():
    assert firm_key("S.A.") == "sa"
    assert firm_key("SA SPRL") != firm_key("ASBL")


@pytest.mark.parametrize("typed", ["0403.019.261", "BE 0403 019 261", "403019261"])
def test_the_enterprise_number_is_kept_as_ten_digits(typed):
    assert a_company(a_coach(), bce_number=typed).bce_number == "0403019261"


@pytest.mark.parametrize("typed", ["0403.019.262", "0403.019", "2403019261", "douze"])
def test_a_wrong_enterprise_number_is_refused_beside_its_field(typed):
    coach = a_coach()

    with pytest.raises(InvalidFact) as refusal:
        a_company(coach, bce_number=typed)

    assert (refusal.value.code, refusal.value.field) == ("bce_invalid", "bce_number")
    assert not Company.objects.exists()


def test_one_number_is_one_enterprise_and_two_organisations_may_know_it():
    coach = a_coach()
    first = a_company(coach, bce_number="0403.019.261")
    assert a_company(coach, bce_number="BE0403019261").main == first
    assert a_company(a_coach(), bce_number="0403.019.261").main is None


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMIN, Role.ANALYST])
def test_who_does_not_work_with_firms_writes_none(role):
    coach = a_coach()
    firm = a_company(coach)
    reader = user_with(role, coach.current_organisation)

    for act in (
        lambda: save_company(company=firm, actor=reader, name="Autre nom"),
        lambda: save_company_person(person=CompanyContact(company=firm), actor=reader, name="Quelqu’un"),
        lambda: record_prospection(company=firm, visit=a_visit(), actor=reader),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_nobody_writes_about_another_organisation_s_firm():
    firm = a_company(a_coach())
    stranger = a_coach()
    a_company(stranger)

    with pytest.raises(NotAllowed):
        save_company(company=firm, actor=stranger, name="Autre nom")
    with pytest.raises(NotAllowed):
        record_prospection(company=firm, visit=a_visit(), actor=stranger)


def test_a_field_that_is_not_a_firm_s_is_a_programming_error():
    coach = a_coach()

    with pytest.raises(TypeError):
        save_company(company=a_company(coach), actor=coach, search_key="x")


def test_a_firm_and_its_person_of_reference_are_written_in_one_act():
    coach = a_coach()

    firm = register_company(
        company=Company(organisation=coach.current_organisation),
        reference=PersonStatement(name="Dominique Exemple", function="gérance"),
        actor=coach,
        name="Menuiserie exemple",
    )

    person = firm.people.get()
    assert (person.name, person.is_reference) == ("Dominique Exemple", True)


def test_a_firm_is_not_written_when_its_person_is_refused():
    coach = a_coach()

    with pytest.raises(InvalidFact):
        register_company(
            company=Company(organisation=coach.current_organisation),
            reference=PersonStatement(name="Dominique", email="pas une adresse"),
            actor=coach,
            name="Menuiserie exemple",
        )

    assert not Company.objects.exists()


def test_a_new_person_of_reference_replaces_the_former_one():
    coach = a_coach()
    firm = a_company(coach)
    former = save_company_person(
        person=CompanyContact(company=firm), actor=coach, name="Ancienne référence", is_reference=True
    )

    save_company_person(person=CompanyContact(company=firm), actor=coach, name="Nouvelle", is_reference=True)

    former.refresh_from_db()
    assert not former.is_reference
    assert firm.people.get(is_reference=True).name == "Nouvelle"


@pytest.mark.parametrize("days_ago", [0, 1, 400])
def test_a_visit_of_today_or_before_is_recorded(frozen, days_ago):
    coach = a_coach()
    firm = a_company(coach)

    visit = record_prospection(company=firm, visit=a_visit(on=today() - timedelta(days=days_ago)), actor=coach)

    assert (visit.coach, visit.company, visit.organisation) == (coach, firm, coach.current_organisation)


def test_a_visit_of_tomorrow_is_refused(frozen):
    coach = a_coach()

    with pytest.raises(ProspectionRefused) as refusal:
        record_prospection(company=a_company(coach), visit=a_visit(on=today() + timedelta(days=1)), actor=coach)

    assert (refusal.value.code, refusal.value.field) == ("future", "on")


def test_a_visit_lasts():
    coach = a_coach()

    with pytest.raises(InvalidFact) as refusal:
        record_prospection(company=a_company(coach), visit=a_visit(minutes=0), actor=coach)

    assert refusal.value.field == "minutes"


def test_the_person_met_is_of_the_firm():
    coach = a_coach()
    elsewhere = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="Ailleurs")

    with pytest.raises(ProspectionRefused) as refusal:
        record_prospection(company=a_company(coach), visit=a_visit(met=elsewhere), actor=coach)

    assert (refusal.value.code, refusal.value.field) == ("other_company", "met")


def test_somebody_met_for_the_first_time_joins_the_firm():
    coach = a_coach()
    firm = a_company(coach)

    visit = record_prospection(company=firm, visit=a_visit(met_name=" Charlie Exemple "), actor=coach)

    assert visit.met == firm.people.get(name="Charlie Exemple")
    assert not visit.met.is_reference


def test_a_visit_meets_one_person_known_or_new():
    coach = a_coach()
    firm = a_company(coach)
    known = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Connue")

    with pytest.raises(ProspectionRefused) as refusal:
        record_prospection(company=firm, visit=a_visit(met=known, met_name="Nouvelle"), actor=coach)

    assert (refusal.value.code, refusal.value.field) == ("two_people", "met_name")
    assert firm.people.count() == 1


def test_a_visit_sent_twice_is_kept_once_with_its_new_person():
    coach = a_coach()
    firm = a_company(coach)
    sent = uuid4()

    first = record_prospection(company=firm, visit=a_visit(met_name="Charlie"), actor=coach, submission_id=sent)
    second = record_prospection(company=firm, visit=a_visit(met_name="Charlie"), actor=coach, submission_id=sent)

    assert first == second
    assert ProspectionContact.objects.count() == 1
    assert firm.people.count() == 1

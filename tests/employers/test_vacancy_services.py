"""Jobs and the objectivation of their requirements: every refusal, and what becomes of a job."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from employers.models import CompanyContact, Vacancy, VacancyRequirement
from employers.services.companies import save_company_person
from employers.services.vacancies import Requirement, VacancyRefused, close_vacancy, save_vacancy
from foundation.clock import today
from foundation.persistence import InvalidFact
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, a_vacancy

pytestmark = pytest.mark.django_db


def stated(vacancy):
    return [row.stated for row in vacancy.requirements.order_by("position")]


def test_a_job_belongs_to_the_organisation_of_its_firm():
    coach = a_coach()

    vacancy = a_vacancy(coach)

    assert vacancy.organisation == coach.current_organisation
    assert vacancy.state == "OPEN"


def test_a_job_is_not_announced_tomorrow(frozen):
    coach = a_coach()

    with pytest.raises(VacancyRefused) as refusal:
        a_vacancy(coach, opened_on=today() + timedelta(days=1))

    assert (refusal.value.code, refusal.value.field) == ("future", "opened_on")
    assert not Vacancy.objects.exists()


def test_the_person_of_reference_is_of_the_firm():
    coach = a_coach()
    elsewhere = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="Ailleurs")

    with pytest.raises(VacancyRefused) as refusal:
        a_vacancy(coach, contact=elsewhere)

    assert (refusal.value.code, refusal.value.field) == ("other_company", "contact")


@pytest.mark.parametrize(
    ("field", "value"), [("weekly_hours", "51"), ("weekly_hours", "0"), ("positions", 0), ("title", ""), ("tasks", "")]
)
def test_an_impossible_job_is_refused_beside_the_field(field, value):
    coach = a_coach()

    with pytest.raises(InvalidFact) as refusal:
        a_vacancy(coach, **{field: value})

    assert refusal.value.field == field


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMIN, Role.ANALYST])
def test_who_does_not_work_with_firms_writes_no_job(role):
    coach = a_coach()
    vacancy = a_vacancy(coach)
    reader = user_with(role, coach.current_organisation)

    with pytest.raises(NotAllowed):
        save_vacancy(vacancy=vacancy, requirements=[], actor=reader, title="Autre")
    with pytest.raises(NotAllowed):
        close_vacancy(vacancy=vacancy, state="FILLED", on=today(), actor=reader)


def test_nobody_writes_about_another_organisation_s_job():
    vacancy = a_vacancy(a_coach())
    stranger = a_coach()
    a_vacancy(stranger)

    with pytest.raises(NotAllowed):
        save_vacancy(vacancy=vacancy, requirements=[], actor=stranger, title="Autre")


def test_requirements_keep_their_order_and_rows_that_stay_keep_their_identity():
    coach = a_coach()
    vacancy = a_vacancy(coach)
    first = vacancy.requirements.get()

    save_vacancy(
        vacancy=vacancy,
        requirements=[Requirement("Permis B", "Se rend à l’atelier", negotiable=False), Requirement("Deux ans")],
        actor=coach,
    )

    assert stated(vacancy) == ["Permis B", "Deux ans"]
    first.refresh_from_db()
    assert (first.stated, first.objectivated, first.negotiable) == ("Permis B", "Se rend à l’atelier", False)


def test_a_requirement_left_out_is_gone():
    coach = a_coach()
    vacancy = a_vacancy(coach)

    save_vacancy(vacancy=vacancy, requirements=[], actor=coach)

    assert not VacancyRequirement.objects.exists()


@pytest.mark.parametrize("state", ["FILLED", "WITHDRAWN"])
def test_a_job_closes_on_a_day_and_opens_again(frozen, state):
    coach = a_coach()
    vacancy = a_vacancy(coach, opened_on=today() - timedelta(days=5))

    close_vacancy(vacancy=vacancy, state=state, on=today() - timedelta(days=5), actor=coach)
    assert (vacancy.state, vacancy.closed_on) == (state, today() - timedelta(days=5))

    close_vacancy(vacancy=vacancy, state="OPEN", on=today(), actor=coach)
    assert (vacancy.state, vacancy.closed_on) == ("OPEN", None)


@pytest.mark.parametrize(("days", "code"), [(1, "future"), (-6, "before_opening")])
def test_a_job_does_not_close_tomorrow_nor_before_it_was_announced(frozen, days, code):
    coach = a_coach()
    vacancy = a_vacancy(coach, opened_on=today() - timedelta(days=5))

    with pytest.raises(VacancyRefused) as refusal:
        close_vacancy(vacancy=vacancy, state="FILLED", on=today() + timedelta(days=days), actor=coach)

    assert (refusal.value.code, refusal.value.field) == (code, "on")
    vacancy.refresh_from_db()
    assert vacancy.state == "OPEN"

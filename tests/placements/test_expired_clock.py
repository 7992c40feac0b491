"""Once the 24 months are used up: every door to something new is shut and says what can be done; what took place stays.

The clock of these stories started on 3 March 2023: 3 March 2025 is the first day that it no longer covers.
"""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import TransitionRefused
from followup.models import Appointment, Contact
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from foundation.clock import today
from placements.models import Employment, Match
from placements.services.clocks import grant_extension
from placements.services.guards import ClockExpired
from placements.services.hiring import Terms, end_employment, hire, return_to_prehire
from placements.services.matching import propose_match
from tests.employers.pages import browser, error_beside, words
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

USED_UP = "Les 24 mois d’accompagnement sont épuisés : plus rien de nouveau ne peut commencer."
INSTEAD = "Clôturez le dossier, ou demandez une prolongation à la coordination."
DAY = timedelta(days=1)


@pytest.fixture
def coach(frozen):
    frozen("2023-03-03")
    return stories.a_coach()


@pytest.fixture
def case(coach, frozen) -> CoachingCase:
    """In pre-hire, the 24 months used up since this morning."""
    case = stories.in_prehire(coach, since=today())
    frozen("2025-03-03")
    return case


@pytest.fixture
def coordinator(coach):
    return user_with(Role.COORDINATOR, coach.current_organisation)


def at(name, case, *keys, **query):
    address = reverse(name, args=[case.pk, *keys])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def terms(starts_on, **more) -> Terms:
    return Terms(contract_type="CDI", job_title="Aide", starts_on=starts_on, **more)


def plan(on, **more) -> AppointmentPlan:
    # The last day of these 24 months is a Sunday: it is meant.
    sunday = frozenset({f"sunday:{on.isoformat()}T10:00:00"})
    return AppointmentPlan(on=on, channel="IN_PERSON", at=time(10), confirmed=sunday, **more)


# --- the doors, at the service ----------------------------------------------------------------------------------------


DOORS = {
    "propose a job": lambda case, firm: propose_match(
        case=case, vacancy=stories.a_vacancy(case.coach, firm), on=today(), rationale="Convient", actor=case.coach
    ),
    "hire today": lambda case, firm: hire(case=case, company=firm, terms=terms(today()), actor=case.coach),
    "plan a hiring": lambda case, firm: hire(case=case, company=firm, terms=terms(today() + 7 * DAY), actor=case.coach),
    "record a training": lambda case, firm: hire(
        case=case,
        company=firm,
        terms=Terms(contract_type="STAGE", job_title="Aide", starts_on=today(), ends_on=today() + 14 * DAY),
        actor=case.coach,
    ),
    "fix a day": lambda case, firm: plan_appointment(case=case, plan=plan(today()), actor=case.coach),
    "fix a day later": lambda case, firm: plan_appointment(case=case, plan=plan(today() + DAY), actor=case.coach),
    "with the next appointment": lambda case, firm: stories.record_contact(
        case=case,
        statement=stories.ContactStatement(
            on=today(), channel="PHONE", party="BENEFICIARY", minutes=10, summary="Point."
        ),
        next_appointment=plan(today() + 7 * DAY),
        actor=case.coach,
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_shut_from_that_day_on_and_says_what_can_be_done(case, frozen, door) -> None:
    firm = stories.a_company(case.coach)
    with pytest.raises(ClockExpired) as refusal:
        DOORS[door](case, firm)
    assert (refusal.value.message, refusal.value.hint) == (USED_UP, INSTEAD)
    assert not Match.objects.exists()
    assert not Employment.objects.exists()
    assert not Appointment.objects.exists()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("door", DOORS)
def test_the_day_before_it_is_open(coach, frozen, door) -> None:
    case = stories.in_prehire(coach, since=today())
    frozen("2025-03-02")
    firm = stories.a_company(coach)
    if door in ("fix a day later", "with the next appointment"):
        # The day that is planned lies beyond.
        with pytest.raises(ClockExpired) as refusal:
            DOORS[door](case, firm)
        assert "plus rien ne se prévoit à partir du 03/03/2025" in refusal.value.message
        assert refusal.value.field == "next_on"
    else:
        assert DOORS[door](case, firm).pk


@pytest.mark.parametrize("door", DOORS)
def test_an_extension_opens_every_door_again(case, coordinator, door) -> None:
    grant_extension(case=case, months=3, reason="Maladie", document="PV", on=today(), actor=coordinator)
    case = CoachingCase.objects.get(pk=case.pk)
    assert DOORS[door](case, stories.a_company(case.coach)).pk


def test_an_appointment_is_not_moved_beyond_the_last_day(coach, frozen) -> None:
    case = stories.in_prehire(coach, since=today())
    frozen("2025-02-24")
    appointment = plan_appointment(case=case, plan=plan(today()), actor=coach)
    with pytest.raises(ClockExpired):
        change_appointment(
            appointment=appointment, state="MOVED", reason="Malade", moved_to=plan(date(2025, 3, 3)), actor=coach
        )
    appointment.refresh_from_db()
    assert appointment.state == "PLANNED"
    change_appointment(
        appointment=appointment, state="MOVED", reason="Malade", moved_to=plan(date(2025, 3, 2)), actor=coach
    )


@pytest.fixture
def after_a_job(coach, frozen) -> tuple[CoachingCase, Employment]:
    """A job of ten days ended when ten days of the 24 months were left, and nobody said how it ended for a month."""
    case = stories.in_prehire(coach, since=today())
    frozen("2025-02-21")
    job = stories.hired(case, starts_on=today(), ends_on=today() + 9 * DAY, contract_type="CDD")
    frozen("2025-04-01")
    return CoachingCase.objects.get(pk=case.pk), job


def test_nobody_goes_back_to_pre_hire_on_a_day_that_is_not_covered(after_a_job) -> None:
    case, _job = after_a_job
    with pytest.raises(TransitionRefused) as refusal:
        return_to_prehire(case=case, on=today(), reason="Contrat fini", actor=case.coach)
    assert refusal.value.code == "clock_not_expired"
    assert refusal.value.hint == INSTEAD
    assert case.open_spell().phase == "FOLLOW_UP"


def test_what_took_place_in_time_is_recorded_late(after_a_job) -> None:
    case, job = after_a_job
    end_employment(employment=job, ended_on=job.ends_on, reason="TERM", actor=case.coach)
    spell = CoachingCase.objects.get(pk=case.pk).open_spell()
    assert (spell.phase, spell.starts_on) == ("PRE_HIRE", date(2025, 3, 3))


def test_a_follow_up_whose_job_is_over_plans_nothing_either(after_a_job) -> None:
    case, _job = after_a_job
    with pytest.raises(ClockExpired):
        plan_appointment(case=case, plan=plan(today()), actor=case.coach)


def test_a_follow_up_in_course_goes_on_whatever_the_24_months(coach, frozen) -> None:
    case = stories.in_prehire(coach, since=today())
    frozen("2025-03-02")
    # Hired in time, the first day comes once the 24 months are used up.
    stories.hired(case, starts_on=date(2025, 3, 10), ends_on=date(2025, 5, 30), contract_type="CDD")
    case = CoachingCase.objects.get(pk=case.pk)
    frozen("2025-03-05")
    with pytest.raises(ClockExpired):
        plan_appointment(case=case, plan=plan(date(2025, 3, 7)), actor=coach)
    assert plan_appointment(case=case, plan=plan(date(2025, 3, 11)), actor=coach).pk


def test_a_contract_that_began_before_is_written_down_late(case) -> None:
    job = hire(case=case, company=stories.a_company(case.coach), terms=terms(date(2025, 2, 24)), actor=case.coach)
    assert job.pk
    assert CoachingCase.objects.get(pk=case.pk).status.prehire_deadline is None


# --- the doors, on the screen -----------------------------------------------------------------------------------------


def test_the_page_that_proposes_refuses_and_the_lists_do_not_offer(case, coach) -> None:
    vacancy = stories.a_vacancy(coach)
    visit = browser(coach)
    typed = {"vacancy": str(vacancy.pk), "rationale": "Aime l’ordre", "proposed_on": "3/3/2025"}
    response = visit.post(at("placements:match_create", case), typed)
    assert response.status_code == 422
    assert f"{USED_UP} {INSTEAD}" in words(response)
    assert "Aime l’ordre" in words(response)
    for page in (at("placements:case_adequacy", case), at("placements:vacancy_adequacy", vacancy)):
        assert at("placements:match_create", case) not in words(visit.get(page)), page


def test_the_page_that_hires_refuses_and_keeps_what_was_typed(case, coach) -> None:
    firm = stories.a_company(coach)
    typed = {
        "job_title": "Cariste",
        "contract_type": "CDI",
        "starts_on": "3/3/2025",
        "mode": "AGREED",
        "origin": "PERSON",
        "agreed_on": "3/3/2025",
    }
    response = browser(coach).post(at("placements:hire", case, entreprise=firm.pk), typed)
    assert response.status_code == 422
    assert f"{USED_UP} {INSTEAD}" in words(response)
    assert 'value="Cariste"' in words(response)


def test_the_page_that_fixes_a_day_refuses_beside_the_date(case, coach) -> None:
    typed = {"next_on": "10/3/2025", "next_at": "10:00", "minutes": "45", "channel": "IN_PERSON"}
    response = browser(coach).post(at("followup:appointment_create", case), typed)
    assert f"{USED_UP} {INSTEAD}" in error_beside(response, "next_on")


def test_the_page_that_records_offers_no_next_appointment(case, coach) -> None:
    shown = words(browser(coach).get(at("followup:contact_create", case)))
    assert "Contact hors mandat" in shown
    assert 'name="next_on"' not in shown


def test_the_page_that_goes_back_to_pre_hire_refuses_with_what_can_be_done(after_a_job, coach) -> None:
    case, _job = after_a_job
    visit = browser(coach)
    assert at("placements:return_to_prehire", case) not in words(visit.get(at("placements:case_jobs", case)))
    response = visit.post(at("placements:return_to_prehire", case), {"on": "1/4/2025", "reason": "Contrat fini"})
    assert response.status_code == 422
    assert INSTEAD in words(response)


# --- what the case says at its top ------------------------------------------------------------------------------------

TABS = ("followup:case_summary", "beneficiaries:case_path", "placements:case_jobs", "placements:case_clock")


@pytest.mark.parametrize("tab", [*TABS, "beneficiaries:case_history"])
def test_every_tab_says_it_under_the_head_with_what_can_be_done(case, coach, coordinator, tab) -> None:
    for user, extends in ((coach, False), (coordinator, True)):
        shown = words(browser(user).get(at(tab, case)))
        # The lines that stay come first; what follows is read before anything of the tab.
        assert shown.index("</h1>") < shown.index(USED_UP) < shown.index('class="case-tab"')
        assert "Depuis le 03/03/2025 (aujourd’hui)" in shown
        assert at("beneficiaries:case_exit", case) in shown
        assert (at("placements:extension_grant", case) in shown) is extends
        assert (at("placements:extension_ask", case) in shown) is not extends
        assert at("followup:appointment_create", case) not in shown


def test_who_only_reads_is_told_what_the_others_can_do(case) -> None:
    reader = user_with(Role.ADMIN, case.organisation)
    shown = words(browser(reader).get(at("placements:case_jobs", case)))
    assert f"{USED_UP}" in shown
    assert INSTEAD in shown
    assert at("beneficiaries:case_exit", case) not in shown


def test_the_day_before_and_after_an_extension_nothing_is_said(coach, coordinator, frozen) -> None:
    case = stories.in_prehire(coach, since=today())
    frozen("2025-03-02")
    assert USED_UP not in words(browser(coach).get(at("placements:case_jobs", case)))
    frozen("2025-03-03")
    grant_extension(case=case, months=1, reason="Maladie", document="PV", on=today(), actor=coordinator)
    assert USED_UP not in words(browser(coach).get(at("placements:case_jobs", case)))


# --- what took place --------------------------------------------------------------------------------------------------


def test_a_contact_is_recorded_from_the_screen_and_marked_outside_the_mandate(case, coach, frozen) -> None:
    frozen("2025-03-10")
    visit = browser(coach)
    for day, minutes in (("2/3/2025", "30"), ("10/3/2025", "45")):
        typed = {
            "on": day,
            "channel": "PHONE",
            "party": "BENEFICIARY",
            "outcome": "HELD",
            "minutes": minutes,
            "summary": f"Appel du {day}.",
        }
        assert visit.post(at("followup:contact_create", case), typed).status_code == 302
    shown = words(visit.get(at("followup:case_summary", case)))
    before, after = shown.index("Appel du 2/3/2025."), shown.index("Appel du 10/3/2025.")
    assert shown.count("hors mandat</span>") == 1
    # The newest first: the mark stands with the later one.
    assert after < before
    assert shown.index("hors mandat</span>") < after

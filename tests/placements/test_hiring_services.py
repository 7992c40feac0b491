"""Hiring and its consequences: phases, both clocks, the status of the case, and every refusal."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from employers.models import CompanyContact
from employers.services.companies import save_company_person
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.clock import today
from foundation.persistence import InvalidFact
from placements.models import Employment, FollowUpAgreement
from placements.selectors.clocks import clock_facts
from placements.services.guards import ClockExpired, PlacementRefused
from placements.services.hiring import FollowUpTerms, Terms, agree_followup, confirm_start, hire
from tests.factories.accounts import user_with
from tests.factories.stories import (
    a_case,
    a_coach,
    a_company,
    a_vacancy,
    an_accepted_match,
    closed,
    hired,
    in_followup,
    in_prehire,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture(autouse=True)
def _statuses_stay_true():
    yield
    assert list(differences()) == []


def day(number):
    return today() + timedelta(days=number)


def terms(**fields):
    return Terms(**({"contract_type": "CDI", "job_title": "Magasinier·ère", "starts_on": today()} | fields))


def agreed(mode="AGREED", **fields):
    return FollowUpTerms(mode=mode, agreed_on=today(), reason="Ne veut pas", **fields)


def engaged(case, **fields):
    given = {"company": fields.pop("company", None) or a_company(case.coach), "actor": case.coach, "terms": terms()}
    return hire(case=case, **(given | fields))


def phases(case):
    return [(spell.phase, spell.starts_on) for spell in case.spells.order_by("sequence")][1:]


def clock(case, on=None):
    return clock_facts(CoachingCase.objects.get(pk=case.pk)).prehire(on or today())


# --- what follows from the first day


@pytest.mark.parametrize("first_day", [0, -1, -10])
def test_a_job_that_has_begun_opens_follow_up_from_its_first_day(coach, first_day):
    case = in_prehire(coach, since=day(-10))

    engaged(case, terms=terms(starts_on=day(first_day)), followup=agreed())

    assert phases(case) == [("PRE_HIRE", day(-10)), ("HIRE", day(first_day)), ("FOLLOW_UP", day(first_day))]


def test_a_job_that_begins_tomorrow_waits_in_hire(coach):
    case = in_prehire(coach, since=day(-10))

    employment = engaged(case, terms=terms(starts_on=day(1)), followup=agreed())

    assert phases(case) == [("PRE_HIRE", day(-10)), ("HIRE", today())]
    assert clock(case).state == "running"
    assert clock(case, day(1)).state == "stopped"
    assert CaseStatus.objects.get(case=case).followup_starts_on == day(1)
    assert employment.followup_agreement.mode == "AGREED"


def test_a_job_whose_follow_up_is_not_agreed_waits_in_hire_with_the_clock_stopped(coach):
    case = in_prehire(coach, since=day(-10))

    engaged(case)

    assert phases(case)[-1] == ("HIRE", today())
    assert clock(case).state == "stopped"


def test_hiring_stops_the_24_months_and_starts_the_six(coach, frozen):
    case = in_prehire(coach, since=day(-10))
    engaged(case, followup=agreed())
    frozen(day(100))

    assert (clock(case).used_days, clock(case).stopped_days, clock(case).deadline) == (10, 100, None)
    status = CaseStatus.objects.get(case=case)
    assert (status.phase, status.prehire_deadline) == ("FOLLOW_UP", None)
    assert status.followup_deadline.isoformat() == "2025-09-03"


def test_a_fixed_term_pushes_the_deadline_by_its_days(coach, frozen):
    frozen("2024-01-08")
    case = in_prehire(coach, since=today())
    frozen("2024-04-01")

    engaged(case, terms=terms(contract_type="CDD", ends_on=day(90)), followup=agreed())

    status = CaseStatus.objects.get(case=case)
    assert status.prehire_deadline.isoformat() == "2026-04-09"
    assert status.followup_deadline.isoformat() == "2024-07-01"


@pytest.mark.parametrize("kind", ["STAGE", "PFI"])
def test_training_in_a_firm_is_recorded_and_moves_nothing(coach, kind):
    case = in_prehire(coach, since=day(-10))

    engaged(case, terms=terms(contract_type=kind, ends_on=day(20)), followup=agreed())

    assert phases(case) == [("PRE_HIRE", day(-10))]
    assert clock(case).state == "running"
    assert Employment.objects.get().contract_type == kind


def test_from_one_job_to_the_next_the_case_stays_in_follow_up(coach):
    case = in_followup(coach, since=day(-30))

    engaged(case, terms=terms(contract_type="CDD", starts_on=day(3), ends_on=day(40)))

    assert phases(case)[-1] == ("FOLLOW_UP", day(-30))


def test_a_job_without_a_match_passes_through_hire_the_same_day(coach):
    case = in_prehire(coach)

    employment = engaged(case, followup=agreed())

    # Nobody said where it came from: nobody is supposed to have found it alone.
    assert (employment.match, employment.origin) == (None, "UNKNOWN")
    assert phases(case)[-2:] == [("HIRE", today()), ("FOLLOW_UP", today())]


def test_a_match_gives_its_job_to_the_contract_and_may_fill_it(coach):
    case = in_prehire(coach)
    match = an_accepted_match(case)

    employment = engaged(case, company=match.vacancy.company, match=match, fill_vacancy=True)

    assert (employment.match, employment.origin) == (match, "OURS")
    match.vacancy.refresh_from_db()
    assert (match.vacancy.state, match.vacancy.closed_on) == ("FILLED", today())


def test_a_job_with_places_left_stays_open(coach):
    case = in_prehire(coach)
    match = an_accepted_match(case, a_vacancy(coach, positions=3))

    engaged(case, company=match.vacancy.company, match=match)

    match.vacancy.refresh_from_db()
    assert match.vacancy.state == "OPEN"


# --- what is refused


def test_nobody_is_hired_before_pre_hire(coach):
    with pytest.raises(PlacementRefused) as refusal:
        engaged(a_case(coach))
    assert refusal.value.code == "too_early"


def test_nobody_is_hired_once_the_case_is_closed(coach):
    with pytest.raises(PlacementRefused) as refusal:
        engaged(closed(coach))
    assert refusal.value.code == "closed"


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"contract_type": "CDD", "ends_on": -1}, "end_before_start", "ends_on"),
        ({"contract_type": "CDI", "ends_on": 30}, "cdi_has_end", "ends_on"),
        ({"contract_type": "STAGE"}, "end_missing", "ends_on"),
        ({"contract_type": "PFI"}, "end_missing", "ends_on"),
    ],
)
def test_impossible_days_are_refused_beside_their_field(coach, fields, code, field):
    case = in_prehire(coach, since=day(-10))
    dated = {name: day(value) if isinstance(value, int) else value for name, value in fields.items()}

    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, terms=terms(**dated), followup=agreed())

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Employment.objects.exists()
    assert phases(case) == [("PRE_HIRE", day(-10))]


def test_a_contract_of_one_day_is_a_contract(coach):
    case = in_prehire(coach)

    assert engaged(case, terms=terms(contract_type="INTERIM", ends_on=today())).last_day == today()


def test_a_double_click_writes_one_contract_with_a_sentence(coach):
    case, firm = in_prehire(coach), a_company(coach)
    engaged(case, company=firm, followup=agreed())

    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, company=firm, followup=agreed())

    assert refusal.value.code == "already_hired"
    assert "rien n’a été écrit deux fois" in refusal.value.message
    assert Employment.objects.count() == FollowUpAgreement.objects.count() == 1
    assert len(phases(case)) == 3


@pytest.mark.parametrize("person", [True, False])
def test_a_match_that_both_have_not_accepted_hires_nobody(coach, person):
    case = in_prehire(coach)
    match = an_accepted_match(case)
    match.employer_decision, match.employer_decided_on = "PENDING", None
    if not person:
        match.person_decision, match.person_decided_on = "PENDING", None
    match.save()

    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, company=match.vacancy.company, match=match)

    assert refusal.value.code == "match"


def test_a_match_of_another_person_or_another_firm_hires_nobody(coach):
    case = in_prehire(coach)
    other = an_accepted_match(in_prehire(coach))
    own = an_accepted_match(case)

    with pytest.raises(PlacementRefused):
        engaged(case, company=other.vacancy.company, match=other)
    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, company=a_company(coach), match=own)
    assert refusal.value.field == "company"


def test_another_organisation_s_firm_hires_nobody(coach):
    with pytest.raises(PlacementRefused) as refusal:
        engaged(in_prehire(coach), company=a_company(a_coach()))

    assert (refusal.value.code, refusal.value.field) == ("company", "company")


def test_hours_and_title_are_checked_beside_their_field(coach):
    case = in_prehire(coach)

    for fields, field in (({"weekly_hours": 60}, "weekly_hours"), ({"job_title": " "}, "job_title")):
        with pytest.raises(InvalidFact) as refusal:
            engaged(case, terms=terms(**fields))
        assert refusal.value.field == field


@pytest.mark.parametrize(("since", "refused"), [("2023-03-03", True), ("2023-03-04", False)])
def test_nobody_is_hired_from_the_day_the_24_months_are_used_up(coach, frozen, since, refused):
    frozen(since)
    case = in_prehire(coach, since=today())
    frozen("2025-03-03")

    if refused:
        with pytest.raises(ClockExpired):
            engaged(case)
    else:
        assert engaged(case).pk


def test_a_job_that_began_before_the_deadline_is_still_recorded_after_it(coach, frozen):
    frozen("2023-03-03")
    case = in_prehire(coach, since=today())
    frozen("2025-03-10")

    engaged(case, terms=terms(starts_on=day(-8)), followup=agreed())

    assert phases(case)[-1] == ("FOLLOW_UP", day(-8))


def test_only_one_s_own_case_is_served_unless_one_coordinates(coach):
    case = in_prehire(coach)
    colleague = a_coach(coach.current_organisation)
    in_prehire(colleague)

    with pytest.raises(NotAllowed):
        engaged(case, actor=colleague)
    with pytest.raises(NotAllowed):
        engaged(case, actor=user_with(Role.INSPECTOR, coach.current_organisation))
    assert engaged(case, actor=user_with(Role.COORDINATOR, coach.current_organisation)).pk


# --- how it is followed


@pytest.mark.parametrize("mode", ["AGREED", "DISCREET", "REFUSED", "EMPLOYER", "BOTH"])
def test_each_way_of_following_opens_follow_up(coach, mode):
    case = in_prehire(coach)

    engaged(case, followup=agreed(mode))

    assert phases(case)[-1][0] == "FOLLOW_UP"
    assert FollowUpAgreement.objects.get().mode == mode


@pytest.mark.parametrize("mode", ["DISCREET", "REFUSED"])
def test_a_follow_up_that_the_employer_ignores_keeps_no_contact_in_the_firm(coach, mode):
    case, firm = in_prehire(coach), a_company(coach)
    person = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Dominique")

    employment = engaged(case, company=firm, followup=agreed(mode, contact=person))

    assert employment.followup_agreement.contact is None
    assert not case.deadlines.filter(kind="EMPLOYER").exists()


def test_the_contact_of_the_follow_up_is_of_the_firm(coach):
    person = save_company_person(person=CompanyContact(company=a_company(coach)), actor=coach, name="D’ailleurs")
    case = in_prehire(coach)

    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, followup=agreed(contact=person))

    assert (refusal.value.code, refusal.value.field) == ("contact", "contact")
    assert not Employment.objects.exists()


def test_a_follow_up_is_not_agreed_tomorrow(coach):
    case = in_prehire(coach)

    with pytest.raises(PlacementRefused) as refusal:
        engaged(case, followup=FollowUpTerms(mode="AGREED", agreed_on=day(1)))

    assert (refusal.value.code, refusal.value.field) == ("future", "agreed_on")


def test_a_follow_up_agreed_later_takes_effect_from_the_first_day_at_work(coach, frozen):
    case = in_prehire(coach)
    employment = engaged(case)
    frozen(day(4))

    agree_followup(employment=employment, followup=agreed(), actor=coach)

    assert phases(case)[-1] == ("FOLLOW_UP", day(-4))


def test_a_follow_up_agreed_before_the_first_day_waits_for_it(coach):
    case = in_prehire(coach)
    employment = engaged(case, terms=terms(starts_on=day(5)))

    agree_followup(employment=employment, followup=agreed(), actor=coach)

    assert phases(case)[-1] == ("HIRE", today())


def test_an_agreement_may_become_discreet(coach):
    case, firm = in_prehire(coach), a_company(coach)
    person = save_company_person(person=CompanyContact(company=firm), actor=coach, name="Dominique")
    employment = engaged(case, company=firm, followup=agreed(contact=person))

    agree_followup(employment=employment, followup=agreed("DISCREET"), actor=coach)

    agreement = FollowUpAgreement.objects.get()
    assert (agreement.mode, agreement.contact) == ("DISCREET", None)


def test_an_internship_agreed_while_a_hiring_is_planned_does_not_open_follow_up(coach):
    case = in_prehire(coach)
    internship = engaged(case, terms=terms(contract_type="STAGE", ends_on=day(10)))
    engaged(case, terms=terms(starts_on=day(11)))

    agree_followup(employment=internship, followup=agreed(), actor=coach)

    assert phases(case)[-1] == ("HIRE", today())


# --- the first day of a job planned earlier


def test_a_planned_job_enters_follow_up_when_its_first_day_is_confirmed(coach, frozen):
    case = in_prehire(coach)
    employment = engaged(case, terms=terms(starts_on=day(5)), followup=agreed())
    frozen(day(7))

    confirm_start(employment=employment, actor=coach)

    assert phases(case)[-1] == ("FOLLOW_UP", day(-2))


def test_a_first_day_is_not_confirmed_before_it_comes(coach, frozen):
    case = in_prehire(coach)
    employment = engaged(case, terms=terms(starts_on=day(5)), followup=agreed())
    frozen(day(4))

    with pytest.raises(PlacementRefused) as refusal:
        confirm_start(employment=employment, actor=coach)

    assert refusal.value.code == "not_started"


def test_a_first_day_is_not_confirmed_without_an_agreement(coach):
    employment = engaged(in_prehire(coach))

    with pytest.raises(PlacementRefused) as refusal:
        confirm_start(employment=employment, actor=coach)

    assert refusal.value.code == "no_agreement"


def test_confirming_twice_changes_nothing(coach):
    employment = hired(in_prehire(coach))

    confirm_start(employment=employment, actor=coach)
    confirm_start(employment=employment, actor=coach)

    assert len(phases(employment.case)) == 3

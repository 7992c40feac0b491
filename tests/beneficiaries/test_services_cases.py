"""Opening a case and handing it over: every refusal with its field, the days around each limit, what follows."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from accounts.enums import Role
from accounts.models import User
from beneficiaries.models import CaseAssignment, CoachingCase, Partner
from beneficiaries.services.cases import CaseOpening, CaseRefused, hand_over, open_case
from beneficiaries.services.people import save_partner
from beneficiaries.services.phases import exit_case
from followup.models import CaseStatus
from followup.services.consistency import differences
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from foundation.errors import DomainError
from tests.factories.accounts import ProjectFactory, SiteFactory, UserFactory, user_with
from tests.factories.asking import EVERYTHING
from tests.factories.stories import a_case, a_coach, a_person, closed, in_prehire
from tests.properties.ledger import ledger

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def refusal_of(act) -> DomainError:
    """The refusal of an act that writes nothing."""
    before = ledger()
    with pytest.raises(DomainError) as refusal:
        act()
    assert refusal.value.message
    assert ledger() == before
    return refusal.value


def opened(coach, person=None, *, actor=None, submission_id=None, **fields) -> CoachingCase:
    opening = CaseOpening(**({"coach": coach, "opened_on": today()} | fields))
    return open_case(
        beneficiary=person or a_person(coach), opening=opening, actor=actor or coach, submission_id=submission_id
    )


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_case_opens_in_the_preparatory_phase_with_its_coach(frozen):
    coach = a_coach()
    here = coach.current_organisation
    site, project = SiteFactory(organisation=here), ProjectFactory(organisation=here)
    referrer = save_partner(partner=Partner(organisation=here, name="CPAS", kind="CPAS", refers=True), actor=coach)
    case = opened(
        coach, opened_on=today() - DAY, site=site, project=project, referrer=referrer, referred_on=today() - DAY
    )
    assert (case.organisation, case.opened_on, case.closed_on, case.previous_case) == (here, today() - DAY, None, None)
    spells = case.spells.values_list("sequence", "phase", "starts_on", "ends_on", "actor")
    assert list(spells) == [(1, "PREPARATORY", today() - DAY, None, coach.pk)]
    assert list(case.assignments.values_list("coach", "starts_on", "ends_on")) == [(coach.pk, today() - DAY, None)]
    assert CaseStatus.objects.get(case=case).phase == "PREPARATORY"
    assert list(differences()) == []


def test_a_second_open_case_is_refused_with_the_name_of_who_carries_the_first(frozen):
    coach = a_coach()
    first = opened(coach)
    colleague = a_coach(coach.current_organisation)
    refusal = refusal_of(lambda: opened(colleague, first.beneficiary))
    assert isinstance(refusal, CaseRefused)
    assert (refusal.code, refusal.field) == ("already_open", None)
    assert coach.get_full_name() in refusal.message
    assert refusal.hint


@pytest.mark.parametrize(("days", "code"), [(-400, None), (-1, None), (0, None), (1, "future")])
def test_a_case_opens_today_or_earlier(frozen, days, code):
    coach = a_coach()
    person = a_person(coach)
    if code is None:
        assert opened(coach, person, opened_on=today() + days * DAY).opened_on == today() + days * DAY
    else:
        refusal = refusal_of(lambda: opened(coach, person, opened_on=today() + days * DAY))
        assert (refusal.code, refusal.field) == (code, "opened_on")


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, True), (1, False)])
def test_a_case_opens_after_the_person_was_born(frozen, days, refused):
    coach = a_coach()
    person = a_person(coach, birth_date=date(2006, 3, 3))
    if refused:
        refusal = refusal_of(lambda: opened(coach, person, opened_on=date(2006, 3, 3) + days * DAY))
        assert (refusal.code, refusal.field) == ("before_birth", "opened_on")
    else:
        assert opened(coach, person, opened_on=date(2006, 3, 3) + days * DAY, confirmed=EVERYTHING)


@pytest.mark.parametrize(("days", "refused"), [(-1, False), (0, False), (1, True)])
def test_who_referred_the_person_did_so_by_the_opening(frozen, days, refused):
    coach = a_coach()
    person, on = a_person(coach), today() - 10 * DAY
    if refused:
        refusal = refusal_of(lambda: opened(coach, person, opened_on=on, referred_on=on + days * DAY))
        assert (refusal.code, refusal.field) == ("referred_after_opening", "referred_on")
    else:
        assert opened(coach, person, opened_on=on, referred_on=on + days * DAY).referred_on == on + days * DAY


def test_two_clicks_open_one_case(frozen):
    coach, key = a_coach(), uuid4()
    person = a_person(coach)
    case = opened(coach, person, submission_id=key)
    assert case.pk == key
    assert opened(coach, person, submission_id=key) == case
    assert CoachingCase.objects.count() == 1


def test_the_key_of_another_case_opens_nothing(frozen):
    coach = a_coach()
    other, person = opened(coach), a_person(coach)
    assert refusal_of(lambda: opened(coach, person, submission_id=other.pk))


# --- who carries it ---------------------------------------------------------------------------------------------------


def left_yesterday(coach: User) -> User:
    user = a_coach(coach.current_organisation)
    user.memberships.update(ends_on=today() - DAY)
    return user


def begins_tomorrow(coach: User) -> User:
    user = a_coach(coach.current_organisation)
    user.memberships.update(starts_on=today() + DAY)
    return user


def account_closed(coach: User) -> User:
    user = a_coach(coach.current_organisation)
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


NOT_HERE = {
    "of another house": lambda coach: a_coach(),
    "left yesterday": left_yesterday,
    "begins tomorrow": begins_tomorrow,
    "account closed": account_closed,
    "admin": lambda coach: user_with(Role.ADMIN, coach.current_organisation),
    "inspector": lambda coach: user_with(Role.INSPECTOR, coach.current_organisation),
    "analyst": lambda coach: user_with(Role.ANALYST, coach.current_organisation),
    "without a role": lambda coach: UserFactory(organisation=coach.current_organisation),
}


@pytest.mark.parametrize("who", NOT_HERE)
def test_a_case_is_carried_by_somebody_who_accompanies_here(frozen, who):
    coach = a_coach()
    person, carrier = a_person(coach), NOT_HERE[who](coach)
    case, coordinator = a_case(coach), user_with(Role.COORDINATOR, coach.current_organisation)
    for act in (
        lambda: opened(carrier, person, actor=coach),
        lambda: hand_over(case=case, coach=carrier, on=today(), actor=coordinator),
    ):
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == ("coach_not_here", "coach")


def test_a_coordinator_may_carry_a_case_and_a_last_day_is_a_day_of_work(frozen):
    coach = a_coach()
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    assert opened(coordinator, a_person(coach), actor=coach).coach == coordinator
    coach.memberships.update(ends_on=today())
    assert opened(coach, a_person(coordinator), actor=coordinator).coach == coach


@pytest.mark.parametrize("what", ["site", "project", "referrer"])
def test_what_belongs_to_another_house_is_not_tied_to_a_case(frozen, what):
    coach, elsewhere = a_coach(), a_coach()
    there = elsewhere.current_organisation
    theirs = {
        "site": lambda: SiteFactory(organisation=there),
        "project": lambda: ProjectFactory(organisation=there),
        "referrer": lambda: save_partner(
            partner=Partner(organisation=there, name="CPAS", kind="CPAS", refers=True), actor=elsewhere
        ),
    }[what]()
    person = a_person(coach)
    refusal = refusal_of(lambda: opened(coach, person, **{what: theirs}))
    assert (refusal.code, refusal.field) == ("not_here", what)


# --- coming back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (1, False)])
def test_a_new_case_begins_once_the_former_one_is_over(frozen, days, refused):
    former = closed(a_coach(), on=today() - 5 * DAY)
    on = today() - 5 * DAY + days * DAY
    if refused:
        refusal = refusal_of(lambda: opened(former.coach, former.beneficiary, opened_on=on))
        assert (refusal.code, refusal.field) == ("before_former_exit", "opened_on")
        assert "26/02/2025" in refusal.message
    else:
        case = opened(former.coach, former.beneficiary, opened_on=on)
        assert case.previous_case == former
        assert case.open_spell().phase == "PREPARATORY"
        assert list(differences()) == []


def test_a_path_that_opens_and_ends_the_same_day_is_followed_by_the_next(frozen):
    coach = a_coach()
    first = opened(coach)
    exit_case(case=first, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    second = opened(coach, first.beneficiary)
    assert second.previous_case == first
    refusal = refusal_of(lambda: opened(coach, first.beneficiary))
    assert refusal.message


def test_the_former_case_is_the_last_one(frozen):
    coach = a_coach()
    former = closed(coach, on=today())
    frozen("2025-03-10")
    second = opened(coach, former.beneficiary)
    exit_case(case=second, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    frozen("2025-03-11")
    assert opened(coach, former.beneficiary).previous_case == second


# --- handing over -----------------------------------------------------------------------------------------------------


@pytest.fixture
def house(frozen):
    coach = a_coach()
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    return coach, a_coach(coach.current_organisation), coordinator


def test_a_case_passes_on_with_all_that_is_planned(house):
    coach, successor, coordinator = house
    case = in_prehire(coach)
    planned = plan_appointment(case=case, plan=AppointmentPlan(on=today() + DAY, channel="PHONE"), actor=coach)
    assignment = hand_over(case=case, coach=successor, on=today() - DAY, actor=coordinator, note="  Congé  ")
    assert (assignment.starts_on, assignment.note, assignment.actor) == (today() - DAY, "Congé", coordinator)
    assert list(CaseAssignment.objects.filter(case=case).values_list("coach", "starts_on", "ends_on")) == [
        (coach.pk, case.opened_on, today() - DAY),
        (successor.pk, today() - DAY, None),
    ]
    case.refresh_from_db()
    planned.refresh_from_db()
    assert case.coach == planned.coach == CaseStatus.objects.get(case=case).coach == successor
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("days", "code"), [(1, "future"), (0, None), (-10, None), (-11, "before_previous")], ids=lambda value: str(value)
)
def test_a_case_passes_on_since_it_was_taken_and_by_today(house, days, code):
    coach, successor, coordinator = house
    case = in_prehire(coach)  # carried for ten days
    act = lambda: hand_over(case=case, coach=successor, on=today() + days * DAY, actor=coordinator)  # noqa: E731
    if code is None:
        assert act().starts_on == today() + days * DAY
    else:
        refusal = refusal_of(act)
        assert (refusal.code, refusal.field) == (code, "on")


def test_a_case_can_change_hands_twice_in_a_day(house):
    coach, successor, coordinator = house
    case = in_prehire(coach)
    hand_over(case=case, coach=successor, on=today(), actor=coordinator)
    case.refresh_from_db()
    hand_over(case=case, coach=coach, on=today(), actor=coordinator)
    case.refresh_from_db()
    assert case.coach == coach
    assert case.assignments.filter(ends_on=None).get().coach == coach
    assert list(differences()) == []


def test_who_did_not_see_that_the_case_changed_hands_is_told(house):
    coach, successor, coordinator = house
    case, third = in_prehire(coach), a_coach(coach.current_organisation)
    hand_over(case=CoachingCase.objects.get(pk=case.pk), coach=successor, on=today(), actor=coordinator)
    refusal = refusal_of(lambda: hand_over(case=case, coach=third, on=today(), actor=coordinator))
    assert (refusal.code, refusal.field) == ("handed_over_meanwhile", "coach")
    assert successor.get_full_name() in refusal.message
    assert refusal.hint


def test_a_case_is_not_handed_to_who_carries_it_nor_once_closed(house):
    coach, successor, coordinator = house
    case = in_prehire(coach)
    refusal = refusal_of(lambda: hand_over(case=case, coach=coach, on=today(), actor=coordinator))
    assert (refusal.code, refusal.field) == ("same_coach", "coach")
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    refusal = refusal_of(lambda: hand_over(case=case, coach=successor, on=today(), actor=coordinator))
    assert (refusal.code, refusal.field) == ("closed", None)


def test_whoever_took_over_writes_and_whoever_gave_no_longer_does(house):
    coach, successor, coordinator = house
    case = in_prehire(coach)
    hand_over(case=case, coach=successor, on=today(), actor=coordinator)
    # The page that the former coach still has open shows the case as it was: what counts is the case as it is.
    refusal = refusal_of(
        lambda: exit_case(
            case=CoachingCase.objects.get(pk=case.pk),
            on=today(),
            exit_reason="MOVED",
            exit_outcome="UNKNOWN",
            actor=coach,
        )
    )
    assert refusal.code == "not_allowed"
    exit_case(
        case=CoachingCase.objects.get(pk=case.pk),
        on=today(),
        exit_reason="MOVED",
        exit_outcome="UNKNOWN",
        actor=successor,
    )

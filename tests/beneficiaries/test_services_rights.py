"""Who may not: every act on people and cases, asked by everybody who has something here or elsewhere, but not this."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts.enums import Role
from accounts.models import User
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase, Partner
from beneficiaries.services.cases import CaseOpening, hand_over, open_case
from beneficiaries.services.corrections import correct_phase_start, undo_exit
from beneficiaries.services.opening import open_first_case
from beneficiaries.services.path import (
    add_obstacle,
    change_obstacle,
    check_coachability,
    check_eligibility,
    set_objective,
    settle_objective,
    sign_agreement,
)
from beneficiaries.services.people import create_beneficiary, save_partner, update_beneficiary
from beneficiaries.services.phases import exit_case, start_prehire
from foundation.clock import today
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, user_with
from tests.factories.stories import a_case, a_coach, a_person, in_prehire, statement_on
from tests.properties.ledger import ledger

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
#: acts on a case that runs
ON_A_CASE: dict[str, Callable[[CoachingCase, User], Any]] = {
    "correct the person": lambda case, actor: update_beneficiary(case=case, actor=actor, first_name="Autre"),
    "check eligibility": lambda case, actor: check_eligibility(
        case=case, statement=statement_on(case, today()), actor=actor
    ),
    "check coachability": lambda case, actor: check_coachability(
        case=case, volunteer=True, informed=True, available=True, ordinary_job=True, on=today(), actor=actor
    ),
    "sign": lambda case, actor: sign_agreement(case=case, kind="TRIPARTITE", signed_on=today(), actor=actor),
    "add an obstacle": lambda case, actor: add_obstacle(case=case, kind="DEBT", identified_on=today(), actor=actor),
    "change an obstacle": lambda case, actor: change_obstacle(
        obstacle=case.obstacles.get(), state="LIFTED", on=today(), actor=actor
    ),
    "set a goal": lambda case, actor: set_objective(case=case, title="Permis", set_on=today(), actor=actor),
    "settle a goal": lambda case, actor: settle_objective(
        objective=case.objectives.get(), state="ACHIEVED", on=today(), actor=actor
    ),
    "start pre-hire": lambda case, actor: start_prehire(case=case, on=today(), actor=actor),
    "leave": lambda case, actor: exit_case(
        case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=actor
    ),
}
#: acts that need no case yet
IN_THE_HOUSE: dict[str, Callable[[CoachingCase, User], Any]] = {
    "come back": lambda case, actor: open_case(
        beneficiary=case.beneficiary, opening=CaseOpening(coach=case.coach, opened_on=today()), actor=actor
    ),
    "save a partner": lambda case, actor: save_partner(
        partner=Partner(organisation=case.organisation, name="CPAS", kind="CPAS"), actor=actor
    ),
}


@pytest.fixture
def case(frozen) -> CoachingCase:
    case = in_prehire(a_coach())
    add_obstacle(case=case, kind="LANGUAGE", identified_on=case.opened_on, actor=case.coach)
    set_objective(case=case, title="Un stage", set_on=case.opened_on, actor=case.coach)
    return case


def a_colleague(case: CoachingCase) -> User:
    colleague = a_coach(case.organisation)
    in_prehire(colleague)
    return colleague


def a_former_coach(case: CoachingCase) -> User:
    """Carried the case; left yesterday."""
    case.coach.memberships.update(ends_on=today() - DAY)
    return User.objects.get(pk=case.coach_id)


def a_coach_to_be(case: CoachingCase) -> User:
    """Begins tomorrow, though the case is already in their name."""
    case.coach.memberships.update(starts_on=today() + DAY)
    return User.objects.get(pk=case.coach_id)


def a_closed_account(case: CoachingCase) -> User:
    coach = User.objects.get(pk=case.coach_id)
    coach.is_active = False
    return coach


def the_coach_elsewhere(case: CoachingCase) -> User:
    """Carries the case, and works today in another house where they coordinate."""
    coach = User.objects.get(pk=case.coach_id)
    other = OrganisationFactory()
    MembershipFactory(user=coach, organisation=other, role=Role.COORDINATOR)
    coach.current_organisation = other
    return coach


def a_coach_who_coordinates_elsewhere(case: CoachingCase) -> User:
    """A colleague here, coordinator of another house: elsewhere's rights do not travel."""
    colleague = a_colleague(case)
    MembershipFactory(user=colleague, organisation=OrganisationFactory(), role=Role.COORDINATOR)
    return User.objects.get(pk=colleague.pk)


def of_another_house(role: Role) -> Callable[[CoachingCase], User]:
    def make(case: CoachingCase) -> User:
        organisation = OrganisationFactory()
        in_prehire(a_coach(organisation))
        return user_with(role, organisation)

    return make


def of_this_house(role: Role) -> Callable[[CoachingCase], User]:
    return lambda case: user_with(role, case.organisation)


def without_a_role(case: CoachingCase) -> User:
    user: User = UserFactory(organisation=case.organisation)
    return user


NOBODY_S = {
    "the coach of another house": of_another_house(Role.JOBCOACH),
    "the coordinator of another house": of_another_house(Role.COORDINATOR),
    "the admin": of_this_house(Role.ADMIN),
    "the inspector": of_this_house(Role.INSPECTOR),
    "the analyst": of_this_house(Role.ANALYST),
    "a user without a role": without_a_role,
    "the coach, the day after the last": a_former_coach,
    "the coach, the day before the first": a_coach_to_be,
    "the coach, account closed": a_closed_account,
    "the coach, at work elsewhere": the_coach_elsewhere,
}
COLLEAGUES = {"a colleague": a_colleague, "a colleague who coordinates elsewhere": a_coach_who_coordinates_elsewhere}


def all_refused(case: CoachingCase, actor: User, acts: dict[str, Callable[[CoachingCase, User], Any]]) -> None:
    """Each act is refused in a sentence and writes nothing, so that all can be asked of one case."""
    before = ledger()
    for name, act in acts.items():
        try:
            act(case, actor)
        except NotAllowed as refusal:
            told = (refusal.code, refusal.field, bool(refusal.message), bool(refusal.hint))
        else:
            told = None
        assert told == ("not_allowed", None, True, True), name
        assert ledger() == before, name


@pytest.mark.parametrize("who", NOBODY_S | COLLEAGUES)
def test_a_case_is_written_by_who_carries_it_and_by_the_coordination(case, who):
    all_refused(case, (NOBODY_S | COLLEAGUES)[who](case), ON_A_CASE)


@pytest.mark.parametrize("who", [*NOBODY_S, *COLLEAGUES, "the coach"])
def test_some_acts_are_the_coordination_s_alone(case, who):
    actors = NOBODY_S | COLLEAGUES | {"the coach": lambda case: case.coach}
    successor, actor = a_coach(case.organisation), actors[who](case)
    all_refused(
        case,
        actor,
        {
            "hand over": lambda case, actor: hand_over(case=case, coach=successor, on=today(), actor=actor),
            "correct a phase": lambda case, actor: correct_phase_start(
                spell=case.open_spell(), starts_on=today(), reason="Erreur", actor=actor
            ),
            "undo an exit": lambda case, actor: undo_exit(case=case, reason="Erreur", actor=actor),
        },
    )


@pytest.mark.parametrize("who", NOBODY_S)
def test_who_does_not_accompany_here_opens_nothing(case, who):
    all_refused(case, NOBODY_S[who](case), IN_THE_HOUSE)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
def test_who_does_not_accompany_records_nobody(case, role):
    opening, stranger = CaseOpening(coach=case.coach, opened_on=today()), {"first_name": "A", "last_name": "B"}
    all_refused(
        case,
        user_with(role, case.organisation),
        {
            "record": lambda case, actor: create_beneficiary(actor=actor, **stranger),
            "record and open": lambda case, actor: open_first_case(
                person=stranger, opening=opening, actor=actor, submission_id=uuid4()
            ),
        },
    )


def test_a_user_without_a_house_records_nobody(frozen):
    actor = UserFactory(jobcoach=True)
    actor.current_organisation = None
    with pytest.raises(NotAllowed):
        create_beneficiary(actor=actor, first_name="A", last_name="B")


@pytest.mark.parametrize("who", ["the coach", "the coordinator", "a coordinator who is also inspector"])
def test_who_may(frozen, who):
    case = a_case(a_coach())
    add_obstacle(case=case, kind="LANGUAGE", identified_on=case.opened_on, actor=case.coach)
    set_objective(case=case, title="Un stage", set_on=case.opened_on, actor=case.coach)
    actor = {
        "the coach": lambda: case.coach,
        "the coordinator": lambda: user_with(Role.COORDINATOR, case.organisation),
        "a coordinator who is also inspector": lambda: UserFactory(
            organisation=case.organisation, coordinator=True, inspector=True
        ),
    }[who]()
    for kind in ("TRUST_CONTRACT", "CONVENTION"):
        sign_agreement(case=case, kind=kind, signed_on=today(), actor=actor)
    case.refresh_from_db()
    change_first = ["change an obstacle", "settle a goal"]
    for name in (*change_first, *(name for name in ON_A_CASE if name not in change_first)):
        ON_A_CASE[name](CoachingCase.objects.get(pk=case.pk), actor)


def test_on_the_first_and_the_last_day_of_a_membership_the_coach_works(frozen, case):
    case.coach.memberships.update(starts_on=today(), ends_on=today())
    coach = User.objects.get(pk=case.coach_id)
    update_beneficiary(case=case, actor=coach, first_name="Autre")
    frozen(today() + DAY)
    all_refused(case, coach, ON_A_CASE)


def test_a_colleague_opens_the_case_of_a_person_whom_another_recorded(frozen):
    recorder = a_coach()
    person, colleague = a_person(recorder), a_coach(recorder.current_organisation)
    case = open_case(beneficiary=person, opening=CaseOpening(coach=colleague, opened_on=today()), actor=colleague)
    assert case.coach == colleague

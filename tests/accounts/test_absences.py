"""Absences: who declares, what is refused, who stands in on which day."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from auditlog.models import LogEntry
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.models import Absence, User
from accounts.permissions import NotAllowed
from accounts.selectors.absences import replacements_on
from accounts.services.absences import (
    AbsencePlan,
    AbsenceRefused,
    cancel_absence,
    change_absence,
    declare_absence,
)
from accounts.services.users import DepartureRefused, deactivate_user
from foundation.clock import today
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory, user_with
from tests.factories.stories import a_case, a_coach, an_absence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

DAY = timedelta(days=1)
FIRST, LAST = date(2025, 3, 10), date(2025, 3, 14)


@pytest.fixture
def coach() -> User:
    return a_coach()


@pytest.fixture
def other(coach) -> User:
    return a_coach(coach.current_organisation)


@pytest.fixture
def coordinator(coach) -> User:
    return user_with(Role.COORDINATOR, coach.current_organisation)


def plan(**changed) -> AbsencePlan:
    return AbsencePlan(**({"starts_on": FIRST, "ends_on": LAST} | changed))


def refusal(user, actor=None, **changed) -> AbsenceRefused:
    with pytest.raises(AbsenceRefused) as caught:
        declare_absence(user=user, plan=plan(**changed), actor=actor or user)
    assert not Absence.objects.filter(user=user, starts_on=changed.get("starts_on", FIRST)).exists()
    return caught.value


def test_a_coach_leaves_their_people_to_a_colleague(coach, other):
    a_case(coach)
    absence = declare_absence(user=coach, plan=plan(replacement=other, note=" Rappeler "), actor=coach)
    assert (absence.organisation, absence.user, absence.replacement) == (coach.current_organisation, coach, other)
    assert absence.note == "Rappeler"
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM accounts_absence")
        assert "Rappeler" not in cursor.fetchone()[0]


def test_nobody_leaves_people_alone(coach):
    a_case(coach)
    found = refusal(coach)
    assert (found.code, found.field) == ("nobody", "replacement")
    assert found.message.startswith("1 personne compte sur Camille")
    a_case(coach)
    assert refusal(coach).message.startswith("2 personnes comptent sur Camille")


def test_without_people_nobody_need_stand_in(coach):
    assert declare_absence(user=coach, plan=plan(), actor=coach).replacement is None


def test_sent_twice_it_is_one_absence(coach, other):
    key = uuid4()
    once, twice = (
        declare_absence(user=coach, plan=plan(replacement=other), actor=coach, submission_id=key) for _n in range(2)
    )
    assert once == twice
    assert Absence.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"ends_on": FIRST - DAY}, "ends_before_start", "ends_on"),
        ({"starts_on": date(2025, 2, 24), "ends_on": date(2025, 3, 2)}, "over", "ends_on"),
        ({"ends_on": date(2026, 4, 1)}, "too_long", "ends_on"),
    ],
)
def test_impossible_days(coach, changed, code, field):
    found = refusal(coach, **changed)
    assert (found.code, found.field) == (code, field)


def test_who_may_not_stand_in(coach, other):
    assert refusal(coach, replacement=coach).code == "oneself"
    assert refusal(coach, replacement=a_coach()).code == "not_here"
    assert refusal(coach, replacement=user_with(Role.ADMIN, coach.current_organisation)).code == "not_here"
    leaving = UserFactory(organisation=coach.current_organisation)
    MembershipFactory(user=leaving, organisation=coach.current_organisation, ends_on=LAST - DAY)
    assert refusal(coach, replacement=leaving).code == "not_here"
    declare_absence(user=other, plan=plan(starts_on=LAST, ends_on=LAST + 3 * DAY), actor=other)
    found = refusal(coach, replacement=other)
    assert (found.code, found.message) == ("away_too", f"{other} est en absence du 14/03/2025 au 17/03/2025.")


def test_whoever_stands_in_does_not_leave_too(coach, other):
    declare_absence(user=coach, plan=plan(replacement=other), actor=coach)
    found = refusal(other, starts_on=LAST, ends_on=LAST + 5 * DAY)
    assert (found.code, found.field) == ("stands_in", "starts_on")
    assert found.message == f"{other} remplace {coach} du 10/03/2025 au 14/03/2025."
    declare_absence(user=other, plan=plan(starts_on=LAST + DAY, ends_on=LAST + 5 * DAY), actor=other)


def test_one_absence_at_a_time(coach):
    declare_absence(user=coach, plan=plan(), actor=coach)
    found = refusal(coach, starts_on=LAST, ends_on=LAST + DAY)
    assert found.message == "Une absence du 10/03/2025 au 14/03/2025 couvre déjà une partie de ces jours."
    declare_absence(user=coach, plan=plan(starts_on=LAST + DAY, ends_on=LAST + DAY), actor=coach)


def test_the_database_refuses_two_at_once_whoever_writes(coach):
    row = {"organisation": coach.current_organisation, "user": coach, "starts_on": FIRST, "ends_on": LAST}
    Absence.objects.create(**row)
    if connection.vendor == "postgresql":
        with pytest.raises(IntegrityError), transaction.atomic():
            Absence.objects.create(**row | {"starts_on": LAST, "ends_on": LAST})
    Absence.objects.create(**row | {"cancelled_on": FIRST})
    Absence.objects.create(**row | {"organisation": OrganisationFactory()})


def test_somebody_of_two_houses_is_away_from_each(coach):
    elsewhere = OrganisationFactory()
    MembershipFactory(user=coach, organisation=elsewhere)
    declare_absence(user=coach, plan=plan(), actor=coach)
    coach.current_organisation = elsewhere
    coach.forget_roles()
    assert declare_absence(user=coach, plan=plan(), actor=coach).organisation == elsewhere


def test_who_declares(coach, other, coordinator):
    assert declare_absence(user=coach, plan=plan(), actor=coordinator).user == coach
    for actor in (other, user_with(Role.ADMIN, coach.current_organisation), user_with(Role.INSPECTOR)):
        with pytest.raises(NotAllowed):
            declare_absence(user=coach, plan=plan(starts_on=LAST + DAY, ends_on=LAST + DAY), actor=actor)
    with pytest.raises(AbsenceRefused) as caught:
        declare_absence(user=a_coach(), plan=plan(), actor=coordinator)
    assert (caught.value.code, caught.value.field) == ("not_a_coach", "user")


def test_only_ones_own_and_a_coordinators_changes(coach, other, coordinator):
    absence = an_absence(coach, starts_on=FIRST)
    for actor in (other, absence.replacement, user_with(Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            change_absence(absence=absence, plan=plan(), actor=actor)
        with pytest.raises(NotAllowed):
            cancel_absence(absence=absence, actor=actor)
    assert change_absence(absence=absence, plan=plan(ends_on=LAST + DAY, replacement=other), actor=coordinator)


def test_before_it_begins_everything_changes_in_place(coach, other):
    absence = an_absence(coach, starts_on=FIRST)
    changed = change_absence(absence=absence, plan=plan(starts_on=FIRST + DAY, replacement=other), actor=coach)
    assert (changed.pk, changed.starts_on, changed.replacement) == (absence.pk, FIRST + DAY, other)


def test_once_begun_who_stood_in_stays_known(frozen, coach, other):
    absence = an_absence(coach, starts_on=FIRST)
    first = absence.replacement
    frozen(FIRST + 2 * DAY)
    rest = change_absence(absence=absence, plan=plan(replacement=other), actor=coach)
    absence.refresh_from_db()
    assert (absence.ends_on, absence.replacement) == (FIRST + DAY, first)
    assert (rest.starts_on, rest.ends_on, rest.replacement) == (FIRST + 2 * DAY, LAST, other)
    with pytest.raises(AbsenceRefused) as caught:
        change_absence(absence=absence, plan=plan(replacement=other), actor=coach)
    assert caught.value.code == "settled"


def test_once_begun_its_first_day_is_history(frozen, coach):
    absence = an_absence(coach, starts_on=FIRST)
    frozen(FIRST + DAY)
    with pytest.raises(AbsenceRefused) as caught:
        change_absence(absence=absence, plan=plan(starts_on=FIRST + DAY), actor=coach)
    assert (caught.value.code, caught.value.field) == ("begun", "starts_on")
    longer = change_absence(
        absence=absence, plan=plan(ends_on=LAST + 7 * DAY, replacement=absence.replacement), actor=coach
    )
    assert (longer.pk, longer.ends_on) == (absence.pk, LAST + 7 * DAY)


@pytest.mark.parametrize(
    ("back", "ends_on", "cancelled"), [(-1, LAST, True), (0, LAST, True), (1, FIRST, False), (4, LAST - DAY, False)]
)
def test_somebody_stays_or_is_back_before_time(frozen, coach, back, ends_on, cancelled):
    absence = an_absence(coach, starts_on=FIRST)
    frozen(FIRST + back * DAY)
    cancel_absence(absence=absence, actor=coach)
    absence.refresh_from_db()
    assert (absence.ends_on, absence.cancelled_on is not None) == (ends_on, cancelled)
    assert today() not in {absence.starts_on, absence.ends_on} or cancelled


def test_who_stands_in_on_which_day(frozen, coach):
    absence = an_absence(coach, starts_on=FIRST)
    house, stand_in = coach.current_organisation_id, absence.replacement
    for on, found in ((FIRST - DAY, {}), (FIRST, {(house, coach.pk): stand_in}), (LAST + DAY, {})):
        assert replacements_on(on) == found
    frozen(LAST)
    assert stand_in.replaced_coaches == {coach.pk}
    frozen(LAST + DAY)
    assert stand_in.replaced_coaches == frozenset()
    stand_in.is_active = False
    stand_in.save()
    assert replacements_on(LAST) == {(house, coach.pk): None}


def test_who_is_replaced_costs_one_query(coach, django_assert_num_queries):
    absence = an_absence(coach, starts_on=today())
    with django_assert_num_queries(1):
        assert absence.replacement.replaced_coaches == {coach.pk}
        assert [one.user for one in absence.replacement.replacing] == [coach]


def test_whoever_stands_in_does_not_leave_the_house(coach):
    absence = an_absence(coach, starts_on=FIRST)
    admin = user_with(Role.ADMIN, coach.current_organisation)
    with pytest.raises(DepartureRefused) as caught:
        deactivate_user(user=absence.replacement, actor=admin)
    assert f"doit remplacer {coach} (du 10/03/2025 au 14/03/2025)" in caught.value.message
    deactivate_user(user=coach, actor=admin)
    absence.refresh_from_db()
    assert absence.cancelled_on == today()
    deactivate_user(user=absence.replacement, actor=admin)


def test_the_trail_keeps_who_and_what_but_not_the_note(coach, coordinator):
    absence = an_absence(coach, starts_on=FIRST, note="Rappeler Prénom Exemple")
    cancel_absence(absence=absence, actor=coordinator)
    trail = LogEntry.objects.get_for_object(absence).order_by("timestamp")
    assert [entry.actor for entry in trail] == [coach, coordinator]
    assert not any("Rappeler" in str(entry.changes) for entry in trail)

"""Who is called silent on the coordinator's board: whoever the inspection would say is seen too rarely on average."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from reporting.board.selectors import dashboard
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_contact, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def coach(frozen):
    return a_coach()


@pytest.fixture
def silent(coach):
    """The cases called silent on a day, and how many the board says that there are."""
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)

    def seen(on):
        board = dashboard(coordinator, on)
        return [line.status.case_id for line in board.silent], board.silent_count

    return seen


@pytest.mark.parametrize(("days", "is_silent"), [(14, False), (15, False), (16, True), (40, True)])
def test_a_case_is_silent_once_its_average_exceeds_the_tolerance(coach, silent, frozen, days, is_silent):
    """Seen in each of four weeks, then no more: 42 days for four contacts are the tolerance, the 43rd exceeds it."""
    began = frozen.today - (days + 27) * DAY
    case = in_prehire(coach, since=began, opened_on=began)
    for week in range(4):
        a_contact(case, on=began + 7 * week * DAY)
    assert silent(frozen.today) == (([case.pk], 1) if is_silent else ([], 0))


@pytest.mark.parametrize(("days", "is_silent"), [(45, False), (46, False), (47, True), (60, True)])
def test_without_any_contact_the_days_are_counted_from_the_beginning(coach, silent, frozen, days, is_silent):
    case = a_case(coach, opened_on=frozen.today - days * DAY)
    assert silent(frozen.today) == (([case.pk], 1) if is_silent else ([], 0))


def test_late_contacts_of_somebody_who_left_are_counted(coach, frozen):
    in_prehire(coach, since=frozen.today - 20 * DAY)
    coordinator = user_with(Role.COORDINATOR, coach.current_organisation)
    coach.memberships.update(ends_on=frozen.today - DAY)
    board = dashboard(coordinator, frozen.today)
    assert (board.late, [load.coach for load in board.coaches]) == (1, [])


def test_a_neighbour_s_silence_is_not_ours(coach, silent, frozen):
    in_prehire(a_coach(), since=frozen.today - 60 * DAY)
    assert silent(frozen.today) == ([], 0)

"""A coach whose role ends during the month signs on the last day there: afterwards the door is closed."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Membership
from foundation.workdays import working_days
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_contact, in_prehire
from timesheets.selectors.sheets import SheetState, sheet_of, team_sheets
from timesheets.services import SheetRefused, countersign_sheet, sign_sheet

pytestmark = pytest.mark.django_db


def test_the_last_sheet_is_signed():
    with time_machine.travel(datetime(2026, 11, 13, 16, tzinfo=ZoneInfo("Europe/Brussels")), tick=False):
        coach = a_coach()
        coach.memberships.update(ends_on=date(2026, 11, 13))
        case = in_prehire(coach, since=date(2026, 11, 2))
        a_contact(case, on=date(2026, 11, 12))
        assert sign_sheet(month=date(2026, 11, 1), typed_name=coach.get_full_name(), actor=coach)


@pytest.fixture
def leaver(frozen):
    """Somebody whose last day is Friday 13 February 2026, and who held a contact on the 12th."""
    frozen("2026-02-12")
    coach = a_coach()
    coach.memberships.update(starts_on=date(2025, 1, 1), ends_on=date(2026, 2, 13))
    a_contact(in_prehire(coach, since=date(2026, 2, 2)), on=frozen.today)
    return coach


FEBRUARY = date(2026, 2, 1)


def test_the_day_before_is_too_early_and_is_told(leaver) -> None:
    with pytest.raises(SheetRefused) as refused:
        sign_sheet(month=FEBRUARY, typed_name=leaver.get_full_name(), actor=leaver)
    assert refused.value.code == "too_early"
    assert "13/02/2026" in refused.value.message


def test_whoever_stays_in_another_role_signs_at_the_end_of_the_month(leaver, frozen) -> None:
    here = leaver.current_organisation
    Membership.objects.create(user=leaver, organisation=here, role=Role.COORDINATOR, starts_on=date(2026, 2, 16))
    frozen("2026-02-13")
    with pytest.raises(SheetRefused) as refused:
        sign_sheet(month=FEBRUARY, typed_name=leaver.get_full_name(), actor=leaver)
    assert "27/02/2026" in refused.value.message


def test_it_is_countersigned_after_they_left_and_late_when_they_did_not_sign(leaver, frozen) -> None:
    here = leaver.current_organisation
    coordinator = user_with(Role.COORDINATOR, here)
    frozen("2026-02-13")
    signature = sign_sheet(month=FEBRUARY, typed_name=leaver.get_full_name(), actor=leaver)
    frozen("2026-02-20")
    (row,) = [one for one in team_sheets(here, FEBRUARY) if one.coach == leaver]
    assert row.ends_on == date(2026, 2, 13)
    assert row.signature == signature
    assert sheet_of(leaver, here, FEBRUARY).ends_on == row.ends_on
    countersign_sheet(sheet=signature.sheet, typed_name=coordinator.get_full_name(), actor=coordinator)
    assert sheet_of(leaver, here, FEBRUARY).state(frozen.today, working_days(FEBRUARY)) is SheetState.COUNTERSIGNED

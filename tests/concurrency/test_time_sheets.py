"""Two acts on one time sheet at the same instant: nothing twice, and nothing slips in beside a signature."""

import time
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.db.models.signals import post_save

from accounts.enums import Role
from tests.concurrency.race import HELD_FOR, one_wins, race
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, an_entry
from timesheets.models import SheetSignature, TimeEntry, TimeSheet
from timesheets.selectors.sheets import sheet_of
from timesheets.services import EntryStatement, add_entry, countersign_sheet, reopen_sheet, sign_sheet

pytestmark = pytest.mark.django_db(transaction=True)

FEBRUARY, MONDAY = date(2025, 2, 1), date(2025, 2, 24)


@pytest.fixture(autouse=True)
def _rows_take_time():
    """Whoever comes meanwhile really waits."""

    def linger(**kwargs) -> None:
        time.sleep(HELD_FOR)

    models = (TimeSheet, TimeEntry, SheetSignature)
    for model in models:
        post_save.connect(linger, sender=model, dispatch_uid="tests.race.sheets", weak=False)
    yield
    for model in models:
        post_save.disconnect(sender=model, dispatch_uid="tests.race.sheets")


@pytest.fixture
def coach(frozen):
    return a_coach()


def adding(coach, **more):
    statement = EntryStatement(on=MONDAY, minutes=60, activity="ADMIN")
    return partial(add_entry, month=FEBRUARY, statement=statement, actor=coach, **more)


def test_the_first_entry_of_a_month_sent_twice_at_once_is_one(coach) -> None:
    once = adding(coach, submission_id=uuid4())
    outcomes = race(once, once)
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    assert outcomes[0].given == outcomes[1].given
    assert (TimeSheet.objects.count(), TimeEntry.objects.count()) == (1, 1)


def test_what_is_added_while_one_signs_is_signed_or_refused(coach) -> None:
    an_entry(coach, on=MONDAY)
    name = coach.get_full_name()
    outcomes = race(adding(coach), partial(sign_sheet, month=FEBRUARY, typed_name=name, actor=coach))
    assert outcomes[1].refusal is None
    refused = outcomes[0].refusal
    assert refused is None or refused.code == "signed"
    found = sheet_of(coach, coach.current_organisation, FEBRUARY)
    assert found.moved == ()
    assert len(found.lines) == (1 if refused else 2)


def test_of_two_who_countersign_one_does_and_a_reopening_comes_before_or_after(coach) -> None:
    an_entry(coach, on=MONDAY)
    signature = sign_sheet(month=FEBRUARY, typed_name=coach.get_full_name(), actor=coach)
    first, second = (user_with(role, coach.current_organisation) for role in (Role.COORDINATOR, Role.ADMIN))
    acts = [
        partial(countersign_sheet, sheet=signature.sheet, typed_name=one.get_full_name(), actor=one)
        for one in (first, second)
    ]
    winner, refusals = one_wins(race(*acts))
    assert [refusal.code for refusal in refusals] == ["countersigned"]
    reopening = partial(reopen_sheet, sheet=signature.sheet, reason="Oubli", actor=first)
    one_wins(race(reopening, reopening))
    signature.refresh_from_db()
    assert signature.countersigned_by == winner.countersigned_by

"""What is pressed on a row, through the services: done once, refused when the row is old, undone for good."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from followup.enums import AppointmentState
from followup.models import Appointment, CaseStatus, Contact, ContactDraft, Deadline, RowAct
from followup.rules.row_acts import RowActKind
from followup.selectors.row_acts import seen_of, with_writings
from followup.services.contacts import AppointmentPlan, ContactRefused, plan_appointment
from followup.services.row_acts import (
    Press,
    RowActRefused,
    keep_note,
    note_no_reply,
    postpone,
    say_outcome,
    undo,
)
from foundation.asking import Unconfirmed
from foundation.clock import today
from tests.factories.stories import a_case, a_coach, a_contact, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONDAY = "2025-03-03T09:00:00+00:00"


@pytest.fixture(autouse=True)
def _a_monday_that_ticks():
    with time_machine.travel(MONDAY):
        yield


@pytest.fixture
def coach() -> User:
    return a_coach()


@pytest.fixture
def case(coach) -> CoachingCase:
    return in_prehire(coach, since=date(2025, 2, 17))


def shown(case: CoachingCase, page=None) -> Press:
    """A press on the row as it stands now."""
    status = with_writings(CaseStatus.objects.filter(case=case)).get()
    return Press(page=page or uuid4(), key=uuid4(), seen=seen_of(status), group="late", due_on=today() - 7 * DAY)


def planned(case: CoachingCase, on: date | None = None, **plan) -> Appointment:
    stated = {"on": on or today(), "channel": "IN_PERSON", "minutes": 50, "place": "OFFICE"} | plan
    return plan_appointment(case=case, plan=AppointmentPlan(**stated), actor=case.coach)


def everything(case: CoachingCase) -> tuple:
    """What an undoing has to bring back."""
    status = CaseStatus.objects.filter(case=case).values("last_contact_on", "next_appointment_on", "no_shows_in_a_row")
    return (
        sorted(Contact.objects.filter(case=case).values_list("pk", flat=True)),
        sorted(
            Appointment.objects.filter(case=case).values_list(
                "pk", "on", "at", "state", "state_reason", "cancelled_by", "contact"
            )
        ),
        status.get(),
        sorted(Deadline.objects.filter(case=case).values_list("kind", "due_on", "shown_from"), key=str),
        ContactDraft.objects.filter(case=case).count(),
    )


ACTS = {
    "held": lambda case, one, press: say_outcome(appointment=one, kind="HELD", press=press, actor=case.coach),
    "absent": lambda case, one, press: say_outcome(appointment=one, kind="ABSENT", press=press, actor=case.coach),
    "cancelled": lambda case, one, press: say_outcome(
        appointment=one, kind="CANCELLED", cancelled_by="PERSON", press=press, actor=case.coach
    ),
    "moved": lambda case, one, press: postpone(
        case=case, appointment=one, day=today() + DAY, press=press, actor=case.coach
    ),
    "put_off": lambda case, one, press: postpone(case=case, day=today() + 3 * DAY, press=press, actor=case.coach),
    "no_reply": lambda case, one, press: note_no_reply(case=case, press=press, actor=case.coach),
    "note": lambda case, one, press: keep_note(case=case, words="Rappeler après 16 h", press=press, actor=case.coach),
}


@pytest.mark.parametrize("name", ACTS)
def test_undoing_brings_back_what_was_there_and_nothing_else(case, coach, name):
    one = planned(case)
    before = everything(case)

    done = ACTS[name](case, one, shown(case))
    assert everything(case) != before

    undo(row_act=done, actor=coach)
    assert everything(case) == before
    undo(row_act=done, actor=coach)
    assert everything(case) == before


@pytest.mark.parametrize("name", ACTS)
def test_pressed_twice_it_is_one_act(case, name):
    one, press = planned(case), None
    press = shown(case)

    first = ACTS[name](case, one, press)
    after = everything(case)

    assert ACTS[name](case, one, press) == first
    assert everything(case) == after


@pytest.mark.parametrize("name", ACTS)
def test_a_row_that_shows_what_is_no_longer_so_is_refused_and_says_who_wrote(case, coach, name):
    one, press = planned(case), None
    press = shown(case)
    other = a_coach(coach.current_organisation)
    case.coach = other
    case.save()
    a_contact(case)
    CoachingCase.objects.filter(pk=case.pk).update(coach=coach)
    case.coach = coach
    after = everything(case)

    with pytest.raises(RowActRefused) as refused:
        ACTS[name](case, one, press)

    assert refused.value.code == "written_first"
    assert other.get_full_name() in str(refused.value)
    assert everything(case) == after


@pytest.mark.parametrize("name", ["held", "cancelled", "moved", "no_reply"])
def test_what_was_written_since_forbids_undoing(case, coach, name):
    one = planned(case)
    done = ACTS[name](case, one, shown(case))
    a_contact(case, summary="Elle a rappelé.")
    after = everything(case)

    with pytest.raises(RowActRefused, match="Vous avez écrit dans ce dossier depuis une autre page"):
        undo(row_act=done, actor=coach)

    assert everything(case) == after


def test_a_page_of_yesterday_undoes_nothing(case, coach):
    done = note_no_reply(case=case, press=shown(case), actor=coach)
    with time_machine.travel(timezone.now() + DAY), pytest.raises(RowActRefused) as refused:
        undo(row_act=done, actor=coach)
    assert refused.value.code == "over"
    assert Contact.objects.filter(case=case).count() == 1


def test_two_acts_of_one_page_are_no_news_to_each_other(case, coach):
    one, page = planned(case), uuid4()
    press, beside = shown(case, page), shown(case, page)

    held = say_outcome(appointment=one, kind="HELD", press=press, actor=coach)
    note_no_reply(case=case, press=beside, actor=coach)
    undo(row_act=held, actor=coach)

    one.refresh_from_db()
    assert one.state == AppointmentState.PLANNED


def test_a_call_without_an_answer_is_no_contact_and_no_absence(case, coach):
    due = Deadline.objects.get(case=case, kind="CONTACT").due_on
    acts = [note_no_reply(case=case, press=shown(case), actor=coach) for _try in range(3)]
    status = CaseStatus.objects.get(case=case)
    assert [act.rank for act in acts] == [1, 2, 3]
    assert (status.last_contact_on, status.no_shows_in_a_row) == (None, 0)
    assert Deadline.objects.get(case=case, kind="CONTACT").due_on == due


def test_who_came_is_a_contact_of_the_planned_length(case, coach):
    one = planned(case)
    say_outcome(appointment=one, kind="HELD", press=shown(case), actor=coach)
    one.refresh_from_db()
    assert one.state == AppointmentState.HELD
    assert (one.contact.minutes, one.contact.place, one.contact.outcome) == (50, "OFFICE", "HELD")
    assert CaseStatus.objects.get(case=case).last_contact_on == today()


def test_putting_off_keeps_the_lateness(case, coach):
    due = Deadline.objects.get(case=case, kind="CONTACT").due_on
    act = postpone(case=case, day=today() + DAY, press=shown(case), actor=coach)
    planned_one = Appointment.objects.get(pk=act.made["planned"])
    assert (planned_one.on, planned_one.channel, planned_one.at) == (today() + DAY, "PHONE", None)
    assert Deadline.objects.get(case=case, kind="CONTACT").due_on == due


def test_an_unlikely_day_is_asked_about_and_a_past_one_refused(case, coach):
    sunday = today() + 6 * DAY
    with pytest.raises(Unconfirmed) as asked:
        postpone(case=case, day=sunday, press=shown(case), actor=coach)
    yes = frozenset(question.code for question in asked.value.questions)
    assert postpone(case=case, day=sunday, press=shown(case), actor=coach, confirmed=yes).day == sunday
    with pytest.raises(ContactRefused):
        postpone(case=case, day=today() - DAY, press=shown(case), actor=coach)


def test_an_hour_that_was_given_away_is_not_taken_back(case, coach):
    one, page = planned(case), uuid4()
    moved = postpone(case=case, appointment=one, day=today() + DAY, press=shown(case, page), actor=coach)
    postpone(case=case, day=today(), press=shown(case, page), actor=coach)
    with pytest.raises(RowActRefused) as refused:
        undo(row_act=moved, actor=coach)
    assert refused.value.code == "taken"


def test_an_appointment_to_come_has_no_outcome_yet(case, coach):
    one = planned(case, today() + DAY)
    with pytest.raises(ContactRefused):
        say_outcome(appointment=one, kind="HELD", press=shown(case), actor=coach)


def test_nobody_acts_on_the_case_of_another_house(case):
    stranger = a_coach()
    for act in (note_no_reply, lambda **given: postpone(day=today() + DAY, **given)):
        with pytest.raises(NotAllowed):
            act(case=case, press=shown(case), actor=stranger)


def test_yesterdays_acts_are_forgotten_with_the_first_of_today(case, coach):
    RowAct.objects.create(
        organisation=case.organisation, case=case, author=coach, page=uuid4(), key=uuid4(), kind=RowActKind.NOTE
    )
    RowAct.objects.update(created_at=timezone.now() - 2 * DAY)
    other = a_case(coach)
    act = note_no_reply(case=other, press=shown(other), actor=coach)
    assert list(RowAct.objects.all()) == [act]

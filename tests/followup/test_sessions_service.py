"""Collective sessions: planning, places, presences, and what they never touch."""

from datetime import date, time, timedelta

import pytest
from auditlog.models import LogEntry

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.services.phases import exit_case
from followup.models import Attendance, CaseStatus, CollectiveSession, Deadline, SessionSeries
from followup.services.sessions import (
    Mark,
    SessionPlan,
    SessionRefused,
    add_session,
    call_off_session,
    change_session,
    create_series,
    record_attendance,
    register_people,
    rename_series,
    withdraw,
)
from foundation.clock import today
from foundation.persistence import InvalidFact
from placements.services.guards import ClockExpired
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_session, closed, in_prehire, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


def plan(leader, **fields) -> SessionPlan:
    known = {"on": today(), "at": time(14), "minutes": 120, "place": "Salle 2", "capacity": 10, "leader": leader}
    return SessionPlan(**(known | fields))


def refused(code: str, field: str | None, act) -> str:
    with pytest.raises(SessionRefused) as caught:
        act()
    assert (caught.value.code, caught.value.field) == (code, field)
    return str(caught.value)


def test_a_series_is_planned_every_week_but_on_holidays_and_once():
    coach = a_coach()
    first = plan(coach, on=date(2025, 4, 14))
    key = "7d9b4f3e-0000-4000-8000-000000000001"
    made = [
        create_series(title=" CV ", aim="", first=first, number=3, actor=coach, submission_id=key) for _ in range(2)
    ]
    assert made[0] == made[1]
    # Easter Monday is left out.
    assert [s.on for s in made[0].sessions.all()] == [date(2025, 4, 14), date(2025, 4, 28), date(2025, 5, 5)]
    assert SessionSeries.objects.get().title == "CV"


def test_a_series_has_from_one_to_thirty_sessions_and_a_leader_of_the_house():
    coach = a_coach()
    first = plan(coach)
    for number in (0, 31):
        refused(
            "number",
            "number",
            lambda n=number: create_series(title="CV", aim="", first=first, number=n, actor=coach),
        )
    for leader in (a_coach(), user_with(Role.INSPECTOR, coach.current_organisation)):
        refused(
            "leader",
            "leader",
            lambda who=leader: create_series(title="CV", aim="", first=plan(who), number=1, actor=coach),
        )
    assert not SessionSeries.objects.exists()


def test_two_sessions_of_a_series_are_not_at_the_same_time():
    coach = a_coach()
    session = a_session(coach)
    with pytest.raises(InvalidFact, match="déjà une séance à ce moment"):
        add_session(series=session.series, plan=plan(coach), actor=coach)
    call_off_session(session=session, reason="salle prise", actor=coach)
    assert add_session(series=session.series, plan=plan(coach), actor=coach).on == today()


def test_places_are_limited_and_given_to_all_or_to_nobody():
    coach = a_coach()
    session = a_session(coach, capacity=2)
    cases = [a_case(coach) for _ in range(3)]
    refused("full", "cases", lambda: register_people(session=session, cases=cases, actor=coach))
    assert not session.attendances.exists()
    register_people(session=session, cases=cases[:2], actor=coach)
    sentence = refused("full", "cases", lambda: register_people(session=session, cases=cases[2:], actor=coach))
    assert sentence.startswith("Il reste 0 place(s) pour 1 personne(s).")


def test_a_place_taken_back_is_free_and_may_be_given_again():
    coach = a_coach()
    session = a_session(coach, capacity=1)
    first, second = a_case(coach), a_case(coach)
    place = registered(session, first)
    withdraw(attendance=place, actor=coach)
    registered(session, second)
    refused("full", "cases", lambda: registered(session, first))
    change_session(session=session, plan=plan(coach, capacity=2), actor=coach)
    assert registered(session, first) == place
    assert Attendance.objects.count() == 2


def test_nobody_is_registered_twice():
    coach = a_coach()
    session, case = a_session(coach), a_case(coach, last_name="Double")
    registered(session, case)
    assert "Double a déjà une place." in refused("twice", "cases", lambda: registered(session, case))
    # The same name twice in one list is one place.
    other = a_case(coach)
    assert len(register_people(session=session, cases=[other, other], actor=coach)) == 1


def test_somebody_is_chosen():
    session = a_session(a_coach())
    refused("nobody", "cases", lambda: register_people(session=session, cases=[], actor=session.leader))


def test_a_case_that_is_not_open_that_day_has_no_place():
    coach = a_coach()
    gone = closed(coach)
    refused("closed", "cases", lambda: registered(a_session(coach), gone))
    later = a_case(coach, opened_on=today())
    refused("closed", "cases", lambda: registered(a_session(coach, on=today() - DAY), later))
    # What took place while it was open can still be written down.
    former = a_session(coach, on=today() - DAY)
    assert registered(former, gone).state == "REGISTERED"


def test_another_organisation_s_people_have_no_place():
    session = a_session(a_coach())
    stranger = a_case(a_coach())
    with pytest.raises(NotAllowed):
        register_people(session=session, cases=[stranger], actor=session.leader)
    with pytest.raises(NotAllowed):
        register_people(session=session, cases=[stranger], actor=stranger.coach)


def test_nothing_ahead_is_planned_once_the_24_months_are_used_up(frozen):
    coach = a_coach()
    case = in_prehire(coach, since=today())
    frozen("2027-03-10")
    with pytest.raises(ClockExpired):
        registered(a_session(coach, on=today() + DAY), case)
    # What took place is written down.
    assert registered(a_session(coach, on=today()), case)


def test_whoever_carries_registers_and_the_leader_and_a_coordinator_register_anybody():
    coach = a_coach()
    house = coach.current_organisation
    colleague, session = a_coach(house), a_session(coach)
    theirs, third = a_case(colleague), a_case(a_coach(house))
    assert register_people(session=session, cases=[theirs], actor=colleague)
    with pytest.raises(NotAllowed):
        register_people(session=session, cases=[third], actor=colleague)
    assert register_people(session=session, cases=[third], actor=coach)
    assert register_people(session=session, cases=[a_case(colleague)], actor=user_with(Role.COORDINATOR, house))


@pytest.mark.parametrize("role", [Role.ADMIN, Role.INSPECTOR, Role.ANALYST])
def test_others_only_look(role):
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach))
    other = user_with(role, coach.current_organisation)
    for act in (
        lambda: create_series(title="X", aim="", first=plan(coach), number=1, actor=other),
        lambda: rename_series(series=session.series, title="X", aim="", actor=other),
        lambda: add_session(series=session.series, plan=plan(coach, at=time(9)), actor=other),
        lambda: change_session(session=session, plan=plan(coach), actor=other),
        lambda: call_off_session(session=session, reason="r", actor=other),
        lambda: register_people(session=session, cases=[a_case(coach)], actor=other),
        lambda: withdraw(attendance=place, actor=other),
        lambda: record_attendance(session=session, marks={place.pk: Mark("ABSENT")}, actor=other),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_presences_are_the_leader_s_or_a_coordinator_s():
    coach = a_coach()
    house = coach.current_organisation
    session, colleague = a_session(coach), a_coach(house)
    place = registered(session, a_case(colleague))
    with pytest.raises(NotAllowed):
        record_attendance(session=session, marks={place.pk: Mark("ABSENT")}, actor=colleague)
    assert record_attendance(session=session, marks={place.pk: Mark("PRESENT", 90)}, actor=coach) == 1
    assert record_attendance(session=session, marks={place.pk: Mark("PRESENT", 90)}, actor=coach) == 0
    coordinator = user_with(Role.COORDINATOR, house)
    assert record_attendance(session=session, marks={place.pk: Mark("EXCUSED", 90)}, actor=coordinator) == 1
    place.refresh_from_db()
    assert (place.state, place.minutes) == ("EXCUSED", 0)
    with pytest.raises(NotAllowed):
        withdraw(attendance=place, actor=a_coach(house))


def test_presences_that_cannot_be():
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach))

    def mark(state: str, minutes: int = 0, of: CollectiveSession = session) -> int:
        return record_attendance(session=of, marks={place.pk: Mark(state, minutes)}, actor=coach)

    refused("state", f"state-{place.pk}", lambda: mark("REGISTERED"))
    refused("minutes", f"minutes-{place.pk}", lambda: mark("PRESENT"))
    with pytest.raises(InvalidFact):
        mark("PRESENT", 601)
    refused("unknown", None, lambda: mark("ABSENT", of=a_session(coach, title="Autre")))
    ahead = a_session(coach, on=today() + DAY)
    assert "04/03/2025" in refused("ahead", None, lambda: record_attendance(session=ahead, marks={}, actor=coach))
    withdraw(attendance=place, actor=coach)
    refused("unknown", None, lambda: mark("ABSENT"))


def test_a_session_called_off_takes_nobody_any_more():
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach))
    refused("reason", "reason", lambda: call_off_session(session=session, reason=" ", actor=coach))
    call_off_session(session=session, reason="salle inondée", actor=coach)
    for act in (
        lambda: register_people(session=session, cases=[a_case(coach)], actor=coach),
        lambda: record_attendance(session=session, marks={place.pk: Mark("ABSENT")}, actor=coach),
        lambda: change_session(session=session, plan=plan(coach), actor=coach),
        lambda: call_off_session(session=session, reason="encore", actor=coach),
    ):
        refused("called_off", None, act)


def test_a_session_that_took_place_keeps_its_day_and_its_places():
    coach = a_coach()
    session = a_session(coach)
    places = register_people(session=session, cases=[a_case(coach), a_case(coach)], actor=coach)
    refused("taken", "capacity", lambda: change_session(session=session, plan=plan(coach, capacity=1), actor=coach))
    moved = change_session(session=session, plan=plan(coach, on=today() - DAY), actor=coach)
    record_attendance(session=moved, marks={p.pk: Mark("PRESENT", 60) for p in places}, actor=coach)
    refused("settled", "on", lambda: change_session(session=session, plan=plan(coach), actor=coach))
    refused("took_place", None, lambda: call_off_session(session=session, reason="r", actor=coach))
    refused("settled", None, lambda: withdraw(attendance=places[0], actor=coach))


def test_an_exit_frees_the_places_to_come_only():
    coach = a_coach()
    case = in_prehire(coach)
    former, ahead = a_session(coach, on=today() - DAY), a_session(coach, on=today() + DAY)
    before, after = registered(former, case), registered(ahead, case)
    record_attendance(session=former, marks={before.pk: Mark("PRESENT", 60)}, actor=coach)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.state, after.state) == ("PRESENT", "WITHDRAWN")


def test_attendance_never_counts_for_the_cadence():
    coach = a_coach()
    case = in_prehire(coach, since=today() - 20 * DAY)
    due = set(Deadline.objects.filter(case=case).values_list("kind", "due_on"))
    session = a_session(coach)
    place = registered(session, case)
    record_attendance(session=session, marks={place.pk: Mark("PRESENT", 120)}, actor=coach)
    assert CaseStatus.objects.get(case=case).last_contact_on is None
    assert set(Deadline.objects.filter(case=case).values_list("kind", "due_on")) == due
    assert not case.contacts.exists()


def test_every_act_leaves_its_trace():
    coach = a_coach()
    session = a_session(coach)
    place = registered(session, a_case(coach))
    record_attendance(session=session, marks={place.pk: Mark("PRESENT", 60)}, actor=coach)
    trail = LogEntry.objects.filter(object_pk=str(place.pk)).order_by("timestamp", "pk")
    assert [(entry.action, entry.actor) for entry in trail] == [(0, coach), (1, coach)]
    assert "state" in trail[1].changes
    assert LogEntry.objects.filter(object_pk=str(session.pk), actor=coach).exists()
    assert LogEntry.objects.filter(object_pk=str(session.series_id), actor=coach).exists()

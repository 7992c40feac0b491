"""The counters of Ma journée: hours by place, and the cadence kept, read from what is stored."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.handover import hand_over
from beneficiaries.services.phases import exit_case
from followup.selectors.counters import cadence_of
from followup.services.sessions import Mark, record_attendance
from foundation.clock import today
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_contact, a_session, in_followup, in_prehire, registered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


def counts(user) -> tuple[int, int]:
    rate = cadence_of(user, today()).rate
    return rate.numerator, rate.denominator


def weekly(case, first: date, times: int) -> None:
    for number in range(times):
        a_contact(case, on=first + 7 * number * DAY)


def test_the_last_eight_weeks_of_my_cases():
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 1, 6))
    weekly(case, date(2025, 1, 13), 7)  # until 24 February: due 3 March, which is today
    assert counts(coach) == (7, 7)
    late = in_prehire(coach, since=date(2025, 2, 3))
    a_contact(late, on=date(2025, 2, 12))
    assert counts(coach) == (7, 9)
    assert counts(a_coach(coach.current_organisation)) == (0, 0)


def test_what_does_not_count_for_the_cadence_keeps_nothing():
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 2, 17))
    a_contact(case, on=date(2025, 2, 20), channel="LETTER")
    a_contact(case, on=date(2025, 2, 21), outcome="NO_SHOW", minutes=0, summary="")
    session = a_session(coach, on=date(2025, 2, 22))
    place = registered(session, case)
    record_attendance(session=session, marks={place.pk: Mark("PRESENT", 120)}, actor=coach)
    assert counts(coach) == (0, 1)


def test_a_case_taken_over_counts_from_that_day():
    former = a_coach()
    case = in_prehire(former, since=date(2025, 1, 6))
    coach = a_coach(former.current_organisation)
    hand_over(case=case, coach=coach, on=today(), actor=user_with(Role.COORDINATOR, former.current_organisation))
    assert counts(coach) == (0, 0)
    assert counts(former) == (0, 0)


def test_a_case_that_left_counts_until_its_exit():
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 2, 3))
    weekly(case, date(2025, 2, 10), 2)
    exit_case(case=case, on=date(2025, 2, 20), exit_reason="MOVED", exit_outcome="UNKNOWN", actor=coach)
    assert counts(coach) == (2, 2)


def test_a_follow_up_is_read_in_its_window():
    coach = a_coach()
    case = in_followup(coach, since=date(2025, 2, 3), prehire_since=date(2025, 2, 3))
    weekly(case, date(2025, 2, 10), 3)
    assert counts(coach) == (3, 3)


def words(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\xa0", " ")


def test_below_five_counts_only_and_always_the_definition(page_of):
    coach = a_coach()
    case = in_prehire(coach, since=date(2025, 1, 6))
    page = words(page_of(coach, reverse("followup:my_day")))
    assert "0 à temps, sur 1 contact attendu" in page
    assert " %" not in page.split("Cadence tenue")[1].split("Ce que compte")[0]
    assert "qui étaient dus du 06/01/2025 au 02/03/2025 (8 semaines)" in page
    weekly(case, date(2025, 1, 13), 6)
    a_contact(case, on=date(2025, 2, 26))
    page = words(page_of(coach, reverse("followup:my_day")))
    assert "86 % 6 à temps, sur 7 contacts attendus" in page


def test_without_anything_due_it_says_so(page_of):
    assert "Aucun contact n’était dû du 06/01/2025 au 02/03/2025." in words(
        page_of(a_coach(), reverse("followup:my_day"))
    )


def test_hours_by_place_in_words(page_of):
    coach = a_coach()
    case = in_prehire(coach)
    a_contact(case, on=today(), minutes=90, place="OFFICE")
    a_contact(case, on=today(), minutes=20, channel="PHONE")
    page = words(page_of(coach, reverse("followup:my_day")))
    assert "bureau : 1 h 30" in page
    assert "à distance : 20 min" in page

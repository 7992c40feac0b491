"""What is written of a case is settled by itself, once per act, and an act has one instance of the case."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from auditlog.models import LogEntry
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from beneficiaries.case_facts import CASES, read_once
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case, locked_case, locked_cases
from followup.enums import AppointmentState
from followup.models import Appointment, CaseStatus, Contact
from followup.services.consistency import differences
from followup.services.contacts import AppointmentPlan, plan_appointment
from foundation.clock import today
from foundation.unit_of_work import unit_of_work
from placements.models import ClockExtension, ClockSuspension, Employment
from placements.services.hiring import cancel_hiring
from tests.factories import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
DAY = timedelta(days=1)


@pytest.fixture
def case() -> CoachingCase:
    return stories.in_followup(stories.a_coach())


@contextmanager
def an_act() -> Iterator[None]:
    with transaction.atomic(), unit_of_work():
        yield


def a_contact_row(case: CoachingCase) -> Contact:
    facts: dict[str, Any] = {
        "channel": "PHONE",
        "party": "BENEFICIARY",
        "outcome": "HELD",
        "minutes": 5,
        "summary": "Oui",
    }
    return Contact(case=case, organisation=case.organisation, coach=case.coach, on=today(), **facts)


def an_appointment_row(case: CoachingCase) -> Appointment:
    owned = {"case": case, "organisation": case.organisation, "coach": case.coach}
    return Appointment(**owned, on=today() + 3 * DAY, channel="PHONE")


def a_suspension_row(case: CoachingCase) -> ClockSuspension:
    facts = {"reason": "ILLNESS", "evidence": "Certificat", "state": "APPROVED", "requested_by": case.coach}
    facts |= {"decided_by": case.coach, "decided_on": today()}
    return ClockSuspension(case=case, starts_on=today() - 30 * DAY, ends_on=today() - 25 * DAY, **facts)


def an_extension_row(case: CoachingCase) -> ClockExtension:
    facts = {"months": 2, "reason": "Maladie", "document": "Décision", "granted_by": case.coach, "rank": 0}
    return ClockExtension(case=case, granted_on=today(), **facts)


def an_earlier_end(case: CoachingCase) -> Employment:
    job: Employment = case.employments.get()
    job.contract_type, job.ends_on = "CDD", today() + 10 * DAY
    return job


ROWS = (a_contact_row, an_appointment_row, a_suspension_row, an_extension_row)


@pytest.fixture
def waiting() -> CoachingCase:
    """In pre-hire for two months: every row moves a date."""
    return stories.in_prehire(stories.a_coach(), since=today() - 60 * DAY)


def test_an_end_written_in_an_act_is_enough(case):
    with an_act():
        an_earlier_end(case).save()
    assert list(differences()) == []
    assert CaseStatus.objects.get(case=case).contract_ends_on == today() + 10 * DAY


@pytest.mark.parametrize("make", ROWS, ids=lambda make: make.__name__)
def test_writing_a_row_in_an_act_is_enough(waiting, make):
    row = make(waiting)
    with an_act():
        row.save()
    assert list(differences()) == []

    # Nobody settles what is written outside any act but whoever writes it: the row did matter.
    row.delete()
    assert list(differences()) != []


@pytest.mark.parametrize("make", ROWS, ids=lambda make: make.__name__)
def test_taking_a_row_away_in_an_act_is_enough(waiting, make):
    row = make(waiting)
    with an_act():
        row.save()
    with an_act():
        row.delete()
    assert list(differences()) == []


def test_an_act_has_one_instance_of_the_case(case):
    with an_act():
        with CaptureQueriesContext(connection) as captured:
            held = locked_case(case)
            assert locked_case(CoachingCase(pk=case.pk)) is held
            assert locked_cases([case.pk], case.organisation_id) == [held]
        assert sum("FROM" in query["sql"] for query in captured.captured_queries) == 4
    with an_act():
        assert locked_case(case) is not held


def test_a_case_of_another_organisation_is_not_given(case):
    other = stories.in_prehire(stories.a_coach())
    with an_act():
        locked_case(other)
        assert locked_cases([case.pk, other.pk], case.organisation_id) == [case]


def test_a_row_that_another_instance_wrote_is_read_anew(case):
    with an_act():
        held = locked_case(case)
        other = CoachingCase.objects.get(pk=case.pk)
        other.referred_on = other.opened_on
        other.save()
        again = locked_case(case)
        assert again is not held
        assert again.referred_on == other.opened_on


def test_relations_are_read_once_until_one_of_their_rows_is_written(case):
    with an_act():
        held = locked_case(case)

        def statements() -> int:
            with CaptureQueriesContext(connection) as captured:
                read_once(held, "spells", "employments__followup_agreement")
                list(held.spells.all())
                list(held.employments.all())
            return len(captured)

        assert [statements(), statements()] == [3, 0]
        an_earlier_end(held).save()
        assert [statements(), statements()] == [2, 0]
        assert [job.contract_type for job in held.employments.all()] == ["CDD"]
        held.employments.all()[0].followup_agreement.delete()
        assert statements() == 2
        assert not hasattr(held.employments.all()[0], "followup_agreement")
        spell = held.open_spell()
        spell.reason = "Corrigé"
        spell.save()
        assert [statements(), held.open_spell().reason] == [1, "Corrigé"]


def test_a_check_of_the_path_is_read_anew_once_it_is_written(case):
    with an_act():
        held = locked_case(case)
        other = type(held.coachability).objects.get(case=case)
        other.volunteer = False
        other.save()
        assert held.coachability.volunteer is False


def test_a_case_that_is_only_looked_at_keeps_nothing(case):
    with an_act():
        read_once(case, "spells")
        assert not getattr(case, "_prefetched_objects_cache", {})


def test_what_falls_away_with_the_exit_is_signed_by_who_closed_the_case(case):
    kept = plan_appointment(case=case, plan=AppointmentPlan(on=today() + DAY, channel="PHONE"), actor=case.coach)
    exit_case(case=case, on=today(), exit_reason="MOVED", exit_outcome="EMPLOYED", actor=case.coach)
    kept.refresh_from_db()
    assert kept.state == AppointmentState.CANCELLED
    assert LogEntry.objects.get_for_object(kept).latest("pk").actor == case.coach


def test_settling_runs_once_for_an_act_made_of_several(monkeypatch):
    calls: list[list[Any]] = []
    monkeypatch.setattr(CASES, "settlers", [*CASES.settlers, calls.append])
    case = stories.in_prehire(stories.a_coach())
    calls.clear()
    stories.hired(case)
    assert calls == [[case.pk]]
    assert CaseStatus.objects.get(case=case).phase == "FOLLOW_UP"


def test_a_refused_act_settles_nothing(monkeypatch, case):
    calls: list[list[Any]] = []
    monkeypatch.setattr(CASES, "settlers", [calls.append])
    with pytest.raises(Exception, match="Dites pourquoi"):
        cancel_hiring(employment=case.employments.get(), on=today(), reason=" ", actor=case.coach)
    assert calls == []

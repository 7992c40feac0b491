"""What took place can always be recorded: work heard of late, ends learnt after the exit, people who never came."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.coherence import require_coherence
from beneficiaries.services.phases import exit_case
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.clock import today
from placements.models import Employment
from placements.selectors.clocks import clock_facts
from placements.services.guards import PlacementRefused
from placements.services.hiring import Terms, cancel_hiring, end_employment, hire, return_to_prehire
from tests.factories.accounts import user_with
from tests.factories.stories import a_case, a_coach, a_company, closed, hired, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def at(*day):
    return time_machine.travel(datetime(*day, 10, tzinfo=ZoneInfo("Europe/Brussels")), tick=False)


@pytest.fixture(autouse=True)
def _everything_holds():
    yield
    assert list(differences()) == []
    for case in CoachingCase.objects.all():
        require_coherence(case)


def phases(case):
    return [(spell.phase, spell.starts_on) for spell in case.spells.order_by("sequence")][1:]


def deadline(case):
    return CaseStatus.objects.get(case=case).prehire_deadline


# --- contracts heard of late


def test_a_late_contract_inside_an_earlier_phase():
    with at(2026, 11, 30):
        coach = a_coach()
        case = in_prehire(coach, since=date(2026, 6, 1))
        hired(case, starts_on=date(2026, 7, 6), ends_on=date(2026, 7, 17), contract_type="CDD")
        return_to_prehire(case=case, on=date(2026, 7, 18), reason="fin du contrat", actor=coach)
        before = CaseStatus.objects.get(case=case).prehire_deadline
        assert before == date(2028, 6, 13)
        late = hired(case, starts_on=date(2026, 6, 15), ends_on=date(2026, 6, 19), contract_type="CDD")
        assert CaseStatus.objects.get(case=case).prehire_deadline == date(2028, 6, 18)
        assert late.told_late
        assert phases(case)[-1] == ("PRE_HIRE", date(2026, 7, 18))


def test_a_job_of_a_former_phase_that_still_runs_moves_the_case_along(frozen):
    coach = a_coach()
    case = in_prehire(coach, since=today() - 60 * DAY)
    hired(case, starts_on=today() - 50 * DAY, ends_on=today() - 40 * DAY, contract_type="CDD")
    return_to_prehire(case=case, on=today() - 39 * DAY, reason="fin du contrat", actor=coach)
    late = hired(case, starts_on=today() - 45 * DAY)
    assert phases(case)[-2:] == [("HIRE", today() - 39 * DAY), ("FOLLOW_UP", today() - 39 * DAY)]
    assert (late.told_late, deadline(case)) == (True, None)
    assert clock_facts(case).windows()[-1].starts_on == today() - 45 * DAY


def test_work_that_runs_at_the_entry_is_taken_in_the_preparatory_phase_and_stops_the_24_months(frozen):
    coach = a_coach()
    case = a_case(coach, opened_on=today() - 5 * DAY)
    firm = a_company(coach)
    for kind in ("CDD", "ART_60"):
        terms = Terms(contract_type=kind, job_title="Aide", starts_on=today() - 90 * DAY, ends_on=today() + 10 * DAY)
        assert hire(case=case, company=firm, terms=terms, actor=coach).told_late
    assert case.open_spell().phase == "PREPARATORY"
    assert clock_facts(case).started_by(today()).prehire(today()).state == "stopped"


@pytest.mark.parametrize("expired", [False, True])
def test_a_job_begun_once_the_24_months_were_used_up_is_told_and_moves_nothing(frozen, expired):
    frozen("2023-03-03" if expired else "2023-03-10")
    case = in_prehire(a_coach(), since=today())
    frozen("2025-03-08")
    job = hired(case, starts_on=date(2025, 3, 5))
    assert job.told_late is expired
    assert phases(case)[-1][0] == ("PRE_HIRE" if expired else "FOLLOW_UP")


def test_before_pre_hire_in_follow_up_too(frozen):
    case = in_followup(a_coach(), since=today() - 30 * DAY, prehire_since=today() - 60 * DAY)
    job = hired(case, starts_on=today() - 61 * DAY, ends_on=today() - 50 * DAY, contract_type="CDD")
    assert job.told_late
    assert phases(case)[-1] == ("FOLLOW_UP", today() - 30 * DAY)


@pytest.mark.parametrize(("starts", "refused"), [(-1, False), (0, True), (1, True)])
def test_a_job_heard_of_after_the_exit_is_told_and_none_begins(frozen, starts, refused):
    coach = a_coach()
    case = closed(coach, on=today() - 5 * DAY)
    if refused:
        with pytest.raises(PlacementRefused) as refusal:
            hired(case, starts_on=today() + starts * DAY)
        assert refusal.value.code == "closed"
        return
    hired(case, starts_on=today() - 8 * DAY, ends_on=today() - 7 * DAY, contract_type="CDD")
    assert hired(case, starts_on=today() + starts * DAY).told_late
    assert phases(case)[-1][0] == "EXIT"
    # Of the five days between the entry and the exit, two were worked.
    assert clock_facts(case).prehire(today()).stopped_days == 2


def test_who_may_not_write_on_the_case_tells_nothing_either(frozen):
    coach = a_coach()
    case = closed(coach, on=today() - 5 * DAY)
    terms = Terms(contract_type="CDI", job_title="Aide", starts_on=today() - DAY)
    with pytest.raises(NotAllowed):
        hire(
            case=case,
            company=a_company(coach),
            terms=terms,
            actor=user_with(Role.INSPECTOR, coach.current_organisation),
        )


# --- contracts without a known end, two of one day


def test_no_date_to_invent():
    case = in_prehire(a_coach())
    job = hired(case, starts_on=today(), contract_type="CDD")
    assert job.ends_on is None
    assert (job.last_day, deadline(case)) == (None, None)


def test_both_are_kept():
    case = in_prehire(a_coach())
    firm = a_company(case.coach)
    for title, days in (("Cuisine", 30), ("Entretien", 60)):
        terms = Terms(contract_type="CDD", job_title=title, starts_on=today(), ends_on=today() + timedelta(days=days))
        hire(case=case, company=firm, terms=terms, actor=case.coach)
    assert case.employments.count() == 2


@pytest.mark.parametrize(
    ("other", "kept"),
    [
        ({}, False),
        ({"job_title": "Entretien"}, True),
        ({"ends_on": date(2025, 6, 1)}, True),
        ({"weekly_hours": 12}, True),
    ],
)
def test_only_what_is_the_same_in_everything_is_a_double(frozen, other, kept):
    case = in_prehire(a_coach())
    firm = a_company(case.coach)
    first = {"contract_type": "CDD", "job_title": "Cuisine", "starts_on": today(), "ends_on": None, "weekly_hours": 19}
    hire(case=case, company=firm, terms=Terms(**first), actor=case.coach)
    if kept:
        assert hire(case=case, company=firm, terms=Terms(**(first | other)), actor=case.coach).pk
        return
    with pytest.raises(PlacementRefused) as refusal:
        hire(case=case, company=firm, terms=Terms(**first), actor=case.coach)
    assert refusal.value.code == "already_hired"


# --- the end learnt after the exit


def test_the_end_is_recorded():
    with at(2026, 3, 2):
        coach = a_coach()
        case = in_prehire(coach, since=date(2026, 1, 5))
        job = hired(case, starts_on=date(2026, 3, 2))
    with at(2026, 3, 20):
        exit_case(case=case, on=date(2026, 3, 20), exit_reason="NO_NEWS", exit_outcome="UNKNOWN", actor=coach)
    with at(2026, 11, 30):
        job = end_employment(employment=job, ended_on=date(2026, 3, 18), reason="RESIGNATION", actor=coach)
        assert job.ended_on == date(2026, 3, 18)
        assert phases(case)[-1] == ("EXIT", date(2026, 3, 20))
        assert clock_facts(case).prehire(date(2026, 3, 20)).stopped_days == 17


# --- nobody came


def test_it_can_be_called_off():
    case = in_prehire(a_coach())
    job = hired(case, starts_on=today())
    job = cancel_hiring(employment=job, on=today(), reason="n’est jamais venue", actor=case.coach)
    assert job.cancelled_on == today()
    assert job.cancel_reason == "n’est jamais venue"
    assert [phase for phase, _day in phases(case)] == ["PRE_HIRE", "HIRE", "PRE_HIRE"]
    assert case.open_spell().reason == "n’est jamais venue"
    status = CaseStatus.objects.get(case=case)
    assert (status.followup_starts_on, status.contract_ends_on) == (None, None)
    assert clock_facts(case).prehire(today()).stopped_days == 0


def test_heard_of_days_later_and_after_the_exit(frozen):
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    job = hired(case, starts_on=today() - 10 * DAY)
    exit_case(case=case, on=today() - 2 * DAY, exit_reason="NO_NEWS", exit_outcome="UNKNOWN", actor=coach)
    cancel_hiring(employment=job, on=today(), reason="n’est jamais venue", actor=coach)
    assert phases(case)[1:] == [("HIRE", today() - 10 * DAY), ("EXIT", today() - 2 * DAY)]


def test_the_follow_up_begins_with_the_next_job_when_there_is_one(frozen):
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    never = hired(case, starts_on=today() - 10 * DAY)
    hired(case, starts_on=today() - 4 * DAY)
    cancel_hiring(employment=never, on=today(), reason="n’est jamais venue", actor=coach)
    assert phases(case)[-2:] == [("HIRE", today() - 10 * DAY), ("FOLLOW_UP", today() - 4 * DAY)]


def test_another_job_of_that_day_leaves_the_follow_up(frozen):
    coach = a_coach()
    case = in_prehire(coach, since=today() - 30 * DAY)
    hired(case, starts_on=today() - 10 * DAY)
    never = hired(case, starts_on=today() - 4 * DAY)
    cancel_hiring(employment=never, on=today(), reason="n’est jamais venue", actor=coach)
    assert phases(case)[-1] == ("FOLLOW_UP", today() - 10 * DAY)
    assert Employment.objects.effective().count() == 1

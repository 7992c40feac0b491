"""The end of a job, a hiring that falls through, and the way back to pre-hire with the days left."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.permissions import NotAllowed
from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import TransitionRefused
from followup.models import CaseStatus
from followup.services.consistency import differences
from foundation.clock import today
from placements.models import Employment
from placements.selectors.clocks import clock_facts
from placements.services.guards import PlacementRefused
from placements.services.hiring import (
    FollowUpTerms,
    Terms,
    agree_followup,
    cancel_hiring,
    confirm_start,
    end_employment,
    hire,
    return_to_prehire,
)
from tests.factories.accounts import user_with
from tests.factories.stories import a_coach, a_company, hired, in_followup, in_prehire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


@pytest.fixture(autouse=True)
def _statuses_stay_true():
    yield
    assert list(differences()) == []


def day(number):
    return today() + timedelta(days=number)


def job(case, *, starts=0, ends=None, kind=None, company=None, followed=True):
    terms = Terms(
        contract_type=kind or ("CDI" if ends is None else "CDD"),
        job_title="Magasinier·ère",
        starts_on=day(starts),
        ends_on=None if ends is None else day(ends),
    )
    followup = FollowUpTerms(mode="AGREED", agreed_on=today()) if followed else None
    return hire(case=case, company=company or a_company(case.coach), terms=terms, followup=followup, actor=case.coach)


def phases(case):
    return [(spell.phase, spell.starts_on) for spell in case.spells.order_by("sequence")][1:]


def clock(case, on=None):
    return clock_facts(CoachingCase.objects.get(pk=case.pk)).prehire(on or today())


def end(employment, on, reason="DISMISSAL", actor=None):
    return end_employment(employment=employment, ended_on=on, reason=reason, actor=actor or employment.case.coach)


# --- the end of a job


@pytest.mark.parametrize("last_day", [-1, -2, -20])
def test_the_person_bounces_back_the_day_after_the_last_day_worked(coach, last_day):
    case = in_followup(coach, since=day(-20), prehire_since=day(-80))

    end(case.employments.get(), day(last_day))

    assert phases(case)[-1] == ("PRE_HIRE", day(last_day + 1))
    assert case.open_spell().reason == "licenciement"
    status = CaseStatus.objects.get(case=case)
    assert (status.phase, status.prehire_deadline is not None) == ("PRE_HIRE", True)


def test_the_days_left_are_those_that_the_job_did_not_use(coach):
    case = in_followup(coach, since=day(-20), prehire_since=day(-80))

    end(case.employments.get(), day(-1))

    assert (clock(case).used_days, clock(case).stopped_days) == (60, 20)
    assert clock(case).state == "running"


@pytest.mark.parametrize("last_day", [0, 15])
def test_while_a_notice_runs_the_case_stays_in_follow_up(coach, frozen, last_day):
    case = in_followup(coach, since=day(-20))

    end(case.employments.get(), day(last_day), reason="RESIGNATION")
    assert phases(case)[-1][0] == "FOLLOW_UP"

    frozen(day(last_day + 1))
    return_to_prehire(case=case, on=today(), reason="Préavis terminé.", actor=coach)
    assert phases(case)[-1] == ("PRE_HIRE", today())


@pytest.mark.parametrize(("last_day", "code"), [(-1, None), (-21, "before_start"), (6, "after_planned_end")])
def test_a_fixed_term_ends_within_its_days(coach, last_day, code):
    case = in_prehire(coach, since=day(-40))
    employment = job(case, starts=-20, ends=5)

    if code is None:
        assert end(employment, day(last_day), reason="MUTUAL").ended_on == day(last_day)
        return
    with pytest.raises(PlacementRefused) as refusal:
        end(employment, day(last_day))
    assert (refusal.value.code, refusal.value.field) == (code, "ended_on")


def test_a_fixed_term_ends_on_its_planned_last_day(coach):
    case = in_prehire(coach, since=day(-40))
    employment = job(case, starts=-20, ends=-1)

    end(employment, day(-1), reason="TERM")

    assert phases(case)[-1] == ("PRE_HIRE", today())
    assert clock(case).stopped_days == 20


@pytest.mark.parametrize("reason", ["", "PARCE_QUE"])
def test_an_end_has_a_reason(coach, reason):
    case = in_followup(coach)

    with pytest.raises(PlacementRefused) as refusal:
        end(case.employments.get(), day(-1), reason=reason)

    assert (refusal.value.code, refusal.value.field) == ("reason", "reason")


def test_an_end_is_recorded_once(coach):
    case = in_followup(coach)
    end(case.employments.get(), day(-1))

    with pytest.raises(PlacementRefused) as refusal:
        end(case.employments.get(), day(-2))

    assert refusal.value.code == "ended"
    assert len([phase for phase, _on in phases(case) if phase == "PRE_HIRE"]) == 2


def test_with_another_job_the_case_stays_in_follow_up(coach):
    case = in_followup(coach, since=day(-30))
    first = case.employments.get()
    job(case, starts=-10, ends=20)

    end(first, day(-1))

    assert phases(case)[-1] == ("FOLLOW_UP", day(-30))
    assert clock(case).state == "stopped"


def test_with_a_job_to_come_the_case_stays_in_follow_up_while_the_clock_runs_again(coach):
    case = in_followup(coach, since=day(-30))
    first = case.employments.get()
    job(case, starts=5, ends=20, followed=False)

    end(first, day(-1))

    assert phases(case)[-1][0] == "FOLLOW_UP"
    assert (clock(case).state, clock(case, day(5)).state) == ("running", "stopped")


def test_the_person_bounces_back_after_the_last_of_two_jobs_whichever_is_recorded_first(coach):
    case = in_followup(coach, since=day(-30))
    long_one = case.employments.get()
    short_one = job(case, starts=-20)
    end(long_one, day(-2))
    assert phases(case)[-1][0] == "FOLLOW_UP"

    end(short_one, day(-10))

    assert phases(case)[-1] == ("PRE_HIRE", day(-1))


def test_gap_days_between_two_jobs_are_counted(coach, frozen):
    case = in_followup(coach, since=day(-30), prehire_since=day(-90))
    firm = case.employments.get().company
    job(case, starts=3, ends=20, company=firm)
    end(case.employments.order_by("starts_on").first(), day(-1))
    frozen(day(10))

    assert (clock(case).used_days, clock(case).stopped_days) == (60 + 3, 30 + 7)
    assert CaseStatus.objects.get(case=case).phase == "FOLLOW_UP"


def test_the_end_of_a_job_never_agreed_leads_back_to_pre_hire(coach):
    case = in_prehire(coach, since=day(-40))
    employment = job(case, starts=-10, followed=False)
    assert phases(case)[-1] == ("HIRE", day(-10))

    end(employment, day(-3), reason="RESIGNATION")

    assert phases(case)[-1] == ("PRE_HIRE", day(-2))


def test_the_end_of_an_internship_moves_nothing(coach):
    case = in_prehire(coach, since=day(-40))
    internship = job(case, starts=-20, ends=-1, kind="STAGE")

    end(internship, day(-1), reason="TERM")

    assert phases(case) == [("PRE_HIRE", day(-40))]


def test_once_the_24_months_are_used_up_an_ended_job_is_recorded_and_nothing_starts_anew(coach, frozen):
    frozen("2023-03-03")
    case = in_prehire(coach, since=today())
    frozen("2025-03-02")
    employment = job(case, starts=0, ends=4)
    frozen("2025-03-10")

    end(employment, day(-4), reason="TERM")

    assert Employment.objects.get().ended_on == day(-4)
    assert phases(case)[-1][0] == "PRE_HIRE"
    assert clock(case).remaining_days == 0
    assert clock(case).state == "expired"


def test_a_called_off_hiring_does_not_end(coach):
    case = in_prehire(coach)
    employment = job(case, starts=5)
    cancel_hiring(employment=employment, on=today(), reason="Renonce.", actor=coach)

    for act in (
        lambda: end(employment, day(6)),
        lambda: cancel_hiring(employment=employment, on=today(), reason="Encore.", actor=coach),
        lambda: confirm_start(employment=Employment.objects.get(), actor=coach),
        lambda: agree_followup(
            employment=Employment.objects.get(),
            followup=FollowUpTerms(mode="AGREED", agreed_on=today()),
            actor=coach,
        ),
    ):
        with pytest.raises(PlacementRefused) as refusal:
            act()
        assert refusal.value.code == "cancelled"


# --- a hiring that falls through


def test_a_hiring_called_off_leads_back_to_pre_hire_with_its_reason(coach, frozen):
    case = in_prehire(coach, since=day(-10))
    employment = job(case, starts=5)
    frozen(day(2))

    cancel_hiring(employment=employment, on=today(), reason="L’employeur a perdu un client.", actor=coach)

    assert phases(case)[-2:] == [("HIRE", day(-2)), ("PRE_HIRE", today())]
    assert case.open_spell().reason == "L’employeur a perdu un client."
    assert clock(case, day(30)).state == "running"
    assert CaseStatus.objects.get(case=case).followup_starts_on is None


@pytest.mark.parametrize("starts", [1, 0, -1])
def test_a_hiring_is_called_off_before_its_first_day_or_because_nobody_came(coach, starts):
    case = in_prehire(coach)
    employment = job(case, starts=starts, followed=False)

    cancelled = cancel_hiring(employment=employment, on=today(), reason="Renonce.", actor=coach)

    assert (cancelled.cancelled_on, cancelled.cancel_reason) == (today(), "Renonce.")
    assert phases(case)[-1] == ("PRE_HIRE", today())


@pytest.mark.parametrize(
    ("offset", "reason", "code", "field"), [(1, "Renonce.", "future", "on"), (0, "  ", "reason", "reason")]
)
def test_calling_off_has_a_day_that_has_come_and_a_reason(coach, offset, reason, code, field):
    employment = job(in_prehire(coach), starts=5)

    with pytest.raises(PlacementRefused) as refusal:
        cancel_hiring(employment=employment, on=day(offset), reason=reason, actor=coach)

    assert (refusal.value.code, refusal.value.field) == (code, field)


def test_a_next_job_is_called_off_while_the_first_one_is_followed(coach):
    case = in_followup(coach, since=day(-30))
    planned = job(case, starts=10, ends=40)

    cancel_hiring(employment=planned, on=today(), reason="Le magasin ferme.", actor=coach)

    assert phases(case)[-1] == ("FOLLOW_UP", day(-30))


def test_calling_off_one_of_two_hirings_leaves_the_case_in_hire(coach):
    case = in_prehire(coach)
    first = job(case, starts=5)
    job(case, starts=8)

    cancel_hiring(employment=first, on=today(), reason="Préfère l’autre.", actor=coach)

    assert phases(case)[-1][0] == "HIRE"


def test_an_internship_in_course_does_not_hold_back_a_hiring_called_off(coach):
    case = in_prehire(coach)
    job(case, starts=0, ends=30, kind="STAGE", followed=False)
    planned = job(case, starts=5)

    cancel_hiring(employment=planned, on=today(), reason="Renonce.", actor=coach)

    assert phases(case)[-1] == ("PRE_HIRE", today())


def test_the_same_contract_may_be_recorded_again_once_called_off(coach):
    case, firm = in_prehire(coach), a_company(coach)
    cancel_hiring(employment=job(case, starts=5, company=firm), on=today(), reason="Renonce.", actor=coach)

    assert job(case, starts=5, company=firm).cancelled_on is None


def test_once_the_24_months_are_used_up_a_hiring_called_off_stays_where_it_is(coach, frozen):
    frozen("2023-03-03")
    case = in_prehire(coach, since=today())
    frozen("2025-03-01")
    employment = job(case, starts=20)
    frozen("2025-03-03")

    cancel_hiring(employment=employment, on=today(), reason="Renonce.", actor=coach)

    assert phases(case)[-1][0] == "HIRE"
    assert clock(case).state == "expired"


# --- back to pre-hire


def test_nobody_goes_back_to_pre_hire_while_a_job_runs_or_is_planned(coach):
    running, planned = in_followup(coach), in_prehire(coach)
    job(planned, starts=5)

    for case in (running, planned):
        with pytest.raises(PlacementRefused) as refusal:
            return_to_prehire(case=case, on=today(), reason="Motif.", actor=coach)
        assert (refusal.value.code, refusal.value.field) == ("still_employed", "on")


def test_a_term_that_passed_leads_back_from_the_day_after_it(coach, frozen):
    case = in_prehire(coach, since=day(-40))
    job(case, starts=-20, ends=3)
    frozen(day(10))

    with pytest.raises(PlacementRefused):
        return_to_prehire(case=case, on=day(-7), reason="Fin de contrat.", actor=coach)
    return_to_prehire(case=case, on=day(-6), reason="Fin de contrat.", actor=coach)

    assert phases(case)[-1] == ("PRE_HIRE", day(-6))


@pytest.mark.parametrize(("offset", "reason", "code"), [(0, " ", "reason"), (1, "Motif.", "future")])
def test_going_back_has_a_reason_and_a_day_that_has_come(coach, frozen, offset, reason, code):
    case = in_prehire(coach, since=day(-40))
    job(case, starts=-20, ends=-1)

    with pytest.raises(TransitionRefused) as refusal:
        return_to_prehire(case=case, on=day(offset), reason=reason, actor=coach)

    assert refusal.value.code == code


def test_only_one_s_own_case_is_served(coach):
    case = in_followup(coach)
    employment = case.employments.get()
    colleague = a_coach(coach.current_organisation)
    hired(in_prehire(colleague))

    for actor in (colleague, user_with(Role.INSPECTOR, coach.current_organisation), a_coach()):
        for act in (
            lambda actor=actor: end(employment, day(-1), actor=actor),
            lambda actor=actor: cancel_hiring(employment=employment, on=today(), reason="x", actor=actor),
            lambda actor=actor: confirm_start(employment=employment, actor=actor),
            lambda actor=actor: return_to_prehire(case=case, on=today(), reason="x", actor=actor),
        ):
            with pytest.raises(NotAllowed):
                act()

"""The chain of a case from its stored status: what the facts say, without a statement."""

from datetime import date, timedelta

import pytest

from beneficiaries.models import CoachingCase
from followup.models import CaseStatus
from followup.selectors.clocks import chain_of
from foundation.clock import today
from method.components import ChainState, chain_shape
from placements.selectors.clocks import clock_facts
from tests.factories.accounts import OrganisationFactory
from tests.factories.stories import a_coach, in_followup, in_prehire

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def status_of(case: CoachingCase) -> CaseStatus:
    return CaseStatus.objects.get(case=case)


@pytest.mark.parametrize("days", [0, 1, 200, 699, 700, 730, 731, 760])
def test_the_chain_of_pre_hire_is_the_clock_of_the_facts(frozen, days):
    case = in_prehire(a_coach())
    status = status_of(case)
    on = status.prehire_started_on + days * DAY
    clock = clock_facts(CoachingCase.objects.get(pk=case.pk)).prehire(on)
    chain = chain_of(status, on)
    assert (chain.used_days, chain.stopped_days) == (min(clock.used_days, clock.allowance_days), clock.stopped_days)
    assert chain.left_days == clock.remaining_days
    assert chain.over_days == max(clock.used_days - clock.allowance_days, 0)
    assert (chain.state is ChainState.OVER) == (on >= status.prehire_deadline)


def test_the_follow_up_lives_by_its_six_months(frozen):
    status = status_of(in_followup(a_coach()))
    end = status.followup_deadline
    assert chain_shape(chain_of(status, end - DAY)).words == "reste 1 jour"
    assert chain_shape(chain_of(status, end)).words == "épuisée aujourd’hui"
    assert chain_shape(chain_of(status, end + 12 * DAY)).words == "dépassée de 12 jours"
    assert chain_of(status, status.followup_starts_on - DAY).state is ChainState.UPCOMING
    # The 24 months stand still meanwhile, and the status knows since when.
    status.phase = "HIRE"
    assert chain_of(status, status.followup_starts_on).state is ChainState.STOPPED


def test_the_preparatory_phase_lives_by_its_two_months(frozen):
    status = CaseStatus(organisation=OrganisationFactory(), phase="PREPARATORY", phase_started_on=date(2026, 1, 5))
    assert chain_of(status, date(2026, 3, 4)).left_days == 1
    assert chain_of(status, date(2026, 3, 5)).state is ChainState.OVER


def test_a_status_that_was_not_rebuilt_is_drawn_from_its_dates(frozen):
    status = CaseStatus(
        organisation=OrganisationFactory(),
        phase="PRE_HIRE",
        prehire_started_on=today() - 40 * DAY,
        prehire_deadline=today() + 60 * DAY,
    )
    assert (chain_of(status, today()).used_days, chain_of(status, today()).left_days) == (40, 60)
    status.prehire_deadline = None
    assert chain_of(status, today()).state is ChainState.NONE


def test_somebody_who_left_has_no_clock(frozen):
    assert chain_of(CaseStatus(phase="EXIT"), today()).state is ChainState.LEFT


def test_a_hundred_chains_cost_no_statement(frozen, django_assert_num_queries):
    status = status_of(in_prehire(a_coach()))
    chain_of(status, today())
    with django_assert_num_queries(0):
        for days in range(100):
            chain_shape(chain_of(status, today() + days * DAY))

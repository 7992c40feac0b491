"""Both clocks in the header of a case: states in words, days, the employer's name, what must be known."""

from datetime import date, timedelta

import pytest

from beneficiaries.models import CoachingCase
from beneficiaries.services.phases import exit_case
from foundation.clock import today
from placements.selectors.clocks_shown import clocks_of
from placements.services.hiring import FollowUpTerms, Terms, end_employment, hire
from tests.factories.stories import a_case, a_coach, a_company, hired, in_prehire

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stopped(frozen):
    """Every story is told on Monday 3 March 2025."""


@pytest.fixture
def coach():
    return a_coach()


def day(number):
    return today() + timedelta(days=number)


def clocks(case, on=None):
    return clocks_of(CoachingCase.objects.get(pk=case.pk), on or today())


def test_before_pre_hire_neither_has_begun(coach):
    prehire, followup = clocks(a_case(coach))

    assert (prehire.state_label, followup.state_label) == ("pas commencée", "pas commencée")
    assert prehire.label == "24 mois de pré-embauche"


def test_in_pre_hire_the_24_months_run_towards_their_date(coach):
    prehire, followup = clocks(in_prehire(coach, since=day(-10)))

    assert (prehire.state_label, prehire.used_days, prehire.remaining_days) == ("en cours", 10, 720)
    assert prehire.deadline == date(2027, 2, 21)
    assert followup.state_label == "pas commencée"


def test_at_work_the_24_months_stand_still_and_the_six_run_at_a_named_employer(coach):
    case = in_prehire(coach, since=day(-30))
    hired(case, starts_on=day(-10), company=a_company(coach, name="Garage exemple"))

    prehire, followup = clocks(case)

    assert (prehire.state_label, prehire.used_days, prehire.stopped_days) == ("arrêtée", 20, 10)
    assert prehire.deadline is None
    assert prehire.note == "Arrêtée depuis le 21/02/2025 : CDI chez Garage exemple, sans fin prévue."
    assert (followup.label, followup.state_label) == ("6 mois de suivi chez Garage exemple", "en cours")
    assert (followup.used_days, followup.deadline) == (10, date(2025, 8, 21))


def test_a_fixed_term_says_until_when_the_clock_stands_still(coach):
    case = in_prehire(coach, since=day(-30))
    hired(case, contract_type="CDD", ends_on=day(10), company=a_company(coach, name="Garage exemple"))

    prehire, followup = clocks(case)

    assert prehire.note.endswith("CDD chez Garage exemple, jusqu’au 13/03/2025.")
    assert followup.allowance_days == 11


def test_a_job_to_come_is_announced_on_both(coach):
    case = in_prehire(coach, since=day(-30))
    terms = Terms(contract_type="CDI", job_title="Aide", starts_on=day(5))
    hire(case=case, company=a_company(coach, name="Garage exemple"), terms=terms, actor=coach)

    prehire, followup = clocks(case)

    assert prehire.note == "Elle s’arrêtera le 08/03/2025, premier jour chez Garage exemple."
    assert (followup.state_label, followup.note) == ("à venir", "Premier jour de travail prévu le 08/03/2025.")


@pytest.mark.parametrize(
    ("mode", "note"),
    [
        ("AGREED", ""),
        ("DISCREET", "Suivi discret : l’employeur n’est pas informé."),
        ("REFUSED", "La personne a refusé le suivi."),
        ("EMPLOYER", "L’employeur a refusé le suivi : il continue avec la personne."),
        ("BOTH", "La personne et l’employeur ont refusé le suivi."),
        (None, "Le suivi n’est pas encore convenu avec la personne."),
    ],
)
def test_how_the_job_is_followed_is_said_under_the_six_months(coach, mode, note):
    case = in_prehire(coach, since=day(-30))
    hire(
        case=case,
        company=a_company(coach),
        terms=Terms(contract_type="CDI", job_title="Aide", starts_on=today()),
        followup=FollowUpTerms(mode=mode, agreed_on=today(), reason="Non") if mode else None,
        actor=coach,
    )

    assert clocks(case)[1].note == note


def test_after_the_job_the_24_months_run_again_and_the_six_are_over(coach):
    case = in_prehire(coach, since=day(-30))
    employment = hired(case, starts_on=day(-10))
    end_employment(employment=employment, ended_on=day(-1), reason="DISMISSAL", actor=coach)

    prehire, followup = clocks(case)

    assert (prehire.state_label, prehire.used_days, prehire.note) == ("en cours", 20, "")
    assert (followup.state_label, followup.remaining_days) == ("terminée", 0)


def test_used_up_says_by_how_much(coach, frozen):
    frozen("2023-03-03")
    case = in_prehire(coach, since=today())
    frozen("2025-03-13")

    prehire, _followup = clocks(case)

    assert (prehire.state_label, prehire.overrun_days, prehire.remaining_days) == ("épuisée", 10, 0)


def test_a_closed_case_counts_no_more(coach):
    case = in_prehire(coach, since=day(-30))
    hired(case, starts_on=day(-10))
    exit_case(case=case, on=today(), exit_reason="CONSOLIDATED", exit_outcome="EMPLOYED", actor=coach)

    prehire, followup = clocks(case, day(40))

    assert (prehire.state_label, prehire.used_days, prehire.deadline) == ("close", 20, None)
    assert (followup.state_label, followup.deadline) == ("close", None)


def test_the_panel_costs_few_statements(coach, django_assert_max_num_queries):
    case = in_prehire(coach)
    for _number in range(5):
        hire(
            case=case,
            company=a_company(coach),
            terms=Terms(contract_type="INTERIM", job_title="Aide", starts_on=today(), ends_on=today()),
            actor=coach,
        )
    read = CoachingCase.objects.prefetch_related("spells").get(pk=case.pk)

    with django_assert_max_num_queries(3):
        clocks_of(read, today())

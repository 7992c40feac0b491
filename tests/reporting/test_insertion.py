"""Placed and durable in the activity report: who counts, until which day, and what a rate carries."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from foundation.rules.rates import Rate
from placements.services.hiring import cancel_hiring, end_employment
from reporting.activity import build_activity
from tables.engine.scope import Scope
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

LAST = date(2025, 8, 31)


@pytest.fixture
def coach(frozen):
    frozen("2025-09-01")
    return stories.a_coach()


def insertion(coach, first=date(2025, 1, 1), last=LAST):
    scope = Scope(organisations=(coach.current_organisation,), first=first, last=last)
    return build_activity(scope).table("insertion")


def counts(coach, **period) -> tuple[int, int, int]:
    """Placed, durable, and among how many people."""
    table = insertion(coach, **period)
    assert table.cell("durable", "among").value == table.cell("placed", "among").value
    return (
        table.cell("placed", "count").value,
        table.cell("durable", "count").value,
        table.cell("placed", "among").value,
    )


def person(coach, since=date(2025, 1, 8)):
    return stories.in_prehire(coach, since=since)


def worked(case, first, last=None, kind=None, company=None):
    return stories.hired(
        case, starts_on=first, ends_on=last, contract_type=kind or ("CDD" if last else "CDI"), company=company
    )


def test_nobody_placed_nobody_durable(coach) -> None:
    person(coach)
    assert counts(coach) == (0, 0, 1)


@pytest.mark.parametrize(("first", "durable"), [(date(2025, 5, 31), 1), (date(2025, 6, 1), 0)])
def test_three_months_in_a_row_by_the_last_day(coach, first, durable) -> None:
    worked(person(coach), first)
    assert counts(coach) == (1, durable, 1)


def test_the_end_of_the_job_afterwards_takes_nothing_away(coach) -> None:
    job = worked(person(coach), date(2025, 2, 3))
    end_employment(employment=job, ended_on=date(2025, 6, 2), reason="DISMISSAL", actor=coach)
    assert counts(coach) == (1, 1, 1)


def test_an_early_end_stops_the_count(coach) -> None:
    job = worked(person(coach), date(2025, 2, 3))
    end_employment(employment=job, ended_on=date(2025, 3, 3), reason="DISMISSAL", actor=coach)
    assert counts(coach) == (1, 0, 1)


def test_a_contract_to_come_and_one_that_fell_through_count_for_nothing(coach) -> None:
    worked(person(coach), date(2025, 9, 8))
    called_off = worked(person(coach), date(2025, 9, 8))
    cancel_hiring(employment=called_off, on=date(2025, 9, 1), reason="Renonce.", actor=coach)
    assert counts(coach) == (0, 0, 2)


def test_a_training_in_the_firm_is_no_placement(coach) -> None:
    worked(person(coach), date(2025, 2, 3), date(2025, 7, 31), kind="STAGE")
    assert counts(coach) == (0, 0, 1)


def test_182_days_with_several_employers(coach) -> None:
    case = person(coach)
    first = worked(case, date(2025, 1, 20), date(2025, 3, 31))
    end_employment(employment=first, ended_on=date(2025, 3, 31), reason="TERM", actor=coach)
    second = worked(case, date(2025, 4, 14), date(2025, 6, 6))
    end_employment(employment=second, ended_on=date(2025, 6, 6), reason="TERM", actor=coach)
    worked(case, date(2025, 6, 16), date(2025, 8, 31))
    # 71 + 54 days, then the 57 that miss end on 11 August.
    assert counts(coach, last=date(2025, 8, 11)) == (1, 0, 1)
    assert counts(coach, last=date(2025, 8, 12)) == (1, 1, 1)


def test_a_placement_before_the_period_counts_while_the_case_is_open_in_it(coach) -> None:
    worked(person(coach), date(2025, 2, 3))
    assert counts(coach, first=date(2025, 6, 1)) == (1, 1, 1)
    assert counts(coach, first=date(2025, 1, 1), last=date(2025, 2, 2)) == (0, 0, 1)


@pytest.mark.parametrize(("people", "percent"), [(4, None), (5, Decimal("20.0"))])
def test_a_rate_carries_its_counts_and_its_definition_and_hides_below_five(coach, people, percent) -> None:
    cases = [person(coach) for _number in range(people)]
    worked(cases[0], date(2025, 2, 3))
    rate = insertion(coach).cell("durable", "rate").value
    assert isinstance(rate, Rate)
    assert (rate.numerator, rate.denominator, rate.percent) == (1, people, percent)
    assert "3 mois d’affilée" in rate.definition
    assert "31/08/2025" in rate.definition


def test_the_rate_among_the_placed_has_them_as_denominator(coach) -> None:
    for _number in range(5):
        worked(person(coach), date(2025, 7, 1))
    durable = person(coach)
    worked(durable, date(2025, 2, 3))
    person(coach)
    table = insertion(coach)
    rate = table.cell("durable_placed", "rate").value
    assert (rate.numerator, rate.denominator) == (1, 6)
    assert table.cell("durable_placed", "count").refs == (durable.pk,)


def test_a_figure_opens_on_its_people(coach, client) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8), last_name="Placée")
    worked(case, date(2025, 2, 3))
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    period = "?first=01/01/2025&last=31/08/2025"
    page = client.get(reverse("reporting:report", args=["activite"]) + period).content.decode()
    figure = reverse("reporting:figure", args=["activite", "insertion", "durable", "count"])
    assert figure in page
    assert "Mise à l’emploi et insertion durable" in page
    assert "Placée" in client.get(figure + period).content.decode()


@pytest.mark.parametrize("extension", ["csv", "xlsx", "pdf"])
def test_the_table_is_in_every_file(coach, client, extension) -> None:
    worked(person(coach), date(2025, 2, 3))
    client.force_login(user_with(Role.ADMIN, coach.current_organisation))
    url = reverse("reporting:report_file", args=["activite", extension]) + "?first=01/01/2025&last=31/08/2025"
    answer = client.get(url)
    assert answer.status_code == 200
    if extension == "csv":
        assert "insertion durable" in answer.content.decode("utf-8-sig")

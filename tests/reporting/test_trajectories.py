"""The longitudinal report: cohorts, what people went through, how long they waited and how long jobs hold."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case
from foundation.rules.rates import Rate
from placements.services.hiring import end_employment
from reporting.trajectories import build_trajectories
from tables.engine.scope import Scope
from tables.renderers.json import parse_report, report_json
from tests.factories import stories
from tests.factories.accounts import user_with

pytestmark = pytest.mark.django_db

FIRST, LAST = date(2025, 1, 1), date(2025, 6, 30)


@pytest.fixture
def coach(frozen):
    frozen("2025-09-01")
    return stories.a_coach()


def report(reader, **narrowed):
    scope = {"organisations": (reader.current_organisation,), "first": FIRST, "last": LAST} | narrowed
    return build_trajectories(Scope(**scope))


def worked(case, first, last=None, **job):
    return stories.hired(case, starts_on=first, ends_on=last, contract_type="CDD" if last else "CDI", **job)


def ended(case, first, planned, last=None):
    """A job whose end, the planned one or an earlier one, is known; the person bounced back that day."""
    job = worked(case, first, planned)
    end_employment(
        employment=job, ended_on=last or planned, reason="TERM" if last is None else "DISMISSAL", actor=case.coach
    )
    return job


def values(table, column) -> dict[str, object]:
    position = [one.key for one in table.columns].index(column)
    return {row.key: row.cells[position].value for row in table.rows}


def refs(table, column) -> dict[str, set]:
    position = [one.key for one in table.columns].index(column)
    return {row.key: set(row.cells[position].refs) for row in table.rows}


def test_a_cohort_is_the_quarter_of_the_opening_whatever_phase_was_reached(coach) -> None:
    opened = {
        "before": stories.a_case(coach, opened_on=date(2024, 12, 31)),
        "first": stories.a_case(coach, opened_on=FIRST),
        "second": stories.in_prehire(coach, opened_on=date(2025, 3, 31), since=date(2025, 4, 2)),
        "third": stories.in_prehire(coach, since=date(2025, 4, 1)),
        "last": stories.a_case(coach, opened_on=LAST),
        "after": stories.a_case(coach, opened_on=date(2025, 7, 1)),
    }
    stories.a_case(stories.a_coach(), opened_on=FIRST)
    entries = refs(report(coach).table("cohorts"), "entries")
    assert entries["2025-1"] == {opened["first"].pk, opened["second"].pk}
    assert entries["2025-2"] == {opened["third"].pk, opened["last"].pk}
    assert entries["total"] == entries["2025-1"] | entries["2025-2"]
    assert set(entries) == {"2025-1", "2025-2", "total"}
    colleague = stories.a_coach(coach.current_organisation)
    assert refs(report(coach, coach=colleague).table("cohorts"), "entries")["total"] == set()


@pytest.mark.parametrize(("on", "left"), [(date(2025, 6, 30), 1), (date(2025, 7, 1), 0)])
def test_what_came_after_the_period_is_not_known_to_it(coach, on, left) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    exit_case(case=case, on=on, exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    job = stories.in_prehire(coach, since=date(2025, 1, 8))
    worked(job, on)
    document = report(coach)
    assert values(document.table("cohorts"), "left")["total"] == left
    assert values(document.table("cohorts"), "open")["total"] == 2 - left
    assert values(document.table("cohorts"), "placed")["total"] == left
    paths = values(document.table("courses"), "count")
    assert paths["total"] == 2
    assert ("preparatory-pre_hire-exit" in paths) is bool(left)
    assert ("preparatory-pre_hire-hire-follow_up" in paths) is bool(left)


def test_rates_carry_their_counts_and_hide_below_five(coach) -> None:
    cases = [stories.in_prehire(coach, since=date(2025, 1, 8)) for _ in range(5)]
    stories.in_prehire(coach, since=date(2025, 4, 8))
    worked(cases[0], date(2025, 2, 3))
    table = report(coach).table("cohorts")
    rate = table.cell("2025-1", "durable_rate").value
    assert isinstance(rate, Rate)
    assert (rate.numerator, rate.denominator, rate.percent) == (1, 5, Decimal("20.0"))
    assert "3 mois d’affilée" in rate.definition
    assert table.cell("2025-2", "placed_rate").value.percent is None


def test_courses_bounces_and_contracts_are_those_of_a_naive_count(coach) -> None:
    """Ten people of four kinds; the expected figures are written down, not computed by the report."""
    stay = [stories.in_prehire(coach, since=date(2025, 1, 8)) for _ in range(4)]
    back = [stories.in_prehire(coach, since=date(2025, 1, 8)) for _ in range(3)]
    for case in back:
        ended(case, date(2025, 2, 3), date(2025, 3, 31))
    twice = stories.in_prehire(coach, since=date(2025, 1, 8))
    for first, last in ((date(2025, 2, 3), date(2025, 2, 28)), (date(2025, 4, 7), date(2025, 4, 30))):
        ended(twice, first, last)
    worked(twice, date(2025, 6, 2))
    waiting = [stories.a_case(coach, opened_on=date(2025, 5, 5)) for _ in range(2)]
    document = report(coach)
    once = "preparatory-pre_hire-hire-follow_up-pre_hire"
    assert values(document.table("courses"), "count") == {
        "preparatory-pre_hire": 4,
        once: 3,
        "preparatory": 2,
        f"{once}-hire-follow_up-pre_hire-hire-follow_up": 1,
        "total": 10,
    }
    assert [row.key for row in document.table("courses").rows][:2] == ["preparatory-pre_hire", once]
    assert refs(document.table("courses"), "count")["preparatory-pre_hire"] == {case.pk for case in stay}
    assert values(document.table("bounces"), "count") == {
        "job_ended": 5,
        "fell_through": 0,
        "total": 5,
        "per_person": Decimal("0.5"),
    }
    assert refs(document.table("bounces"), "cases")["job_ended"] == {case.pk for case in [*back, twice]}
    assert values(document.table("bounces_per_person"), "count") == {"0": 6, "1": 3, "2": 1, "3": 0, "total": 10}
    assert values(document.table("contracts"), "count") == {"contracts": 6, "people": 4, "mean": None}
    assert values(document.table("contracts_per_person"), "count") == {"0": 6, "1": 3, "2": 0, "3": 1, "total": 10}
    wait = document.table("wait")
    assert values(wait, "found")["total"] == 4
    assert refs(wait, "waiting")["2025-2"] == {case.pk for case in waiting}
    # Four of ten were hired 26 days after their entry, all others are still waited for: a quarter was placed by then.
    assert values(wait, "first_quartile") == {"2025-1": 26, "2025-2": None, "total": 26}
    assert values(wait, "median") == {"2025-1": 26, "2025-2": None, "total": None}
    (curve,) = wait.curves
    assert curve.points == ((0, Decimal("100.0")), (26, Decimal("60.0")))
    assert curve.until == 57
    assert dict(curve.at_risk) == {0: 10, 91: 4, 182: 0, 273: 0, 365: 0, 456: 0, 547: 0}


def test_somebody_who_comes_back_is_one_person_with_two_paths(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    exit_case(case=case, on=date(2025, 3, 3), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=coach)
    opening = CaseOpening(coach=coach, opened_on=date(2025, 5, 5))
    again = open_case(beneficiary=case.beneficiary, opening=opening, actor=coach)
    document = report(coach)
    assert values(document.table("cohorts"), "entries")["total"] == 2
    assert refs(document.table("contracts_per_person"), "count")["0"] == {again.pk}
    assert values(document.table("wait"), "left")["total"] == 1


def test_how_long_jobs_hold_against_the_definition(coach) -> None:
    """Six jobs, told as (days held, ended); the shares are the products of the textbook."""
    for first, last in (
        (date(2025, 1, 8), date(2025, 1, 27)),  # 20 days
        (date(2025, 1, 8), date(2025, 2, 16)),  # 40
        (date(2025, 1, 8), date(2025, 2, 16)),  # 40
    ):
        ended(stories.in_prehire(coach, since=date(2025, 1, 8)), first, date(2025, 12, 31), last)
    # Still running at the end of the period: one whose end is planned for the next day is not over.
    worked(stories.in_prehire(coach, since=date(2025, 1, 8)), date(2025, 1, 8))
    worked(stories.in_prehire(coach, since=date(2025, 1, 8)), date(2025, 1, 8), date(2025, 7, 1))
    worked(stories.in_prehire(coach, since=date(2025, 1, 8)), date(2025, 6, 1))
    table = report(coach).table("survival")
    assert values(table, "at_risk") == {"0": 6, "30": 5, "91": 2, "182": 0, "365": 0}
    assert values(table, "ended") == {"0": 0, "30": 1, "91": 3, "182": 3, "365": 3}
    assert values(table, "censored") == {"0": 0, "30": 0, "91": 1, "182": 3, "365": 3}
    # 5/6 after 20 days; below five at risk, no share.
    assert values(table, "share") == {
        "0": Decimal("100.0"),
        "30": Decimal("83.3"),
        "91": None,
        "182": None,
        "365": None,
    }
    # The curve stops where the table does: four jobs alone were watched for forty days.
    assert table.curves[0].points == ((0, Decimal("100.0")), (20, Decimal("83.3")))
    assert table.curves[0].until == 30
    document = report(coach)
    assert parse_report(report_json(document)) == document
    by_type = document.table("at_risk_by_type")
    assert values(by_type, "0") == {"CDI": 2, "CDD": 4, "total": 6}


def test_a_renewal_is_the_same_job_and_another_firm_another_one(coach) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8))
    firm = stories.a_company(coach)
    first = worked(case, date(2025, 2, 3), date(2025, 2, 28), company=firm)
    end_employment(employment=first, ended_on=date(2025, 2, 28), reason="TERM", actor=coach)
    worked(case, date(2025, 3, 5), company=firm)
    table = report(coach).table("survival")
    assert refs(table, "at_risk")["91"] == {first.pk}
    assert values(table, "at_risk")["0"] == 1


def test_without_anybody_the_report_says_so_without_falling(coach) -> None:
    document = report(coach)
    assert values(document.table("cohorts"), "entries")["total"] == 0
    assert "survival" not in [table.code for table in document.tables()]


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def admin(coach, client):
    user = user_with(Role.ADMIN, coach.current_organisation)
    client.force_login(user)
    return user


PERIOD = "?first=01/01/2025&last=30/06/2025"


def test_a_figure_opens_on_trajectories(client, coach, admin) -> None:
    case = stories.in_prehire(coach, since=date(2025, 1, 8), last_name="Suivie")
    worked(case, date(2025, 2, 3))
    page = client.get(reverse("reporting:report", args=["trajectoires"]) + PERIOD).content.decode()
    figure = reverse("reporting:figure", args=["trajectoires", "cohorts", "2025-1", "placed"])
    assert figure in page
    rows = client.get(figure + PERIOD).content.decode()
    assert "Suivie" in rows
    assert "pré-embauche 08/01/2025 → embauche 03/02/2025 → suivi en entreprise 03/02/2025" in rows
    assert reverse("beneficiaries:case_path", args=[case.pk]) in rows


def test_the_period_proposed_goes_back_two_whole_years(client, admin) -> None:
    form = client.get(reverse("reporting:report", args=["trajectoires"])).context["form"]
    assert (form.cleaned_data["first"], form.cleaned_data["last"]) == (date(2023, 1, 1), date(2025, 9, 1))


def test_every_file_and_the_curve_in_the_page_and_on_paper(client, coach, admin) -> None:
    for number in range(5):
        case = stories.in_prehire(coach, since=date(2025, 1, 8))
        ended(case, date(2025, 2, 3), date(2025, 2, 6 + 4 * number))
    page = client.get(reverse("reporting:report", args=["trajectoires"]) + PERIOD).content.decode()
    assert page.count('<svg class="chart-drawing"') >= 2
    assert "style=" not in page.partition("<main")[2]
    begins = {"pdf": b"%PDF-", "xlsx": b"PK", "csv": b"\xef\xbb\xbf", "json": b"{"}
    for extension, magic in begins.items():
        address = reverse("reporting:report_file", args=["trajectoires", extension]) + PERIOD
        assert client.get(address).content.startswith(magic)


@pytest.mark.parametrize("rows", [1, 6])
def test_the_report_costs_the_same_whatever_the_number_of_cases(
    client, coach, admin, django_assert_max_num_queries, rows
) -> None:
    for _ in range(rows):
        worked(stories.in_prehire(coach, since=date(2025, 1, 8)), date(2025, 2, 3))
    address = reverse("reporting:report", args=["trajectoires"]) + PERIOD
    client.get(address)
    with django_assert_max_num_queries(15):
        client.get(address)

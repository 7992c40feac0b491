"""What dated situations say of a criterion: established, contradicted, or not known enough."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.eligibility import (
    MirePolicy,
    Profile,
    RegistrationDuty,
    check_cisp,
    check_mire,
    registration_due,
)
from beneficiaries.rules.papers import paper_type
from beneficiaries.rules.situations import SituationKind
from foundation.rules.periods import Period, add_months, covered_days

D = date.fromisoformat
ON = D("2026-03-02")
SINCE = D("2023-03-02")
PLAIN = Profile(
    birth_date=D("1990-05-10"),
    registered_inoccupied_on_date=True,
    registered_inoccupied_periods=(Period(D("2025-06-01")),),
    highest_diploma="CESS",
)


def knowing(**situations):
    return replace(PLAIN, situations={SituationKind(kind): tuple(periods) for kind, periods in situations.items()})


def span(first, last=None):
    return Period.from_inclusive(D(first), D(last) if last else None)


def finding(profile, code, on=ON):
    return next(f for f in check_mire(profile, on).findings if f.code == code)


@pytest.mark.parametrize(
    ("period", "met", "contradicted"),
    [
        (span("2026-03-02"), True, False),
        (span("2026-03-03"), False, False),
        (span("2025-01-01", "2026-03-02"), True, False),
        (span("2025-01-01", "2026-03-01"), False, True),
        (None, False, False),
    ],
)
@pytest.mark.parametrize("check", [check_mire, check_cisp])
def test_an_integration_income_runs_that_day(check, period, met, contradicted):
    profile = knowing(RIS=[period] if period else [])
    found = next(f for f in check(profile, ON).findings if f.code == "integration_income")
    assert (found.met, found.contradicted, found.to_verify) == (met, contradicted, not met and not contradicted)
    ticked = replace(profile, ticked=frozenset({"integration_income"}))
    again = next(f for f in check(ticked, ON).findings if f.code == "integration_income")
    assert again.met is not contradicted


@pytest.mark.parametrize("kind", ["WORK", "UNEMPLOYMENT", "RIS"])
@pytest.mark.parametrize(
    ("period", "contradicted"),
    [
        (span("2022-01-01", "2023-03-01"), False),
        (span("2022-01-01", "2023-03-02"), True),
        (span("2026-03-01", "2026-03-01"), True),
        (span("2026-03-02"), False),
    ],
)
def test_one_day_of_work_or_income_in_the_window_contradicts_inactivity(kind, period, contradicted):
    ticked = replace(knowing(**{kind: [period]}), ticked=frozenset({"inactive_36_months"}))
    found = finding(ticked, "inactive_36_months")
    assert (found.contradicted, found.met) == (contradicted, not contradicted)


@pytest.mark.parametrize(
    ("first", "last", "met"),
    [
        ("2023-03-02", "2026-03-01", True),
        ("2023-03-02", None, True),
        ("2023-03-03", None, False),
        ("2023-03-02", "2026-02-28", False),
    ],
)
def test_inactivity_is_established_when_every_day_is_noted(first, last, met):
    found = finding(knowing(NO_INCOME=[span(first, last)]), "inactive_36_months")
    assert (found.met, found.to_verify, found.required) == (met, not met, (ON - SINCE).days)


def test_sickness_is_neither_work_nor_one_of_the_incomes_of_the_law():
    assert not finding(knowing(SICKNESS=[span("2024-01-01")]), "inactive_36_months").contradicted


@pytest.mark.parametrize(
    ("period", "origin", "met", "words"),
    [
        (span("2026-03-02", "2026-03-02"), True, True, "du 02/03/2026 au 02/03/2026"),
        (span("2020-01-01", "2026-03-01"), True, False, "un recours est-il en cours"),
        (span("2020-01-01"), None, False, "l’origine n’est pas précisée"),
        (span("2020-01-01"), False, False, "belge ou européenne"),
        (None, True, False, "Aucun titre de séjour"),
    ],
)
def test_foreign_origin_with_legal_residence(period, origin, met, words):
    profile = replace(knowing(RESIDENCE=[period] if period else []), foreign_origin=origin)
    found = finding(profile, "foreign_origin")
    assert (found.met, found.to_verify, found.contradicted) == (met, not met, False)
    assert words in found.reason
    assert finding(replace(profile, ticked=frozenset({"foreign_origin"})), "foreign_origin").met


def test_a_closed_door_is_not_even_listed():
    profile = replace(knowing(RIS=[span("2025-01-01")]), ticked=frozenset({"forem_referral"}), derogation=True)
    policy = MirePolicy(closed=frozenset({"forem_referral", "derogation"}))
    result = check_mire(profile, ON, policy)
    assert result.criteria == ("integration_income",)
    assert "forem_referral" not in {f.code for f in result.findings}
    shut = MirePolicy(closed=policy.closed | {"integration_income"})
    assert not check_mire(profile, ON, shut).by_derogation


@pytest.mark.parametrize(
    ("granted", "on", "due"),
    [
        ("2025-12-31", "2025-12-31", None),
        ("2025-12-31", "2026-01-01", "2026-04-01"),
        ("2026-01-01", "2026-01-01", "2026-01-29"),
        ("2026-02-16", "2026-03-02", "2026-03-16"),
        ("2026-03-03", "2026-03-02", None),
    ],
)
def test_until_when_somebody_helped_must_register(granted, on, due):
    found = registration_due([span(granted)], [], D(on), RegistrationDuty())
    assert found == (D(due) if due else None)
    assert registration_due([span(granted)], [span("2020-01-01")], D(on), RegistrationDuty()) is None


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7", "application/pdf"),
        (b"\xff\xd8\xff\xdb", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\x89PNG\n", None),
        (b"PK\x03\x04", None),
        (b"<svg>", None),
        (b"", None),
    ],
)
def test_a_file_is_what_it_begins_with(head, kind):
    assert paper_type(head) == kind


KINDS = st.sampled_from(["WORK", "UNEMPLOYMENT", "RIS", "NO_INCOME", "SICKNESS", "RESIDENCE"])
SPANS = st.builds(
    lambda start, length: Period(ON + timedelta(days=start), ON + timedelta(days=start + length)),
    st.integers(-1300, 40),
    st.integers(1, 1300),
)


@given(st.dictionaries(KINDS, st.lists(SPANS, max_size=3), max_size=5))
def test_inactivity_agrees_with_a_count_day_by_day(situations):
    found = finding(knowing(**situations), "inactive_36_months")
    window = [SINCE + timedelta(days=n) for n in range((ON - SINCE).days)]

    def some(*kinds):
        return [day for day in window if any(p.contains(day) for kind in kinds for p in situations.get(kind, []))]

    assert found.contradicted == bool(some("WORK", "UNEMPLOYMENT", "RIS"))
    assert found.met == (not found.contradicted and len(some("NO_INCOME")) == len(window))
    assert add_months(ON, -36) == SINCE
    assert covered_days([Period(SINCE, ON)], SINCE, ON) == len(window)


@given(st.dictionaries(KINDS, st.lists(SPANS, max_size=3), max_size=5), st.booleans())
def test_a_tick_never_takes_a_criterion_away_and_never_overrules_the_file(situations, foreign):
    profile = replace(knowing(**situations), foreign_origin=foreign)
    codes = ("integration_income", "inactive_36_months", "foreign_origin")
    ticked = replace(profile, ticked=frozenset(codes))
    for code in codes:
        before, after = finding(profile, code), finding(ticked, code)
        assert after.met is not after.contradicted
        assert after.met or not before.met

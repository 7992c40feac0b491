"""The conditions of the hiring aids, on the days on which they change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.rules.periods import Period, add_months
from placements.rules.aids import TESTS, AidFacts, judged

D = date.fromisoformat
PLAIN = AidFacts(
    birth_date=D("1990-05-10"),
    diploma="CESS",
    postal_code="4800",
    registrations=(Period(D("2015-01-01")),),
    starts_on=D("2026-03-02"),
    ends_on=None,
    open_ended=True,
    weekly_hours=38,
)


def said(code, words, **facts):
    """What is said of the condition whose words hold these."""
    found = [one for one in judged(code, replace(PLAIN, **facts)) if words in one.words]
    assert len(found) <= 1
    return found[0].holds if found else "not asked"


@pytest.mark.parametrize(("birth", "young"), [("2001-03-02", True), ("2001-03-01", False), ("2001-03-03", True)])
def test_the_age_is_that_of_the_eve(birth, young):
    """25 on the first day is 24 the day before."""
    assert said("IMPULSION_25", "moins de 25", birth_date=D(birth)) is young


@pytest.mark.parametrize(("since", "enough"), [("2025-09-01", True), ("2025-09-02", False)])
def test_six_months_for_who_has_the_cess_counted_to_the_eve(since, enough):
    assert said("IMPULSION_25", "sans CESS", registrations=[Period(D(since))]) is enough
    assert said("IMPULSION_25", "sans CESS", registrations=[Period(D(since))], diploma="CESI") is True
    assert said("IMPULSION_25", "sans CESS", registrations=[Period(D(since))], diploma="HIGHER") is False
    assert said("IMPULSION_25", "sans CESS", registrations=[Period(D(since))], diploma="") is None


@pytest.mark.parametrize(
    ("code", "since", "enough"),
    [
        ("IMPULSION_12", "2025-03-01", True),
        ("IMPULSION_12", "2025-03-02", False),
        ("TREMPLIN_24", "2024-03-01", True),
        ("TREMPLIN_24", "2024-03-02", False),
        ("SESAM", "2025-11-01", True),
        ("SESAM", "2025-11-02", False),
    ],
)
def test_how_long_one_is_registered(code, since, enough):
    assert said(code, "inscrit·e", registrations=[Period(D(since))]) is enough
    assert said(code, "inscrit·e", registrations=[Period(D(since), D("2026-03-01"))]) is False


@pytest.mark.parametrize(
    ("postal_code", "lives_there"),
    [
        ("4800", True),
        ("4700", False),
        ("4790", False),
        ("1300", True),
        ("1000", False),
        ("7999", True),
        ("8000", False),
    ],
)
def test_who_lives_in_eupen_or_brussels_does_not_live_in_french_speaking_wallonia(postal_code, lives_there):
    assert said("IMPULSION_12", "domicile", postal_code=postal_code) is lives_there
    assert said("IMPULSION_12", "domicile", postal_code="") is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "holds"),
    [
        # No minimum until 30 June 2023.
        ("2023-06-30", "2023-07-14", "not asked"),
        ("2023-07-01", "2023-08-30", False),
        ("2023-07-01", "2023-08-31", True),
        # From the fifth to the third: fifty-eight days, one short of two calendar months.
        ("2026-01-05", "2026-03-03", False),
        ("2026-01-05", "2026-03-04", True),
    ],
)
@pytest.mark.parametrize("code", ["IMPULSION_25", "IMPULSION_12"])
def test_two_months_at_least_since_july_2023(code, starts_on, ends_on, holds):
    facts = {"starts_on": D(starts_on), "ends_on": D(ends_on), "open_ended": False}
    assert said(code, "au moins 2 mois", **facts) == holds
    if holds != "not asked":
        assert said(code, "au moins 2 mois", **(facts | {"open_ended": True, "ends_on": None})) is True
        assert said(code, "au moins 2 mois", **(facts | {"ends_on": None})) is None


@pytest.mark.parametrize(
    ("starts_on", "age", "registered", "old_enough", "asked"),
    [
        ("2023-06-30", 55, False, True, "not asked"),
        ("2023-07-01", 55, False, True, False),
        ("2023-07-01", 55, True, True, True),
        ("2023-07-01", 59, False, True, False),
        ("2023-07-01", 60, False, True, True),
        ("2023-07-01", 54, True, False, True),
        ("2025-12-31", 55, True, True, True),
        ("2026-01-01", 56, True, False, True),
        ("2026-01-01", 57, True, True, True),
    ],
)
def test_the_older_public_and_the_registration_asked_of_55_to_59(starts_on, age, registered, old_enough, asked):
    first = D(starts_on)
    born = add_months(first - timedelta(days=1), -12 * age)
    facts = {"starts_on": first, "birth_date": born, "registrations": [Period(D("2015-01-01"))] if registered else []}
    assert said("IMPULSION_55", "ans ou plus", **facts) is old_enough
    assert said("IMPULSION_55", "avant 60 ans", **facts) == asked


@pytest.mark.parametrize(("age", "holds"), [(24, True), (25, False), (57, False), (58, True)])
def test_the_single_incentive_is_for_under_25_and_over_57(age, holds):
    born = add_months(D("2026-07-05"), -12 * age)
    assert said("INCITANT_AGE", "plus de 57", starts_on=D("2026-07-06"), birth_date=born) is holds


@pytest.mark.parametrize(
    ("code", "last", "first"),
    [("IMPULSION_25", "2026-06-30", None), ("IMPULSION_12", "2026-06-30", None), ("INCITANT_12", None, "2026-07-01")],
)
def test_what_ends_in_june_2026_and_what_may_replace_it(code, last, first):
    assert bool(judged(code, replace(PLAIN, starts_on=D("2026-06-30")))) is (last is not None)
    assert bool(judged(code, replace(PLAIN, starts_on=D("2026-07-01")))) is (first is not None)


@pytest.mark.parametrize(("hours", "holds"), [(19, True), (18.99, False), (None, None)])
def test_half_a_full_time_at_least_for_tremplin(hours, holds):
    assert said("TREMPLIN_24", "mi-temps", weekly_hours=hours) is holds


def test_an_aid_without_tests_says_nothing_and_an_unknown_birth_date_is_no_refusal():
    assert judged("PFI", PLAIN) == ()
    assert said("IMPULSION_25", "moins de 25", birth_date=None) is None


@given(st.dates(D("2000-01-01"), D("2035-12-31")), st.sampled_from(sorted({one.code for one in TESTS})))
def test_one_version_at_most_judges_a_first_day(starts_on, code):
    holding = [one for one in TESTS if one.code == code and one.holds_on(starts_on)]
    assert len(holding) <= 1
    assert len(judged(code, replace(PLAIN, starts_on=starts_on))) == (len(holding[0].tests) if holding else 0)

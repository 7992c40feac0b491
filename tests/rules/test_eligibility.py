"""Two laws, two engines: what opens the door, what closes it, and what is said of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.rules.eligibility import (
    CispPolicy,
    Criterion,
    MirePolicy,
    Mode,
    Profile,
    Status,
    blocking_words,
    check_cisp,
    check_house,
    check_mire,
    cisp,
    house,
    mire,
)
from beneficiaries.rules.situations import SituationKind
from foundation.rules.periods import Period, add_months

D = date.fromisoformat
ON = D("2026-03-02")
PLAIN = Profile(
    birth_date=D("1990-05-10"),
    registered_inoccupied_on_date=True,
    registered_inoccupied_periods=(Period(D("2025-06-01")),),
    highest_diploma="CESS",
)


def finding(result, code):
    return next(f for f in result.findings if f.code == code)


def test_registered_and_nothing_more_is_not_enough():
    result = check_mire(PLAIN, ON)
    assert (result.eligible, result.blocking, result.criteria) == (False, (), ())
    assert [f.code for f in result.findings] == [c.code for c in mire.CRITERIA if c.in_force(ON, MirePolicy())]
    assert not any(f.met for f in result.findings)
    assert all(f.reason for f in result.findings)


OF_BOTH = {"no_cess", "integration_income", "aviq_referral"}
OF_2004 = {"benefits_24_of_36", "refugee_or_regularised", "returning_to_market"}
OF_2023 = {
    "registered_24_of_36",
    "inactive_36_months",
    "foreign_origin",
    "young_12_months",
    "senior_55",
    "forem_referral",
}


@pytest.mark.parametrize(
    ("on", "listed"),
    [
        ("2010-05-03", OF_BOTH | OF_2004),
        ("2023-12-31", OF_BOTH | OF_2004),
        ("2024-01-01", OF_BOTH | OF_2023),
        ("2026-11-30", OF_BOTH | OF_2023),
    ],
)
def test_each_decree_has_its_list(on, listed):
    everything = {criterion.code for criterion in mire.CRITERIA}
    result = check_mire(replace(PLAIN, ticked=frozenset(everything)), D(on))
    assert {f.code for f in result.findings} == listed
    assert set(result.criteria) <= listed
    assert everything == OF_BOTH | OF_2004 | OF_2023


@pytest.mark.parametrize(
    ("first", "last", "codes"),
    [
        ("2023-01-01", "2023-12-31", OF_BOTH | OF_2004),
        ("2023-12-31", "2024-01-01", OF_BOTH | OF_2004 | OF_2023),
        ("2024-01-01", "2024-12-31", OF_BOTH | OF_2023),
    ],
)
def test_a_report_names_the_lists_of_its_period(first, last, codes):
    assert {one.code for one in mire.CRITERIA if one.holds_within(D(first), D(last))} == codes


@pytest.mark.parametrize(("first", "met"), [("2021-12-31", True), ("2022-01-01", False)])
def test_the_former_duration_counts_months_with_benefits(first, met):
    """730 days in the 36 months before 31 December 2023; the registration itself counted for nothing."""
    profile = replace(
        PLAIN,
        registered_inoccupied_periods=(Period(D("2015-01-01")),),
        situations={SituationKind.UNEMPLOYMENT: (Period(D(first), D("2023-12-31")),)},
    )
    found = finding(check_mire(profile, D("2023-12-31")), "benefits_24_of_36")
    assert (found.met, found.to_verify) == (met, not met)


@pytest.mark.parametrize("criterion", [*mire.CRITERIA, *cisp.CRITERIA, *house.CRITERIA], ids=lambda one: one.code)
def test_every_criterion_names_its_source(criterion):
    assert criterion.source


@pytest.mark.parametrize(
    ("birth", "ticked", "blocking", "eligible"),
    [
        ("1990-05-10", {"house_decision"}, (), True),
        ("1990-05-10", set(), (), False),
        ("2008-03-03", {"house_decision"}, ("compulsory_schooling",), False),
        ("2008-03-02", {"house_decision"}, (), True),
    ],
)
def test_a_house_without_a_list_decides_and_nobody_need_be_registered(birth, ticked, blocking, eligible):
    profile = Profile(birth_date=D(birth), ticked=frozenset(ticked), derogation=True)
    result = check_house(profile, ON)
    assert (result.blocking, result.eligible, result.by_derogation) == (blocking, eligible, False)


@pytest.mark.parametrize(("birth", "blocked"), [("2008-03-01", False), ("2008-03-02", False), ("2008-03-03", True)])
@pytest.mark.parametrize("check", [check_mire, check_cisp])
def test_compulsory_schooling_ends_on_the_eighteenth_birthday(check, birth, blocked):
    result = check(replace(PLAIN, birth_date=D(birth), highest_diploma="CEB"), ON)
    assert result.blocking == (("compulsory_schooling",) if blocked else ())
    assert result.eligible is not blocked
    assert len(result.criteria) == 1


@pytest.mark.parametrize("check", [check_mire, check_cisp])
def test_who_is_not_registered_that_day_is_blocked_whatever_the_past(check):
    result = check(replace(PLAIN, registered_inoccupied_on_date=False, highest_diploma="NONE"), ON)
    assert result.blocking == ("not_registered",)
    assert not result.eligible


def test_an_unknown_birth_date_blocks_and_is_said():
    result = check_mire(replace(PLAIN, birth_date=None, highest_diploma="CEB"), ON)
    assert result.blocking == ("birth_date_unknown",)
    assert finding(result, "senior_55").to_verify
    assert all(blocking_words(code) for code in result.blocking)


@pytest.mark.parametrize(("birth", "met"), [("1971-03-01", True), ("1971-03-02", True), ("1971-03-03", False)])
def test_a_senior_is_55_that_day(birth, met):
    assert finding(check_mire(replace(PLAIN, birth_date=D(birth)), ON), "senior_55").met is met


def test_the_reason_gives_the_figures_compared():
    found = check_mire(PLAIN, ON)
    assert finding(found, "senior_55").reason == "35 ans ce jour-là ; il faut 55 ans ou plus."
    assert finding(found, "young_12_months").reason.startswith("35 ans ce jour-là ; il faut moins de 25 ans. ")
    days = finding(found, "registered_24_of_36")
    assert (days.measured, days.required) == (274, 730)
    assert "274 jours" in days.reason
    assert "730 requis" in days.reason


@pytest.mark.parametrize(("birth", "met"), [("2001-03-01", False), ("2001-03-02", False), ("2001-03-03", True)])
def test_a_young_person_is_under_25_that_day(birth, met):
    young = replace(PLAIN, birth_date=D(birth), registered_inoccupied_periods=(Period(D("2025-03-02")),))
    assert finding(check_mire(young, ON), "young_12_months").met is met


@pytest.mark.parametrize(
    ("first", "last", "met"),
    [
        ("2025-03-01", None, True),
        ("2025-03-02", None, True),
        ("2025-03-03", None, False),
        ("2025-03-02", "2026-03-01", True),
        ("2025-03-02", "2026-02-28", False),
    ],
)
def test_a_young_person_has_been_registered_for_twelve_months_without_a_break(first, last, met):
    period = Period.from_inclusive(D(first), None if last is None else D(last))
    young = replace(PLAIN, birth_date=D("2002-01-01"), registered_inoccupied_periods=(period,))
    assert finding(check_mire(young, ON), "young_12_months").met is met


@pytest.mark.parametrize(("gap_days", "met"), [(0, True), (1, False)])
def test_registrations_that_follow_each_other_are_one(gap_days, met):
    first = Period.from_inclusive(D("2024-06-01"), D("2025-09-30"))
    second = Period(D("2025-10-01") + timedelta(days=gap_days))
    young = replace(PLAIN, birth_date=D("2002-01-01"), registered_inoccupied_periods=(second, first))
    assert finding(check_mire(young, ON), "young_12_months").met is met


@pytest.mark.parametrize(
    ("diploma", "no_cess", "young"),
    [
        ("NONE", True, True),
        ("CEB", True, True),
        ("CESI", True, True),
        ("CESS", False, True),
        ("HIGHER", False, False),
        ("OTHER", False, False),
        ("", False, False),
    ],
)
def test_levels_of_diploma(diploma, no_cess, young):
    profile = replace(
        PLAIN,
        birth_date=D("2002-01-01"),
        registered_inoccupied_periods=(Period(D("2024-12-01")),),
        highest_diploma=diploma,
    )
    result = check_mire(profile, ON)
    assert finding(result, "no_cess").met is no_cess
    assert finding(result, "young_12_months").met is young
    unknown = diploma in {"OTHER", ""}
    assert finding(result, "no_cess").to_verify is unknown
    assert finding(result, "young_12_months").to_verify is unknown
    assert finding(check_cisp(profile, ON), "at_most_cesdd").met is no_cess


def test_an_unknown_diploma_is_not_worth_verifying_for_who_is_too_old():
    result = check_mire(replace(PLAIN, highest_diploma=""), ON)
    assert not finding(result, "young_12_months").to_verify


@pytest.mark.parametrize(
    ("check", "code", "months"),
    [(check_mire, "registered_24_of_36", 24), (check_cisp, "registered_18_of_24", 18)],
)
@pytest.mark.parametrize(("shift", "met"), [(-1, True), (0, True), (1, False)])
def test_days_registered_are_compared_with_the_days_of_the_months(check, code, months, shift, met):
    since = add_months(ON, -months) + timedelta(days=shift)
    found = finding(check(replace(PLAIN, registered_inoccupied_periods=(Period(since),)), ON), code)
    assert found.met is met
    assert found.required == (ON - add_months(ON, -months)).days
    assert found.measured == found.required - shift


def test_only_the_window_counts():
    old = Period.from_inclusive(D("2015-01-01"), add_months(ON, -36) - timedelta(days=1))
    assert (
        finding(check_mire(replace(PLAIN, registered_inoccupied_periods=(old,)), ON), "registered_24_of_36").measured
        == 0
    )


def test_the_two_laws_have_their_own_thresholds():
    nineteen_months = replace(PLAIN, registered_inoccupied_periods=(Period(add_months(ON, -19)),))
    assert check_cisp(nineteen_months, ON).eligible
    assert not check_mire(nineteen_months, ON).eligible


TICKED = [(c.code, c.valid_to or ON) for c in mire.CRITERIA if c.mode is Mode.TICKED]


@pytest.mark.parametrize(("code", "on"), TICKED)
def test_each_ticked_criterion_opens_the_door_alone(code, on):
    result = check_mire(replace(PLAIN, ticked=frozenset({code})), on)
    assert (result.eligible, result.criteria) == (True, (code,))


def test_a_tick_on_a_computed_criterion_is_worth_nothing():
    computed = frozenset(c.code for c in mire.CRITERIA if c.mode is Mode.COMPUTED)
    assert not check_mire(replace(PLAIN, ticked=computed | {"invented"}), ON).eligible


@pytest.mark.parametrize(("on", "open_door"), [("2026-03-01", True), ("2026-03-02", True), ("2026-03-03", False)])
def test_a_door_that_a_decree_closes_is_open_until_its_last_day(on, open_door):
    policy = MirePolicy(validity={"foreign_origin": Period.from_inclusive(D("2024-01-01"), D("2026-03-02"))})
    result = check_mire(replace(PLAIN, ticked=frozenset({"foreign_origin"})), D(on), policy)
    assert result.eligible is open_door
    assert ("foreign_origin" in [f.code for f in result.findings]) is open_door


@pytest.mark.parametrize(
    ("on", "in_force"), [("2024-12-31", False), ("2025-01-01", True), ("2025-12-31", True), ("2026-01-01", False)]
)
def test_the_dates_of_a_criterion_are_inclusive(on, in_force):
    criterion = Criterion(
        code="x",
        rule="X",
        words="x",
        evidence=frozenset({"DECLARATION"}),
        mode=Mode.TICKED,
        valid_from=D("2025-01-01"),
        valid_to=D("2025-12-31"),
    )
    assert criterion.in_force(D(on), MirePolicy()) is in_force


def test_a_derogation_is_counted_apart():
    result = check_mire(replace(PLAIN, derogation=True), ON)
    assert (result.eligible, result.criteria, result.by_derogation) == (False, (), True)


def test_a_derogation_is_not_used_for_who_does_not_need_it_nor_against_what_blocks():
    assert not check_mire(replace(PLAIN, derogation=True, highest_diploma="CEB"), ON).by_derogation
    assert not check_mire(replace(PLAIN, derogation=True, registered_inoccupied_on_date=False), ON).by_derogation
    ended = MirePolicy(validity={"derogation": Period(D("2024-01-01"), ON)})
    assert not check_mire(replace(PLAIN, derogation=True), ON, ended).by_derogation


ASSUMPTIONS = [c.code for c in cisp.CRITERIA if c.status is Status.ASSUMPTION]


@pytest.mark.parametrize("code", ASSUMPTIONS)
def test_an_assumption_opens_no_door_until_it_is_accepted(code):
    profile = replace(PLAIN, ticked=frozenset({code}))
    result = check_cisp(profile, ON)
    assert (result.eligible, result.criteria, result.to_confirm) == (False, (), (code,))
    accepted = check_cisp(profile, ON, CispPolicy(accepted_assumptions=frozenset({code})))
    assert (accepted.eligible, accepted.criteria, accepted.to_confirm) == (True, (code,), ())


def test_the_derogation_of_a_cisp_is_an_assumption_too():
    profile = replace(PLAIN, derogation=True)
    assert not check_cisp(profile, ON).by_derogation
    assert check_cisp(profile, ON, CispPolicy(accepted_assumptions=frozenset({"derogation"}))).by_derogation


def test_disability_is_confirmed_for_a_cisp():
    assert check_cisp(replace(PLAIN, ticked=frozenset({"disability"})), ON).eligible


@pytest.mark.parametrize("criterion", [*mire.CRITERIA, mire.DEROGATION_CRITERION, *cisp.CRITERIA], ids=lambda c: c.rule)
def test_every_criterion_says_its_rule_and_its_evidence(criterion):
    assert criterion.rule
    assert criterion.label
    assert criterion.evidence


@pytest.mark.parametrize("criteria", [mire.CRITERIA, cisp.CRITERIA])
def test_codes_are_unique(criteria):
    assert len({c.code for c in criteria}) == len(criteria)


def test_the_list_of_the_decree_is_complete():
    in_force = (c for c in mire.CRITERIA if c.in_force(ON, MirePolicy()))
    rules = [c.rule for c in (*in_force, mire.DEROGATION_CRITERION)]
    assert rules == [f"MIRE-ELIG-{n}" for n in ("02", "03", "04", "05", "06", "07", "08", "09", "09b", "09c")]


def test_a_criterion_is_either_computed_or_ticked():
    with pytest.raises(ValueError, match="only a ticked criterion has no test"):
        Criterion(code="x", rule="X", words="x", evidence=frozenset(), mode=Mode.COMPUTED)


@given(
    st.dates(D("1955-01-01"), D("2012-12-31")),
    st.lists(
        st.tuples(st.dates(D("2022-01-01"), D("2026-03-01")), st.none() | st.integers(0, 900)).map(
            lambda t: Period(t[0], None if t[1] is None else t[0] + timedelta(days=t[1]))
        ),
        max_size=4,
    ),
    st.sampled_from(["NONE", "CEB", "CESI", "CESS", "HIGHER", "OTHER", ""]),
    st.sets(st.sampled_from(TICKED)),
    st.booleans(),
)
def test_eligible_means_a_criterion_and_nothing_that_blocks(birth, periods, diploma, ticked, registered):
    profile = Profile(
        birth_date=birth,
        registered_inoccupied_on_date=registered,
        registered_inoccupied_periods=periods,
        highest_diploma=diploma,
        ticked=frozenset(ticked),
    )
    for check in (check_mire, check_cisp):
        result = check(profile, ON)
        assert result.eligible is (bool(result.criteria) and not result.blocking)
        assert list(result.criteria) == sorted(result.criteria)
        met = {f.code for f in result.findings if f.met}
        assert met == set(result.criteria) | set(result.to_confirm)
        more = check(replace(profile, registered_inoccupied_periods=[*periods, Period(D("2024-06-01"))]), ON)
        assert set(result.criteria) <= set(more.criteria)

"""ESF+ indicators around the limits that are easy to get wrong."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from esf.rules.indicators import (
    INDICATORS,
    Answer,
    EntryStatus,
    EsfPolicy,
    ExitSituation,
    Gender,
    LaterSituation,
    Nationality,
    Participant,
    indicator_codes,
    indicator_table,
)

D = date.fromisoformat
WOMAN = Participant(
    id="p",
    entry_on=D("2026-02-02"),
    gender=Gender.WOMAN,
    birth_date=D("1985-06-15"),
    status=EntryStatus.UNEMPLOYED,
    unemployed_since=D("2026-01-02"),
    isced=2,
    nationality=Nationality.BELGIAN,
)


@pytest.mark.parametrize(
    ("birth", "age_code"),
    [
        ("2008-02-03", "EECO06"),
        ("2008-02-02", "EECO07"),
        ("1996-02-03", "EECO07"),
        ("1996-02-02", None),
        ("1971-02-03", None),
        ("1971-02-02", "EECO08"),
    ],
)
def test_ages_are_judged_at_entry_and_leave_a_hole_from_30_to_54(birth, age_code):
    found = set(indicator_codes(replace(WOMAN, birth_date=D(birth)))) & {"EECO06", "EECO07", "EECO08"}
    assert found == ({age_code} if age_code else set())


@pytest.mark.parametrize(
    ("birth", "since", "long_term"),
    [
        ("1985-06-15", "2025-02-03", False),
        ("1985-06-15", "2025-02-02", False),
        ("1985-06-15", "2025-02-01", True),
        ("2001-02-03", "2025-08-02", False),
        ("2001-02-03", "2025-08-01", True),
        ("2001-02-02", "2025-08-01", False),
    ],
)
def test_long_term_is_more_than_twelve_months_or_six_under_25(birth, since, long_term):
    found = indicator_codes(replace(WOMAN, birth_date=D(birth), unemployed_since=D(since)))
    assert ("EECO03" in found) is long_term


@pytest.mark.parametrize(
    ("isced", "code"),
    [(0, "EECO09"), (2, "EECO09"), (3, "EECO10"), (4, "EECO10"), (5, "EECO11"), (8, "EECO11")],
)
def test_levels_of_education(isced, code):
    assert set(indicator_codes(replace(WOMAN, isced=isced))) & {"EECO09", "EECO10", "EECO11"} == {code}


@pytest.mark.parametrize("isced", [-1, 9])
def test_a_level_outside_the_classification_is_refused(isced):
    with pytest.raises(ValueError, match="ISCED"):
        replace(WOMAN, isced=isced)


@pytest.mark.parametrize("name", ["gender", "birth_date", "status", "isced", "unemployed_since"])
def test_an_incomplete_record_counts_in_the_total_alone(name):
    incomplete = replace(WOMAN, disability=Answer.YES, **{name: None})
    assert incomplete.missing == (name,)
    assert indicator_codes(incomplete) == ("EECO01",)


def test_since_when_is_needed_from_the_unemployed_alone():
    assert replace(WOMAN, status=EntryStatus.INACTIVE, unemployed_since=None).complete


def test_who_refuses_to_answer_stays_complete():
    assert replace(WOMAN, disability=Answer.REFUSED, minority=Answer.REFUSED).complete


@pytest.mark.parametrize(
    ("nationality", "counts"), [("belgian", False), ("eu", False), ("third_country", True), ("stateless", True)]
)
def test_the_stateless_are_third_country_nationals(nationality, counts):
    assert ("EECO13" in indicator_codes(replace(WOMAN, nationality=Nationality(nationality)))) is counts


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("disability", "EECO12"),
        ("foreign_background", "EECO14"),
        ("minority", "EECO15"),
        ("homeless", "EECO16"),
        ("rural", "EECO17"),
    ],
)
@pytest.mark.parametrize("answer", [Answer.YES, Answer.NO, Answer.REFUSED, None])
def test_only_a_yes_counts(question, code, answer):
    assert (code in indicator_codes(replace(WOMAN, **{question: answer}))) is (answer is Answer.YES)


def table_of(people):
    return indicator_table(people, lambda one: one)


def test_the_table_breaks_down_by_gender():
    people = [WOMAN, WOMAN, replace(WOMAN, gender=Gender.MAN), replace(WOMAN, gender=Gender.NON_BINARY)]
    row = table_of([*people, replace(WOMAN, gender=None)])["EECO01"]
    assert [len(row.of(gender)) for gender in (*Gender, None)] == [2, 1, 1, 1]
    assert len(row.everyone) == 5


EVERY_RESULT = {
    "at_exit": ExitSituation(employed=True, job_searching=True, in_training=True, qualification=True),
    "at_six_months": LaterSituation(employed=True, improved=True),
}


@pytest.mark.parametrize(
    ("status", "results"),
    [
        (EntryStatus.UNEMPLOYED, {"EECR02", "EECR03", "EECR04", "EECR05"}),
        (EntryStatus.INACTIVE, {"EECR01", "EECR02", "EECR03", "EECR04", "EECR05"}),
        (EntryStatus.EMPLOYED, {"EECR02", "EECR03", "EECR06"}),
    ],
)
def test_results_depend_on_the_status_at_entry_and_need_an_exit(status, results):
    inside = replace(WOMAN, status=status, **EVERY_RESULT)
    assert {c for c in indicator_codes(inside) if c.startswith("EECR")} == set()
    left = replace(inside, exit_on=D("2026-06-30"))
    assert {c for c in indicator_codes(left) if c.startswith("EECR")} == results


def test_dates_of_the_results():
    law = EsfPolicy()
    assert law.immediate_result_until(D("2026-01-31")) == D("2026-02-28")
    assert law.later_check_on(D("2026-01-31")) == D("2026-07-31")
    assert law.later_check_on(D("2025-08-31")) == D("2026-02-28")
    other = EsfPolicy(immediate_weeks=6, later_months=12)
    assert (other.immediate_result_until(D("2026-01-31")), other.later_check_on(D("2026-01-31"))) == (
        D("2026-03-14"),
        D("2027-01-31"),
    )


@pytest.mark.parametrize(
    ("policy", "changes", "code", "counts"),
    [
        (EsfPolicy(senior_from=50), {"birth_date": D("1976-03-01")}, "EECO08", True),
        (EsfPolicy(), {"birth_date": D("1976-03-01")}, "EECO08", False),
        (EsfPolicy(youth_until=24), {"birth_date": D("2000-06-01")}, "EECO07", False),
        (EsfPolicy(), {"birth_date": D("2000-06-01")}, "EECO07", True),
        (EsfPolicy(child_under=16), {"birth_date": D("2009-06-01")}, "EECO06", False),
        (EsfPolicy(child_under=16), {"birth_date": D("2009-06-01")}, "EECO07", True),
    ],
)
def test_the_thresholds_are_those_of_the_day_of_the_entry(policy, changes, code, counts):
    participant = replace(WOMAN, entry_on=D("2026-03-02"), policy=policy, **changes)
    assert (code in indicator_codes(participant)) is counts


def test_zeros_are_reported():
    table = table_of([])
    assert list(table) == [i.code for i in INDICATORS]
    assert all(len(row.everyone) == 0 for row in table.values())


def test_sensitive_data_are_marked():
    assert {i.code for i in INDICATORS if i.special_category} == {"EECO12", "EECO15"}


participants = st.builds(
    Participant,
    id=st.just("p"),
    entry_on=st.dates(D("2024-01-01"), D("2026-12-31")),
    gender=st.none() | st.sampled_from(Gender),
    birth_date=st.none() | st.dates(D("1955-01-01"), D("2010-01-01")),
    status=st.none() | st.sampled_from(EntryStatus),
    unemployed_since=st.none() | st.dates(D("2015-01-01"), D("2026-12-31")),
    isced=st.none() | st.integers(0, 8),
    disability=st.none() | st.sampled_from(Answer),
    exit_on=st.none() | st.dates(D("2024-06-01"), D("2027-06-01")),
    at_exit=st.builds(ExitSituation, employed=st.booleans(), qualification=st.booleans()),
    at_six_months=st.builds(LaterSituation, employed=st.booleans(), improved=st.booleans()),
)


@given(st.lists(participants, max_size=12))
def test_statuses_and_levels_sum_to_the_complete_records(people):
    table = table_of(people)
    complete = sum(p.complete for p in people)
    assert len(table["EECO01"].everyone) == len(people)
    assert sum(len(table[code].everyone) for code in ("EECO02", "EECO04", "EECO05")) == complete
    assert sum(len(table[code].everyone) for code in ("EECO09", "EECO10", "EECO11")) == complete
    assert len(table["EECO03"].everyone) <= len(table["EECO02"].everyone)
    # An unknown gender makes the record incomplete: it shows in the total alone.
    assert all(not row.of(None) for code, row in table.items() if code != "EECO01")

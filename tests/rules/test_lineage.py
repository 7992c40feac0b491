"""Which firm is the employer behind a record, on a day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.rules.lineage import ALWAYS, Lineage, TieFault, Ties, families, lineage_of, tie_fault

D = date.fromisoformat
JULY = D("2026-07-01")
SOLD = {"A": Ties(taken_over_by="B", taken_over_on=JULY)}
PLACES = {"P": Ties(main="A"), "Q": Ties(main="A")}


@pytest.mark.parametrize(
    ("firm", "ties", "day", "employer"),
    [
        ("A", {}, "2026-07-01", "A"),
        ("P", PLACES, "1990-01-01", "A"),
        ("Q", PLACES, "2040-01-01", "A"),
        ("A", SOLD, "2026-06-30", "A"),
        ("A", SOLD, "2026-07-01", "B"),
        ("B", SOLD, "2026-06-30", "B"),
        # A place follows its enterprise to whoever takes it over.
        ("P", PLACES | SOLD, "2026-06-30", "A"),
        ("P", PLACES | SOLD, "2026-07-01", "B"),
        # A place that is sold alone leaves the others where they are.
        ("P", {"P": Ties(main="A", taken_over_by="B", taken_over_on=JULY)}, "2026-06-30", "A"),
        ("P", {"P": Ties(main="A", taken_over_by="B", taken_over_on=JULY)}, "2026-07-01", "B"),
        # Who takes over is taken over in turn; the second sale may be written down before the first.
        ("A", SOLD | {"B": Ties(taken_over_by="C", taken_over_on=D("2026-09-01"))}, "2026-08-31", "B"),
        ("A", SOLD | {"B": Ties(taken_over_by="C", taken_over_on=D("2026-09-01"))}, "2026-09-01", "C"),
        ("A", SOLD | {"B": Ties(taken_over_by="C", taken_over_on=D("2020-01-01"))}, "2026-06-30", "A"),
        ("A", SOLD | {"B": Ties(taken_over_by="C", taken_over_on=D("2020-01-01"))}, "2026-07-01", "C"),
    ],
)
def test_the_employer_of_a_day(firm, ties, day, employer):
    assert lineage_of(firm, ties).on(D(day)) == employer


def test_the_last_one_is_the_employer_once_all_is_done():
    assert lineage_of("A", SOLD).last == "B"
    assert lineage_of("B", SOLD) == Lineage.alone("B")


def test_a_family_is_all_that_any_tie_joins_whatever_its_day():
    found = families(PLACES | SOLD | {"X": Ties(main="Y")})
    assert found["P"] == found["Q"] == found["A"] == found["B"]
    assert found["X"] == found["Y"] != found["A"]


@pytest.mark.parametrize(
    ("firm", "other", "ties", "fault"),
    [
        ("A", "A", {}, TieFault.ITSELF),
        ("A", "B", {}, None),
        ("B", "A", SOLD, TieFault.CIRCLE),
        ("A", "P", PLACES, TieFault.CIRCLE),
        ("P", "Q", PLACES, None),
    ],
)
def test_what_cannot_be_tied(firm, other, ties, fault):
    assert tie_fault(firm, other, ties) is fault


FIRMS = st.sampled_from("ABCDE")
TIES = st.dictionaries(
    FIRMS,
    st.builds(
        Ties,
        main=st.sampled_from(["", *"ABCDE"]),
        taken_over_by=FIRMS,
        taken_over_on=st.dates(D("2020-01-01"), D("2030-01-01")),
    ),
)


@given(FIRMS, TIES, st.dates(D("2019-01-01"), D("2031-01-01")))
def test_a_lineage_is_what_it_is_stored_as_and_stays_in_the_family(firm, ties, day):
    found = lineage_of(firm, ties)
    assert Lineage.read(found.stored(firm), firm) == found
    assert found.steps[0][0] == ALWAYS
    joined = families(ties)
    assert joined.get(found.on(day), found.on(day)) == joined.get(firm, firm)
    # It changes on the days of take-overs and on no other.
    sales = {tie.taken_over_on for tie in ties.values()}
    assert found.on(day) == found.on(day - timedelta(days=1)) or day in sales

"""How the list of cases is shown and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.case_lists import DEFAULT_COLUMNS, KEPT, Column, capped, columns_of, kept_pairs, moved


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([], DEFAULT_COLUMNS),
        (["inconnue"], DEFAULT_COLUMNS),
        (["coach", "due"], (Column.DUE, Column.COACH)),
        (["site", "inconnue", "site"], (Column.SITE,)),
    ],
)
def test_columns_are_those_asked_for_in_their_own_order(asked, shown):
    assert columns_of(asked) == shown


@pytest.mark.parametrize(
    ("given_pairs", "kept"),
    [
        ([], ()),
        ([("q", "Dupont"), ("apres", "x"), ("vue", "y"), ("phase", "")], ()),
        ([("sort", "-due"), ("coach", "tous")], (("coach", "tous"), ("sort", "-due"))),
        ([("col", "coach"), ("col", "due")], (("col", "due"), ("col", "coach"))),
        ([("col", column.value) for column in DEFAULT_COLUMNS], ()),
    ],
)
def test_a_view_keeps_filters_order_and_columns_and_nothing_typed_of_a_person(given_pairs, kept):
    assert kept_pairs(given_pairs) == kept


@given(st.lists(st.tuples(st.sampled_from([*KEPT, "q", "page"]), st.sampled_from(["", "a", "due", "site"]))))
def test_what_is_kept_is_kept_again_as_it_is_and_in_any_order(pairs):
    once = kept_pairs(pairs)
    assert kept_pairs(once) == once
    assert kept_pairs(reversed(pairs)) == once
    assert not {name for name, _value in once} - set(KEPT)


@pytest.mark.parametrize(("count", "said"), [(0, "0"), (99, "99"), (100, "99+")])
def test_a_tab_counts_up_to_a_limit(count, said):
    assert capped(count) == said


@pytest.mark.parametrize(
    ("one", "step", "order"),
    [("a", 1, "bac"), ("a", -1, "abc"), ("c", 1, "abc"), ("c", -2, "cab"), ("b", -1, "bac"), ("b", 9, "acb")],
)
def test_moving_goes_as_far_as_there_are_places(one, step, order):
    assert "".join(moved("abc", one, step)) == order


def test_what_is_not_there_does_not_move():
    with pytest.raises(ValueError, match="z"):
        moved("abc", "z", 1)


@given(st.lists(st.integers(), unique=True, min_size=1), st.integers(-20, 20), st.data())
def test_moving_loses_nothing_and_leaves_the_others_in_order(order, step, data):
    one = data.draw(st.sampled_from(order))
    found = moved(order, one, step)
    assert [other for other in found if other != one] == [other for other in order if other != one]
    assert found.count(one) == 1

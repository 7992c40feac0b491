"""Charts made of shapes: what they draw, and that the table behind says the same."""

from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from tables.drawn_charts import BAR, Stretch, funnel, path, stacked, with_last_year

pytestmark = pytest.mark.once
DAY = date(2026, 1, 1)
COLUMNS = ("Étape", "Nombre", "Du début", "De l’étape d’avant")


def number(percent):
    return float(percent.rstrip("%"))


@given(st.lists(st.lists(st.integers(0, 90), min_size=3, max_size=3), max_size=6))
def test_parts_stand_one_after_the_other_inside_the_frame(rows):
    drawn = stacked("Titre", "Qui", ["a", "b", "c"], [(f"n{place}", values) for place, values in enumerate(rows)])
    parts = [one for one in drawn.rects if "chart-part" in one.look and one.height == BAR]
    assert len(parts) == sum(value > 0 for values in rows for value in values)
    assert all(number(one.x) >= 0 and number(one.x) + number(one.width) <= 100.1 for one in parts)
    assert [row[-1] for row in drawn.rows] == [str(sum(values)) for values in rows]


def test_each_part_of_room_holds_its_number_and_the_key_keeps_their_order():
    drawn = stacked("Titre", "Qui", ["a", "b"], [("x", [50, 50]), ("y", [1, 99])])
    assert [one.said for one in drawn.words if one.look == "chart-in"] == ["50", "50", "99"]
    assert [one.said for one in drawn.words[-2:]] == ["a", "b"]


def test_last_year_is_dashed_and_a_hole_interrupts_its_line():
    drawn = with_last_year(
        "Titre", "Semaine", ("cette année", "l’an dernier"), list("abcd"), [1, 2, 3, 4], [4, None, 2, 1]
    )
    lines = [one for one in drawn.strokes if "curve" in one.look][:4]
    assert [bool(one.dash) for one in lines] == [True, False, False, False]
    assert drawn.rows[1] == ["b", "2", "–"]


def test_a_funnel_says_the_share_of_the_first_step_and_of_the_one_before():
    drawn = funnel("Titre", COLUMNS, [("a", 20), ("b", 10), ("c", 5)])
    assert [row[2:] for row in drawn.rows] == [["100 %", "100 %"], ["50 %", "50 %"], ["25 %", "50 %"]]
    assert [(number(one.x), number(one.width)) for one in drawn.rects] == [(0, 100), (25, 50), (37.5, 25)]


def test_a_path_has_one_line_for_each_lane():
    spans = [
        Stretch("Phase", DAY, DAY + timedelta(days=4), "première"),
        Stretch("Contrat", DAY + timedelta(days=5), DAY + timedelta(days=9), "CDD"),
    ]
    drawn = path("Titre", ("Ligne", "Quoi", "Du", "Au"), spans)
    assert [(number(one.x), number(one.width), one.y) for one in drawn.rects] == [(0, 50, 20), (50, 50, 60)]
    assert drawn.rows[1] == ["Contrat", "CDD", "06/01/2026", "10/01/2026"]


@pytest.mark.parametrize(
    "drawn",
    [
        stacked("Rien", "Qui", [], []),
        with_last_year("Rien", "Semaine", ("a", "b"), [], [], []),
        with_last_year("Un point", "Semaine", ("a", "b"), ["x"], [3], [None]),
        funnel("Rien", COLUMNS, []),
        funnel("Zéro", COLUMNS, [("a", 0), ("b", 0)]),
        path("Rien", COLUMNS, []),
    ],
)
def test_nothing_is_drawn_as_nothing_with_its_words(drawn):
    page = render_to_string("tables/drawing.html", {"drawing": drawn, "table": True})
    for piece in ("<title", "<desc", "<details", "<caption", 'role="img"'):
        assert piece in page
    assert "nan" not in page

"""Curves that fall by steps: what they say at a day, and that the drawing never leaves its frame."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from tables.charts import PLOT_HEIGHT, PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, StepChart, StepLine

DAYS = (0, 30, 91, 182, 365)
LINE = StepLine(
    "Tous", ((0, Decimal(100)), (20, Decimal("83.3")), (40, Decimal("41.7"))), 174, ((0, 6), (30, 5), (91, 2))
)


@pytest.mark.parametrize(
    ("day", "share"),
    [(0, Decimal(100)), (19, Decimal(100)), (20, Decimal("83.3")), (174, Decimal("41.7")), (175, None)],
)
def test_a_curve_says_nothing_beyond_what_was_observed(day, share) -> None:
    assert LINE.at(day) == share


def test_a_curve_that_fell_to_nothing_stays_there() -> None:
    assert StepLine("Tous", ((0, 100), (10, 0)), 10).at(300) == 0


curves = st.lists(st.tuples(st.integers(1, 500), st.integers(0, 1000)), max_size=12, unique_by=lambda step: step[0])


@given(curves, st.integers(0, 500))
def test_the_drawing_falls_and_stays_in_its_frame(steps, until) -> None:
    shares = sorted((share / 10 for _day, share in steps), reverse=True)
    points = [(0, 100.0), *zip(sorted(day for day, _share in steps), shares, strict=True)]
    (drawn,) = StepChart("Essai", [StepLine("Tous", points, until)], DAYS).drawn
    places = [float(piece.x1[:-1]) for piece in drawn.segments] + [float(piece.x2[:-1]) for piece in drawn.segments]
    heights = [(int(piece.y1), int(piece.y2)) for piece in drawn.segments]
    assert all(PLOT_LEFT <= place <= PLOT_RIGHT + 0.01 for place in places)
    assert all(PLOT_TOP <= top <= low <= PLOT_TOP + PLOT_HEIGHT for top, low in heights)
    # Each piece begins where the one before it ended.
    for before, after in zip(drawn.segments, drawn.segments[1:], strict=False):
        assert float(after.x1[:-1]) >= float(before.x1[:-1])
        assert int(after.y1) >= int(before.y1)


def test_the_drawing_says_in_words_what_it_shows() -> None:
    other = StepLine("CDD", ((0, 100),), 10, ((0, 5),))
    chart = StepChart("Toujours en poste", [LINE, other], DAYS, axis="jours", numbers_label="encore suivis")
    html = render_to_string("tables/step_chart.html", {"chart": chart})
    assert "Tous\u00a0: 83,3\u00a0% après 30 jours, 41,7\u00a0% après 91 jours." in html
    assert "CDD\u00a0: rien d’observé assez longtemps." in html
    assert 'role="img"' in html
    assert "style=" not in html
    assert len({line.number for line in chart.drawn}) == len({line.dash for line in chart.drawn}) == 2
    # 30 days is too near the first day for a phone; the numbers under it go with it.
    assert html.count("chart-tight") == 2
    assert [number for number, _x, _tight in chart.drawn[0].numbers] == ["6", "5", "2"]

"""The shapes behind the components: path, clocks, urgency, pages, filters, charts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.components import numbered_pages
from method.components import ClockFacts, clock_shape, phase_steps, urgency_look
from method.rules.phases import Phase
from method.rules.urgency import UrgencyLimits
from tables.charts import Bar, BarChart
from tests.interface.gallery import BOUNCED, CLOCKS, stay

ON = date(2025, 3, 3)


class TestPath:
    def test_the_steps_are_the_phases_by_name(self) -> None:
        steps = phase_steps(Phase.EXIT).steps
        assert [step.code for step in steps] == list(Phase)
        assert [step.label for step in steps] == [
            "Préparatoire",
            "Pré-embauche",
            "Embauche",
            "Suivi en entreprise",
            "Sortie",
        ]

    def test_a_straight_path(self) -> None:
        path = phase_steps(Phase.HIRE, [stay("PREPARATORY", ON, ON), stay("PRE_HIRE", ON, ON), stay("HIRE", ON, None)])
        assert [s.state for s in path.steps] == ["done", "done", "current", "todo", "todo"]
        assert path.returns == ()

    def test_a_bounce_is_told_as_it_was(self) -> None:
        path = phase_steps("PRE_HIRE", BOUNCED)
        assert [s.state for s in path.steps] == ["done", "current", "visited", "visited", "todo"]
        assert path.current.visits == 2
        assert path.current.dates_words == "depuis le 03/02/2025"
        assert path.returns == ("Retour en pré-embauche le 03/02/2025 : le contrat suivi a pris fin.",)

    def test_a_hiring_that_fell_through(self) -> None:
        spells = [*BOUNCED[:2], stay("HIRE", date(2024, 9, 2), ON), stay("PRE_HIRE", ON, None)]
        assert phase_steps("PRE_HIRE", spells).returns == (
            "Retour en pré-embauche le 03/03/2025 : l’embauche n’a pas abouti.",
        )

    def test_an_early_exit_skips_what_was_never_reached(self) -> None:
        spells = [stay("PREPARATORY", date(2025, 1, 6), ON), stay("EXIT", ON, None)]
        path = phase_steps("EXIT", spells)
        assert [s.state for s in path.steps] == ["done", "skipped", "skipped", "skipped", "current"]
        assert path.current.dates_words == "le 03/03/2025"

    def test_a_passage_of_one_day_has_one_date(self) -> None:
        assert phase_steps("PRE_HIRE", BOUNCED).steps[2].dates_words == "le 02/09/2024"

    def test_an_unknown_phase_is_a_fault(self) -> None:
        with pytest.raises(ValueError, match="NOWHERE"):
            phase_steps("NOWHERE")


def clock(**facts: object) -> ClockFacts:
    return ClockFacts(label="24 mois", state_label="x", **facts)  # type: ignore[arg-type]


class TestClock:
    def test_running(self) -> None:
        shape = clock_shape(CLOCKS[0])
        assert [s.code for s in shape.segments] == ["used", "stopped", "left"]
        assert shape.sentence == "546 jours utilisés, 91 jours arrêtés, 185 jours restants."
        assert shape.headline == "185 jours restants"

    def test_one_day_is_singular(self) -> None:
        shape = clock_shape(clock(state="running", allowance_days=3, used_days=1, stopped_days=1, remaining_days=1))
        assert shape.sentence == "1 jour utilisé, 1 jour arrêté, 1 jour restant."
        assert shape.headline == "1 jour restant"

    @pytest.mark.parametrize(
        ("left", "tone"), [(93, "calm"), (92, "warn"), (32, "warn"), (31, "bad"), (1, "bad"), (0, "bad")]
    )
    def test_it_warns_where_the_rules_warn(self, left: int, tone: str) -> None:
        facts = clock(state="running", used_days=700 - left, allowance_days=700, remaining_days=left)
        assert clock_shape(facts).tone == tone

    def test_what_went_over_is_shown_apart(self) -> None:
        shape = clock_shape(CLOCKS[3])
        assert [(s.code, s.days) for s in shape.segments] == [("used", 731), ("over", 37)]
        assert shape.headline == "37 jours de trop"
        assert shape.tone == "bad"

    @pytest.mark.parametrize("state", ["not_started", "none", "upcoming"])
    def test_nothing_is_said_of_a_clock_that_has_not_started(self, state: str) -> None:
        shape = clock_shape(clock(state=state))
        assert shape.segments == ()
        assert shape.tone == "still"

    def test_counts_that_are_not_known(self) -> None:
        facts = clock(state="none", used_days=None, stopped_days=None, overrun_days=None, allowance_days=None)
        assert clock_shape(facts).sentence == "Aucun jour compté."

    @given(
        used=st.integers(0, 1500),
        stopped=st.integers(0, 1500),
        allowance=st.integers(1, 1200),
        state=st.sampled_from(["running", "stopped", "expired", "closed", "done"]),
    )
    def test_the_bar_is_always_full_and_in_order(self, used: int, stopped: int, allowance: int, state: str) -> None:
        facts = clock(
            state=state,
            used_days=used,
            stopped_days=stopped,
            allowance_days=allowance,
            remaining_days=max(allowance - used, 0),
            overrun_days=max(used - allowance, 0),
        )
        shape = clock_shape(facts)
        widths = [float(s.width.rstrip("%")) for s in shape.segments]
        assert sum(widths) == pytest.approx(100, abs=0.05)
        starts = [float(s.x.rstrip("%")) for s in shape.segments]
        assert starts == sorted(starts)
        assert sum(s.days for s in shape.segments) == max(used, allowance) + stopped


@pytest.mark.parametrize(
    ("days", "code"),
    [(-15, "very_late"), (-14, "late"), (-1, "late"), (0, "today"), (1, "soon"), (3, "soon"), (4, "later")],
)
def test_urgency(days: int, code: str) -> None:
    assert urgency_look(ON + timedelta(days=days), ON, UrgencyLimits()).code == code


def test_nothing_due_is_said() -> None:
    assert urgency_look(None, ON, UrgencyLimits()).words == "rien de prévu"


@pytest.mark.parametrize(
    ("current", "last", "shown"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 20, [1, 2, 0, 20]),
        (10, 20, [1, 0, 9, 10, 11, 0, 20]),
        (3, 20, [1, 2, 3, 4, 0, 20]),
        (4, 20, [1, 2, 3, 4, 5, 0, 20]),
        (20, 20, [1, 0, 19, 20]),
    ],
)
def test_numbered_pages(current: int, last: int, shown: list[int]) -> None:
    assert numbered_pages(current, last) == shown


class TestChart:
    def test_the_scale_reaches_the_largest_value_or_mark(self) -> None:
        drawn = BarChart("x", [Bar("a", 10, mark=20), Bar("b", 5)]).drawn
        assert [row.width for row in drawn] == ["50.00%", "25.00%"]
        assert drawn[0].mark_x == "100.00%"

    def test_a_negative_value_is_drawn_as_zero_and_still_said(self) -> None:
        drawn = BarChart("x", [Bar("a", -4), Bar("b", 8)]).drawn
        assert (drawn[0].width, drawn[0].words) == ("0.00%", "−4")

    def test_only_zeros(self) -> None:
        assert BarChart("x", [Bar("a", 0)]).drawn[0].width == "0.00%"

    def test_a_note_follows_the_value(self) -> None:
        assert BarChart("x", [Bar("a", 24, note="4 de trop")]).drawn[0].words == "24 · 4 de trop"

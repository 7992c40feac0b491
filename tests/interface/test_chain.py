"""The chain: beads, one long link that is a clock, and words that say the same without the drawing."""

from typing import Any

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from method.components import ChainFacts, ChainState, chain_shape
from method.components.chain import widths_of
from method.rules.nearness import ClockLimits
from method.rules.phases import Phase

pytestmark = pytest.mark.once
LIMITS = ClockLimits()


def facts(phase: str = "PRE_HIRE", state: ChainState = ChainState.RUNNING, **days: int) -> ChainFacts:
    return ChainFacts(phase=phase, state=state, limits=LIMITS, **days)  # type: ignore[arg-type]


def drawn(html: str) -> str:
    return html[html.index("<svg") : html.index("</svg>")]


@pytest.mark.parametrize(
    ("phase", "done", "track", "todo"),
    [
        ("PREPARATORY", (), "0.5", ("38.5", "47.5", "56.5", "65.5")),
        ("PRE_HIRE", ("0",), "9.5", ("47.5", "56.5", "65.5")),
        ("HIRE", ("0", "9"), "18.5", ("56.5", "65.5")),
        ("FOLLOW_UP", ("0", "9", "18"), "27.5", ("65.5",)),
        ("EXIT", ("0", "9", "18", "27"), "36.5", ()),
    ],
)
def test_the_links_are_the_phases(phase: str, done: tuple[str, ...], track: str, todo: tuple[str, ...]) -> None:
    shape = chain_shape(ChainFacts(phase=phase))
    assert (shape.done, shape.track, shape.todo) == (done, track, todo)
    assert shape.empty
    assert shape.phase == Phase(phase).heading


def test_a_phase_that_is_none_is_a_fault() -> None:
    with pytest.raises(ValueError, match="NOWHERE"):
        chain_shape(ChainFacts(phase="NOWHERE"))


@pytest.mark.parametrize(
    ("state", "days", "words", "tone"),
    [
        (ChainState.RUNNING, {"left_days": 275}, "reste 9 mois", ""),
        (ChainState.RUNNING, {"left_days": 32}, "reste 4 semaines", ""),
        (ChainState.RUNNING, {"left_days": 31}, "reste 4 semaines", "bad"),
        (ChainState.RUNNING, {"left_days": 1}, "reste 1 jour", "bad"),
        (ChainState.STOPPED, {"left_days": 5}, "arrêtée", ""),
        (ChainState.SUSPENDED, {"left_days": 5}, "suspendue", ""),
        (ChainState.OVER, {"over_days": 0}, "épuisée aujourd’hui", "bad"),
        (ChainState.OVER, {"over_days": 1}, "dépassée de 1 jour", "bad"),
        (ChainState.OVER, {"over_days": 12}, "dépassée de 12 jours", "bad"),
        (ChainState.UPCOMING, {"left_days": 3}, "commence dans 3 jours", ""),
        (ChainState.NONE, {}, "sans horloge", ""),
        (ChainState.LEFT, {}, "dossier sorti", ""),
    ],
)
def test_the_words_carry_the_meaning(state: ChainState, days: dict[str, int], words: str, tone: str) -> None:
    shape = chain_shape(facts(state=state, used_days=100, **days))
    assert (shape.words, shape.tone) == (words, tone)


def test_used_stopped_and_left_in_that_order() -> None:
    shape = chain_shape(facts(used_days=40, stopped_days=15, left_days=45))
    assert [(one.code, one.x, one.width) for one in shape.stretches] == [
        ("used", "10", "13.6"),
        ("stop", "23.6", "5.1"),
    ]
    assert shape.stretches[1].hatch.startswith("M23.6 ")
    assert not shape.stretches[0].hatch


def test_little_left_is_drawn_apart_and_what_went_over_too() -> None:
    assert [one.code for one in chain_shape(facts(used_days=700, left_days=31)).stretches] == ["low"]
    over = chain_shape(facts(state=ChainState.OVER, used_days=731, over_days=12)).stretches
    assert [one.code for one in over] == ["used", "over"]


def test_one_day_of_two_years_is_seen() -> None:
    (used,) = chain_shape(facts(used_days=1, left_days=730)).stretches
    assert used.width == "1"


@given(days=st.lists(st.integers(0, 4000), min_size=1, max_size=4))
def test_the_link_is_always_full_and_nothing_known_is_hidden(days: list[int]) -> None:
    widths = widths_of(days)
    assert sum(widths) == pytest.approx(34 if any(days) else 0)
    assert all(width >= 1 if one else width == 0 for one, width in zip(days, widths, strict=True))


@given(
    used=st.integers(0, 1500),
    stopped=st.integers(0, 1500),
    left=st.integers(0, 1500),
    phase=st.sampled_from([code for code in Phase if code != Phase.EXIT]),
)
def test_nothing_is_drawn_outside_the_long_link(used: int, stopped: int, left: int, phase: Phase) -> None:
    shape = chain_shape(facts(phase, used_days=used, stopped_days=stopped, left_days=left))
    begin = float(shape.track) + 0.5
    edge = begin
    for one in shape.stretches:
        assert float(one.x) == pytest.approx(edge, abs=0.02)
        edge = float(one.x) + float(one.width)
        for point in one.hatch.replace("L", "M").split("M")[1:]:
            x, y = (float(value) for value in point.split())
            assert float(one.x) - 0.02 <= x <= edge + 0.02
            assert 0.98 <= y <= 11.02
    assert edge <= begin + 34.02


def html(tag: str, **context: Any) -> str:
    return engines["django"].from_string("{% load method %}" + tag).render(context)


def test_the_drawing_is_hidden_and_the_words_are_read() -> None:
    text = html("{% chain one %}", one=facts(used_days=40, stopped_days=15, left_days=275))
    assert 'aria-hidden="true"' in drawn(text)
    assert '<span class="visually-hidden">Pré-embauche, </span><span class="chain-words">reste 9 mois</span>' in text
    assert "id=" not in text


def test_the_page_may_say_the_words_itself() -> None:
    text = html('{% chain one words=False phase="" %}', one=facts(used_days=40, left_days=275))
    assert "reste" not in text
    assert "Pré-embauche" not in text
    assert '<span class="chain-phase">Pré-embauche</span>' in html('{% chain one phase="shown" %}', one=facts())

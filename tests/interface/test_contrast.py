"""Every pair of colours that pages lay one on the other, in light and in dark, computed from the theme."""

import re

import pytest

from tests.interface import sheets

pytestmark = pytest.mark.once

THEME = re.sub(r"/\*.*?\*/", "", (sheets.CSS / "theme.css").read_text(), flags=re.S)
[DARK] = re.findall(r"@media screen and \(prefers-color-scheme: dark\) (\{.*?\n\})", THEME, flags=re.S)

GROUNDS = ("paper", "surface", "surface-2", "hover", "field")
SOFT = ("accent", "good", "warn", "bad")
# Text on its ground: 4.5:1 (WCAG 1.4.3).
TEXT = [
    *(
        (text, ground)
        for ground in GROUNDS
        for text in ("ink", "ink-2", "accent", "accent-strong", "good", "warn", "bad")
    ),
    *((text, ground) for ground in ("paper", "surface", "surface-2") for text in ("bad-strong", "sand", "rope-ink")),
    *(("ink", f"{tone}-soft") for tone in (*SOFT, "sand", "neutral")),
    *((tone, f"{tone}-soft") for tone in (*SOFT, "sand", "neutral")),
    *(("ink-2", f"{tone}-soft") for tone in SOFT),
    ("accent-strong", "accent-soft"),
    ("bad-strong", "bad-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent", "good"),
    ("on-bad", "bad"),
    ("on-bad", "bad-strong"),
    ("on-rope", "rope"),
    ("on-rope", "rope-strong"),
    *((text, ground) for text in ("on-deep", "on-deep-2") for ground in ("deep", "deep-2")),
    *((f"avatar-{number}-ink", f"avatar-{number}") for number in range(1, 6)),
    *((ink, ground) for ink in ("chart-ink",) for ground in ("paper", "surface")),
    # a tip is written in the colours of the sheet, turned over
    ("surface", "ink"),
]
# Signs, edges of what acts, the ring of the focus, parts of a drawing: 3:1 (WCAG 1.4.11).
SIGNS = [
    *((sign, ground) for ground in GROUNDS for sign in ("line-strong", "focus")),
    ("rope", "deep"),
    ("rope", "deep-2"),
    ("deep-line", "deep-2"),
    ("on-deep", "deep"),
    ("focus", "accent-soft"),
    ("bad-line", "surface"),
    ("warn-line", "surface"),
    ("rope-ink", "accent-soft"),
    *((f"ph{number}", "surface") for number in range(1, 6)),
    *((f"chart-{number}", "surface") for number in (1, 2, 3, 4, "bad", "still")),
    *((part, "bar-left") for part in ("bar-used", "bar-over", "bar-today", "bar-still")),
    ("bar-stop", "bar-stop-2"),
    ("bar-edge", "surface"),
    ("bar-edge", "paper"),
]


def values(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\s*;", block))


LIGHT = values(THEME.replace(DARK, ""))
MODES = {"light": LIGHT, "dark": LIGHT | values(DARK)}


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2: 0 for black, 1 for white."""
    digits = colour[1:] if len(colour) == 7 else "".join(one * 2 for one in colour[1:])
    shares = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def short_of(pairs: list[tuple[str, str]], least: float, mode: str) -> dict[tuple[str, str], float]:
    colours = MODES[mode]
    found = {(ink, ground): contrast(colours[ink], colours[ground]) for ink, ground in pairs}
    return {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least}


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("mode", MODES)
def test_words_are_readable(mode: str) -> None:
    assert short_of(TEXT, 4.5, mode) == {}


@pytest.mark.parametrize("mode", MODES)
def test_signs_and_edges_are_seen(mode: str) -> None:
    assert short_of(SIGNS, 3, mode) == {}


def test_every_colour_of_a_page_has_its_dark_value_or_needs_none() -> None:
    same = {"deep-line", "rope", "rope-strong", "on-rope", "sheet", "print-line", "print-ink"}
    assert set(LIGHT) - set(values(DARK)) == same


def test_each_colour_is_in_a_pair_or_is_no_ground_for_words() -> None:
    """A new colour is checked, or says here why it need not be."""
    paired = {name for pair in (*TEXT, *SIGNS) for name in pair}
    # lines between rows, edges of notices and tracks of charts repeat what words say; white paper is not a screen
    decoration = {"line", "accent-line", "good-line", "chart-track", "chart-level"}
    assert set(LIGHT) - paired == decoration | {"sheet", "print-line", "print-ink"}

"""The chain: five links for five phases. Links gone through are beads, the current one is long and is its own clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from foundation.formatting import days_words, span_words
from method.components.clocks import ClockFacts, tone_of
from method.rules.nearness import ClockLimits, Nearness, nearness
from method.rules.phases import Phase

# The drawing, in pixels: 72 × 12, a link every nine, the current one as long as four.
WIDTH, HEIGHT = 72, 12
_STEP, _LONG, _ROOM = 9, 35, 34.0
_TOP, _BOTTOM = 1.0, 11.0
# What is not nothing is seen: no stretch is thinner than this.
_THINNEST = 1.0
_HATCH_STEP = 2.5

_ORDER: tuple[str, ...] = tuple(Phase)


class ChainState(StrEnum):
    """What the clock of the current link does; ``NONE`` when the phase has none, or it has not begun."""

    NONE = "none"
    RUNNING = "running"
    STOPPED = "stopped"
    SUSPENDED = "suspended"
    OVER = "over"
    UPCOMING = "upcoming"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainFacts:
    """Where a case stands and what the clock of that phase says. Every count is in days.

    ``left_days`` is what remains to be counted; ``over_days`` what went past the end (0 on the very day of it).
    ``limits`` say from when the end is near; without any it never is.
    """

    phase: str
    state: ChainState = ChainState.NONE
    used_days: int = 0
    stopped_days: int = 0
    left_days: int = 0
    over_days: int = 0
    limits: ClockLimits | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the long link: ``code`` is used, low, stop or over; ``x`` and ``width`` are pixels written for SVG."""

    code: str
    x: str
    width: str
    hatch: str = ""


@dataclass(frozen=True, slots=True)
class ChainShape:
    """What is drawn, and the words beside it, which say the same without the drawing."""

    done: tuple[str, ...]
    track: str
    empty: bool
    stretches: tuple[Stretch, ...]
    todo: tuple[str, ...]
    phase: str | Promise
    words: str
    tone: str


def chain_shape(facts: ChainFacts) -> ChainShape:
    """Return the chain of a case.

    Raises:
        ValueError: ``facts.phase`` is not one of the five.
    """
    code = str(getattr(facts.phase, "value", facts.phase))
    if code not in _ORDER:
        raise ValueError(f"{code} is not a phase")
    here = _ORDER.index(code)
    low = _is_low(facts)
    parts = (
        ("low" if low else "used", max(facts.used_days, 0)),
        ("stop", max(facts.stopped_days, 0)),
        ("over", max(facts.over_days, 0)),
        ("left", max(facts.left_days, 0)),
    )
    empty = facts.state in (ChainState.NONE, ChainState.UPCOMING, ChainState.LEFT)
    return ChainShape(
        done=tuple(_px(_STEP * n) for n in range(here)),
        track=_px(_STEP * here + 0.5),
        empty=empty,
        stretches=() if empty else _stretches(_STEP * here + 1.0, parts),
        todo=tuple(_px(_STEP * here + _LONG + 3.5 + _STEP * n) for n in range(len(_ORDER) - here - 1)),
        phase=Phase(code).heading,
        words=_words(facts),
        tone="bad" if facts.state is ChainState.OVER or low else "",
    )


def sign_of(clock: ClockFacts) -> tuple[Stretch, ...]:
    """Return the stretches of a clock as a sign of 56 × 9 pixels, for a line where both clocks stand side by side."""
    used = min(clock.used_days or 0, clock.allowance_days or 0)
    left = clock.remaining_days or 0
    tone, _icon = tone_of(clock.state, left, clock.overrun_days or 0, clock.limits)
    parts = (
        ("low" if tone == "bad" and not clock.overrun_days else "used", max(used, 0)),
        ("stop", max(clock.stopped_days or 0, 0)),
        ("over", max(clock.overrun_days or 0, 0)),
        ("left", max(left, 0)),
    )
    return _stretches(1.0, parts, room=54.0, bottom=8.0)


def widths_of(days: Sequence[int], room: float = _ROOM) -> list[float]:
    """Return the width of each stretch within ``room``: in proportion, except that what lasts one day is seen.

    What the thin ones are given is taken from the widest; the widths always fill the room exactly.
    """
    total = sum(days)
    if not total:
        return [0.0 for _one in days]
    shares = [one * room / total for one in days]
    widths = [max(share, _THINNEST) if share else 0.0 for share in shares]
    widest = max(range(len(widths)), key=widths.__getitem__)
    widths[widest] -= sum(widths) - room
    return widths


def _stretches(
    start: float, parts: Sequence[tuple[str, int]], room: float = _ROOM, bottom: float = _BOTTOM
) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    x = start
    for (code, _days), width in zip(parts, widths_of([days for _code, days in parts], room), strict=True):
        if width and code != "left":
            found.append(Stretch(code, _px(x), _px(width), _hatch(x, x + width, bottom) if code == "stop" else ""))
        x += width
    return tuple(found)


def _hatch(left: float, right: float, bottom: float) -> str:
    """Strokes that rise to the right, cut where the stretch ends: no pattern, so that a hundred chains share no key."""
    rise = bottom - _TOP
    strokes: list[str] = []
    foot = left - rise + _HATCH_STEP / 2
    while foot < right:
        begin, end = max(left, foot), min(right, foot + rise)
        if end > begin:
            strokes.append(f"M{_px(begin)} {_px(bottom - begin + foot)}L{_px(end)} {_px(bottom - end + foot)}")
        foot += _HATCH_STEP
    return "".join(strokes)


def _px(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _is_low(facts: ChainFacts) -> bool:
    """Whether so little is left that it is told in red: a clock that is stopped loses nothing, and is not."""
    return (
        facts.state is ChainState.RUNNING
        and facts.limits is not None
        and nearness(facts.left_days, facts.limits) is Nearness.IMMINENT
    )


def _words(facts: ChainFacts) -> str:
    if facts.state is ChainState.OVER:
        if not facts.over_days:
            return _("épuisée aujourd’hui")
        return _("dépassée de %(days)s") % {"days": days_words(facts.over_days)}
    if facts.state is ChainState.RUNNING:
        return _("reste %(span)s") % {"span": span_words(facts.left_days)}
    if facts.state is ChainState.UPCOMING:
        return _("commence dans %(span)s") % {"span": span_words(facts.left_days)}
    return {
        ChainState.STOPPED: _("arrêtée"),
        ChainState.SUSPENDED: _("suspendue"),
        ChainState.LEFT: _("dossier sorti"),
    }.get(facts.state, _("sans horloge"))

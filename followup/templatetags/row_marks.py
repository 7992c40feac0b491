"""The signs of a row: the shape of its urgency, the drawing of what was pressed, a key for a form that has none."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from followup.rules.row_acts import RowActKind
from followup.rules.row_words import Mark
from foundation.templatetags.ui import icon
from method.components import ChainFacts, chain_shape
from method.components.chain import ChainState

register = template.Library()

_SHAPES = {Mark.FLAG: "flag", Mark.HALF: "contrast", Mark.RING: "circle"}
_DONE = {
    RowActKind.HELD: "check",
    RowActKind.ABSENT: "user-x",
    RowActKind.CANCELLED: "circle-x",
    RowActKind.POSTPONED: "alarm-clock-plus",
    RowActKind.NO_REPLY: "check",
    RowActKind.NOTE: "sticky-note",
    RowActKind.TASK: "check",
    RowActKind.GRANTED: "circle-check",
    RowActKind.REFUSED: "circle-x",
}


@register.simple_tag
def mark(shape: str) -> SafeString | str:
    """``{% mark reason.since.mark %}``: the shape beside the words; nothing for what comes."""
    return icon(_SHAPES[Mark(shape)], 15) if shape else ""


@register.filter
def done_icon(kind: str) -> str:
    """``{{ act.kind|done_icon }}``: the name of the drawing of what was pressed."""
    return _DONE[RowActKind(kind)]


@register.simple_tag
def fresh_key() -> UUID:
    """``{% fresh_key %}``: a key of its own for a form, so that it is one act however often it is sent."""
    return uuid4()


@dataclass(frozen=True, slots=True)
class ClockLeft:
    """What is left of the clock of a chain: in the room that a row has, in full, and how pressing it is."""

    short: str
    whole: str
    tone: str


@register.simple_tag
def clock_words(facts: ChainFacts) -> ClockLeft:
    """``{% clock_words row.chain as clock %}``: « 276 j » beside the drawing; the whole words are read."""
    shape = chain_shape(facts)
    if facts.state is ChainState.RUNNING:
        short = _("%(n)s j") % {"n": facts.left_days}
    else:
        short = {
            ChainState.OVER: _("épuisée"),
            ChainState.STOPPED: _("arrêtée"),
            ChainState.SUSPENDED: _("susp."),
            ChainState.UPCOMING: _("à venir"),
            ChainState.LEFT: _("sorti"),
        }.get(facts.state, "–")
    return ClockLeft(short, shape.words, shape.tone)

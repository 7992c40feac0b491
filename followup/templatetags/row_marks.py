"""The signs of a row: the shape of its urgency, the drawing of what was pressed, a key for a form that has none."""

from uuid import UUID, uuid4

from django import template
from django.utils.safestring import SafeString

from followup.rules.row_acts import RowActKind
from followup.rules.row_words import Mark
from foundation.templatetags.ui import icon

register = template.Library()

_SHAPES = {Mark.FLAG: "flag", Mark.HALF: "contrast", Mark.RING: "circle"}
_DONE = {
    RowActKind.HELD: "check",
    RowActKind.ABSENT: "user-x",
    RowActKind.CANCELLED: "circle-x",
    RowActKind.POSTPONED: "alarm-clock-plus",
    RowActKind.NO_REPLY: "check",
    RowActKind.NOTE: "sticky-note",
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

"""The signature of the product in templates: where a case is, what its clocks say, how urgent a date is.

Built into every template (settings, TEMPLATES): nothing to load.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import template

from foundation import clock as calendar
from method.components import ChainFacts, chain_shape, clock_shape, phase_steps, sign_of, urgency_look
from method.selectors import urgency_limits

register = template.Library()


@register.inclusion_tag("method/urgency_badge.html")
def urgency_badge(
    due_on: date | None, organisation_id: UUID, today: date | None = None, show_date: bool = False
) -> dict[str, Any]:
    """``{% urgency_badge row.next_contact_due row.organisation_id today %}``: icon, words and colour for a due date, by
    what is soon and late in that organisation.
    """
    on = today or calendar.today()
    return {
        "urgency": urgency_look(due_on, on, urgency_limits(on, organisation_id)),
        "due_on": due_on,
        "show_date": show_date,
    }


@register.inclusion_tag("method/phase_stepper.html")
def phase_stepper(phase: Any, spells: Iterable[Any] = ()) -> dict[str, Any]:
    """``{% phase_stepper case.phase spells %}``: the five phases, what is done, where we are, and every way back.

    ``phase`` is the code of the current phase; ``spells`` are objects with ``phase``, ``starts_on`` and ``ends_on``, in
    the order in which they were entered.
    """
    return {"path": phase_steps(phase, spells)}


@register.inclusion_tag("method/clock_bar.html")
def clock_bar(clock: Any, today: date | None = None, compact: bool = False) -> dict[str, Any]:
    """``{% clock_bar clock today %}``: used, stopped and left as a bar, the same in words, and the date.

    ``clock`` has the attributes of :class:`method.components.ClockFacts`. ``compact=True`` fits a table's cell.
    """
    return {"clock": clock, "shape": clock_shape(clock), "compact": compact, "today": today}


@register.inclusion_tag("method/chain.html")
def chain(facts: ChainFacts, words: bool = True, phase: str = "told") -> dict[str, Any]:
    """``{% chain row.chain %}``: phase and clock as one sign of 72 × 12 pixels, and the words that carry its meaning.

    The drawing is hidden from screen readers. ``phase`` says what becomes of the name of the phase: ``"told"`` to
    screen readers alone, ``"shown"``, or ``""`` where the page says it beside. ``words=False`` leaves the words of the
    clock to the page too. `followup.selectors.clocks.chain_of` makes the facts of a status.
    """
    return {"shape": chain_shape(facts), "words": words, "phase": phase}


@register.inclusion_tag("method/clock_sign.html")
def clock_sign(clock: Any) -> dict[str, Any]:
    """``{% clock_sign clock %}``: a clock in a line of text: its sign of 56 × 9 pixels, its name, what is left.

    ``clock`` has the attributes of :class:`method.components.ClockFacts`; the sign is hidden from screen readers.
    """
    return {"clock": clock, "stretches": sign_of(clock), "tone": clock_shape(clock).tone}

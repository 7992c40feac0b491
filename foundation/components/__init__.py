"""What the components of ``templates/components/`` need to be drawn: shapes and words, computed once, free of the
database.
"""

from foundation.components.clocks import ClockFacts, ClockShape, clock_shape
from foundation.components.lists import (
    PAGE_GAP,
    FilterTag,
    SummaryRow,
    TimelineItem,
    active_filters,
    numbered_pages,
)
from foundation.components.path import PhasePath, PhaseStep, phase_steps
from foundation.components.urgencies import Urgency, urgency

__all__ = [
    "PAGE_GAP",
    "ClockFacts",
    "ClockShape",
    "FilterTag",
    "PhasePath",
    "PhaseStep",
    "SummaryRow",
    "TimelineItem",
    "Urgency",
    "active_filters",
    "clock_shape",
    "numbered_pages",
    "phase_steps",
    "urgency",
]

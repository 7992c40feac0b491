"""What the templates of ``templates/method/`` need to be drawn: shapes and words, computed once, free of the
database.
"""

from method.components.chain import ChainFacts, ChainShape, ChainState, chain_shape, sign_of
from method.components.clocks import ClockFacts, ClockShape, clock_shape
from method.components.path import PhasePath, PhaseStep, phase_steps
from method.components.urgencies import UrgencyLook, urgency_look

__all__ = [
    "ChainFacts",
    "ChainShape",
    "ChainState",
    "ClockFacts",
    "ClockShape",
    "PhasePath",
    "PhaseStep",
    "UrgencyLook",
    "chain_shape",
    "clock_shape",
    "phase_steps",
    "sign_of",
    "urgency_look",
]

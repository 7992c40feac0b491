"""What the templates of ``templates/method/`` need to be drawn: shapes and words, computed once, free of the
database.
"""

from method.components.clocks import ClockFacts, ClockShape, clock_shape
from method.components.path import PhasePath, PhaseStep, phase_steps
from method.components.urgencies import Urgency, urgency

__all__ = ["ClockFacts", "ClockShape", "PhasePath", "PhaseStep", "Urgency", "clock_shape", "phase_steps", "urgency"]

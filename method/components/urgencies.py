"""How urgent a due date is, as words, an icon and a tone: never a colour alone."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.formatting import late_words
from method.rules.urgency import Urgency, UrgencyLimits, urgency

_LOOKS = {
    Urgency.VERY_LATE: ("bad", "octagon-alert"),
    Urgency.LATE: ("warn", "clock-alert"),
    Urgency.TODAY: ("accent", "calendar-check"),
    Urgency.SOON: ("accent", "calendar-clock"),
    Urgency.LATER: ("neutral", "calendar"),
    Urgency.NONE: ("neutral", "minus"),
}


@dataclass(frozen=True, slots=True)
class UrgencyLook:
    """``code`` is a value of :class:`method.rules.urgency.Urgency`; ``tone`` names a CSS class; ``words`` are read."""

    code: str
    tone: str
    icon: str
    words: str


def urgency_look(due_on: date | None, on: date, limits: UrgencyLimits) -> UrgencyLook:
    """Return how a date due on ``due_on`` is shown on the day ``on``."""
    found = urgency(due_on, on, limits)
    words = _("rien de prévu") if due_on is None else late_words(due_on, on)
    return UrgencyLook(found.value, *_LOOKS[found], words)

"""How urgent a due date is, as words, an icon and a tone: never a colour alone."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from foundation.formatting import late_words

# More days late than this is « très en retard »: two missed weekly contacts.
VERY_LATE_DAYS = 14
SOON_DAYS = 3


@dataclass(frozen=True, slots=True)
class Urgency:
    """``code`` is very_late, late, today, soon, later or none; ``tone`` names a CSS class; ``words`` are read."""

    code: str
    tone: str
    icon: str
    words: str


def urgency(due_on: date | None, on: date) -> Urgency:
    """Return how urgent a date due on ``due_on`` is on the day ``on``; « soon » is three days or fewer (domain, section
    7).
    """
    if due_on is None:
        return Urgency("none", "neutral", "minus", _("rien de prévu"))
    days = (due_on - on).days
    words = late_words(due_on, on)
    if days < -VERY_LATE_DAYS:
        return Urgency("very_late", "bad", "octagon-alert", words)
    if days < 0:
        return Urgency("late", "warn", "clock-alert", words)
    if days == 0:
        return Urgency("today", "accent", "calendar-check", words)
    if days <= SOON_DAYS:
        return Urgency("soon", "accent", "calendar-clock", words)
    return Urgency("later", "neutral", "calendar", words)

"""What the load of a coach becomes in eight weeks, and the sentence that concludes.

Foreseen ends are certain dates (the end of a clock or of a follow-up); entries are the pace of the last twelve weeks.
Both are whole people, each for what they weigh: a forecast never promises half a person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

WEEKS = 8
#: how many weeks the pace of entries is measured on
PACE_WEEKS = 12


class Conclusion(StrEnum):
    """What a forecast comes to."""

    NO_NORM = "no_norm"
    OVER_SOON = "over_soon"
    OVER_STAYS = "over_stays"
    RETURNS = "returns"
    ROOM = "room"
    WITHIN = "within"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a sentence needs: what it comes to, the week it speaks of (its Monday), the load then, the gap to the norm.

    ``gap`` is a positive number of people: too many, or places left.
    """

    conclusion: Conclusion
    week: date | None = None
    load: Decimal = Decimal(0)
    gap: Decimal = Decimal(0)

    @property
    def is_alarming(self) -> bool:
        """Whether somebody should act on it."""
        return self.conclusion in (Conclusion.OVER_SOON, Conclusion.OVER_STAYS)


def forecast(
    load: Decimal, ends: Iterable[tuple[date, Decimal]], entered: int, monday: date, *, entry: Decimal = Decimal(1)
) -> tuple[Decimal, ...]:
    """The load of each of eight weeks from the one that begins on ``monday``; the first is today's.

    ``ends`` are the days from which somebody is no longer accompanied, each with what that person weighs; ``entered``
    how many came in the last ``PACE_WEEKS`` weeks, and ``entry`` what somebody who comes weighs. An end that is past
    changes nothing: who is still there is counted.
    """
    ending = sorted(ends)
    found = []
    for week in range(WEEKS):
        first, last = monday + timedelta(days=7), monday + timedelta(days=7 * (week + 1))
        left = sum((weight for day, weight in ending if first <= day < last), Decimal(0))
        come = entry * (entered * week // PACE_WEEKS)
        found.append(max(load - left + come, Decimal(0)))
    return tuple(found)


def concluded(weeks: Sequence[Decimal], norm: Decimal, monday: date) -> Outlook:
    """What eight weeks against a norm come to.

    Above the norm already: it returns within it some week and stays there, or it does not. Within it: it passes the
    norm some week (told with the worst week), leaves room for two or more at the end, or stays within.
    """
    if norm <= 0:
        return Outlook(Conclusion.NO_NORM)
    days = [monday + timedelta(days=7 * place) for place in range(len(weeks))]
    if weeks[0] > norm:
        after = [place for place in range(len(weeks)) if all(load <= norm for load in weeks[place:])]
        if after:
            place = after[0]
            return Outlook(Conclusion.RETURNS, days[place], weeks[place], norm - weeks[place])
        return Outlook(Conclusion.OVER_STAYS, days[-1], weeks[-1], max(weeks[-1] - norm, Decimal(0)))
    worst = max(weeks)
    if worst > norm:
        place = weeks.index(worst)
        return Outlook(Conclusion.OVER_SOON, days[place], worst, worst - norm)
    room = norm - weeks[-1]
    if room >= 2:
        return Outlook(Conclusion.ROOM, days[-1], weeks[-1], room)
    return Outlook(Conclusion.WITHIN, days[-1], weeks[-1], room)

"""What a row says in a few words: what is to be done, and since when, so that a person stands on one line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from followup.rules.kinds import RULES, DeadlineKind, Told
from foundation.rules.saying import say, sentence
from method.rules.urgency import DayGroup

_WEEKDAYS = (
    sentence("lundi"),
    sentence("mardi"),
    sentence("mercredi"),
    sentence("jeudi"),
    sentence("vendredi"),
    sentence("samedi"),
    sentence("dimanche"),
)
_DAYS_IN_WORDS, _WEEKS_IN_WORDS = 14, 61
_A_WEEK = 7


class Mark(StrEnum):
    """The shape beside the words: it tells the urgency before any colour does."""

    FLAG = "flag"
    HALF = "half"
    RING = "ring"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Since:
    """Since when, or for when: the shape, the words, and those that a narrow screen leaves out."""

    mark: Mark
    words: str
    tail: str = ""


def brief(kind: DeadlineKind, told: Told) -> str:
    """Return what is to be done in some twenty-five letters; the whole sentence stands beside it in the same table."""
    return RULES[kind].brief(told)


def short_span(days: int) -> str:
    """Return a number of days as « 4 j », « 3 sem. », « 2 mois », in the units of the longer words."""
    if days < _DAYS_IN_WORDS:
        return say("%(n)s j", n=days)
    if days < _WEEKS_IN_WORDS:
        return say("%(n)s sem.", n=days // 7)
    return say("%(n)s mois", n=round(days / 30.44))


def since(kind: DeadlineKind, due_on: date, group: DayGroup, on: date) -> Since:
    """Return the shape and the words of a due day.

    A flag for what is very late and for what is an alert by itself, a half disc for what is late, a ring for today, no
    shape for what comes.
    """
    days = (on - due_on).days
    rule = RULES[kind]
    if days > 0:
        alert = group is DayGroup.VERY_LATE or kind in (DeadlineKind.NO_SHOWS, DeadlineKind.PREHIRE_END)
        mark = Mark.FLAG if alert else Mark.HALF
        if rule.is_since:
            return Since(mark, say("depuis %(span)s", span=short_span(days)))
        return Since(mark, short_span(days), say("de retard"))
    if days == 0:
        return Since(Mark.RING, say("aujourd’hui"))
    return Since(Mark.NONE, day_words(due_on, on))


def day_words(day: date, on: date) -> str:
    """Return a day that comes: « demain », « jeudi 3/12 » within a week, « 12/12 », the year when it is another."""
    ahead = (day - on).days
    if ahead == 0:
        return say("aujourd’hui")
    if ahead == 1:
        return say("demain")
    short = f"{day.day}/{day.month}"
    if 0 < ahead <= _A_WEEK:
        return f"{say(_WEEKDAYS[day.weekday()])} {short}"
    return short if day.year == on.year else f"{short}/{day.year}"


def ordinal(number: int) -> str:
    """Return « 1er », « 2e », « 3e »."""
    return say("1er") if number == 1 else say("%(n)se", n=number)

"""How the list of cases is shown and kept: its columns, what of an address a view keeps, its counts, its order."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from foundation.rules.lists import ClosedList

T = TypeVar("T")

#: a tab says no more than that: beyond, the exact number is on the page itself
COUNT_LIMIT = 99
#: views that one person, or one team, may keep: the tabs are read at a glance, and counted in one statement
VIEW_LIMIT = 12
#: cases that one press may touch
BATCH_LIMIT = 200
NAME_LENGTH = 40


class Column(ClosedList):
    """What a row may show besides the person, from the left to the right; the value is what an address holds."""

    DUE = "due", "À contacter"
    PHASE = "phase", "Phase"
    PREHIRE = "prehire", "24 mois, reste"
    FOLLOWUP = "followup", "Suivi, reste"
    LAST = "last", "Dernier contact"
    APPOINTMENT = "appointment", "Prochain rendez-vous"
    COACH = "coach", "Jobcoach"
    SITE = "site", "Site"
    PROJECT = "project", "Projet"
    OPENED = "opened", "Ouvert le"
    BORN = "born", "Date de naissance"


DEFAULT_COLUMNS = (
    Column.DUE,
    Column.PHASE,
    Column.PREHIRE,
    Column.FOLLOWUP,
    Column.LAST,
    Column.COACH,
)

# What is typed of a person (« q ») stays out of what is kept, and so does the page that one stands on.
KEPT = ("coach", "state", "phase", "site", "project", "urgency", "deadline", "watch", "obstacle", "step", "sort", "col")


def columns_of(asked: Iterable[str]) -> tuple[Column, ...]:
    """The columns to show, in their own order: those asked for, unknown ones aside; the usual ones when none is."""
    wanted = set(asked)
    return tuple(column for column in Column if column.value in wanted) or DEFAULT_COLUMNS


def kept_pairs(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What a view keeps of the parameters of an address: filters, order and columns, each once, in one order.

    Two addresses that show the same list keep the same.
    """
    given = [(name, value) for name, value in pairs if name in KEPT and value]
    columns = columns_of(value for name, value in given if name == "col")
    shown = () if columns == DEFAULT_COLUMNS else columns
    rest = sorted({pair for pair in given if pair[0] != "col"}, key=lambda pair: (KEPT.index(pair[0]), pair[1]))
    return (*rest, *(("col", column.value) for column in shown))


def capped(count: int, limit: int = COUNT_LIMIT) -> str:
    """A number as a tab says it: « 99+ » beyond the limit."""
    return str(count) if count <= limit else f"{limit}+"


def moved(order: Sequence[T], one: T, step: int) -> list[T]:
    """The order once ``one`` is ``step`` places further, as far as there are places.

    Raises:
        ValueError: it is not there.
    """
    rest = [other for other in order if other != one]
    if len(rest) == len(order):
        raise ValueError(one)
    place = min(max(order.index(one) + step, 0), len(rest))
    return [*rest[:place], one, *rest[place:]]

"""Past Mondays of the demonstration: nobody can read the past any more, so that these are invented around today."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from accounts.models import Organisation
from reporting.board.rules.mondays import WEEK, last_year, monday_of
from reporting.board.selectors.figures import FIGURES, figures_by_coach
from reporting.models import BoardReading

#: what each figure had more or less, in the last eight weeks from the nearest one; repeated for other coaches
AWAY = {
    "open_cases": (0, -1, 0, 1, -1, -2, -1, -2),
    "late": (-1, 1, 0, -2, 1, 2, 0, 1),
    "silent": (0, 1, 0, 1, 0, 0, 1, 0),
    "ending": (0, 0, 1, 0, -1, 0, 0, 1),
    "hired": (0, -1, -1, -1, -2, -2, -3, -3),
    "durable": (0, 0, -1, -1, -1, -1, -2, -2),
}
#: how far a year ago stood from the same week of this year
YEAR_AWAY = {"open_cases": 1, "late": 1, "silent": 1, "ending": 0, "hired": -1, "durable": -1}


def add_mondays(as_of: date) -> None:
    """Keep the last eight Mondays that have passed, and the same weeks of the year before."""
    for organisation in Organisation.objects.order_by("pk"):
        by_coach = figures_by_coach(organisation, as_of)
        for place in range(len(AWAY["late"])):
            # A Monday reads that very day what the page reads: the one before is the first to differ.
            week = monday_of(as_of) - (place + (monday_of(as_of) == as_of)) * WEEK
            for monday, a_year in ((week, False), (last_year(week), True)):
                lines = {coach: _moved(figures, place, a_year=a_year) for coach, figures in by_coach.items()}
                whole = {name: sum(line[name] for line in lines.values()) for name in FIGURES}
                kept: list[tuple[UUID | None, Mapping[str, int]]] = [(None, whole), *lines.items()]
                for coach, figures in kept:
                    BoardReading.objects.create(
                        organisation=organisation, week=monday, taken_on=monday, coach_id=coach, **figures
                    )


def _moved(figures: Mapping[str, int], place: int, *, a_year: bool) -> dict[str, int]:
    """The figures of a coach as they might have been; a figure of nothing stays nothing."""
    return {
        name: max(0, value + AWAY[name][(place + value) % 8 if name == "late" else place] + a_year * YEAR_AWAY[name])
        if value
        else 0
        for name, value in figures.items()
    }

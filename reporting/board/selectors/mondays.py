"""The reading of a Monday as it was, beside the Monday before it, the same week of a year before, and today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from reporting.board.models import BoardReading
from reporting.board.rules.matter import page_after
from reporting.board.rules.mondays import WEEK, last_year
from reporting.board.selectors.comparing import Readings, readings
from reporting.board.selectors.figures import FIGURES, figures_by_coach


@dataclass(frozen=True, slots=True)
class PastCoach:
    """What was read of one coach, and what is so today."""

    reading: BoardReading
    now: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PastWeek:
    """A Monday: what was read of the organisation (nothing when it was not read), what it is compared with, today's
    figures, and the coaches of one page.
    """

    week: date
    reading: BoardReading | None
    around: Readings
    now: Mapping[str, int]
    coaches: Sequence[PastCoach]
    number: int
    next_key: str

    @property
    def before(self) -> BoardReading | None:
        """The reading of the Monday before."""
        return self.around.by_week.get(self.week - WEEK)

    @property
    def year_before(self) -> BoardReading | None:
        """The reading of the same week a year before."""
        return self.around.by_week.get(last_year(self.week))


def past_week(user: User, week: date, on: date, after: str = "") -> PastWeek:
    """A Monday that was read, in nine statements; ``after`` is the coach that the page follows."""
    rows = list(BoardReading.objects.visible_to(user).filter(week=week).select_related("coach"))
    reading = next((row for row in rows if row.coach is None), None)
    organisation = user.current_organisation
    by_coach = figures_by_coach(organisation, on) if organisation is not None and reading is not None else {}
    held = [(row.coach, row) for row in rows if row.coach is not None]
    ranked = sorted(held, key=lambda one: (-one[1].late, -one[1].open_cases, one[0].last_name, one[0].first_name))
    shown, next_key = page_after(ranked, lambda one: str(one[0].pk), after)
    nothing = dict.fromkeys(FIGURES, 0)
    return PastWeek(
        week=week,
        reading=reading,
        around=readings(user, week),
        now={name: sum(one[name] for one in by_coach.values()) for name in FIGURES},
        coaches=[PastCoach(row, by_coach.get(coach.pk, nothing)) for coach, row in shown],
        number=len(held),
        next_key=next_key,
    )

"""A few workshops for the demonstration, told through the real services: some over, one today, some to come."""

from datetime import date, time, timedelta

from accounts.models import User
from beneficiaries.models import CoachingCase
from demo.loading.store import row_id
from demo.plan.calendar import next_working_day
from demo.plan.randomness import Dice
from demo.plan.staff import DEMO_JOBCOACH, DEMO_ORGANISATION
from followup.enums import AttendanceState
from followup.models import CollectiveSession, SessionSeries
from followup.services.sessions import Mark, SessionPlan, create_series, record_attendance, register_people

COLLEAGUE = "mire-centre/coach-2"
WEEKS_AGO = 3
# Nobody whose 24 months end soon: nothing more is planned for them.
AHEAD = timedelta(days=60)


def add_workshops(as_of: date) -> tuple[SessionSeries, SessionSeries]:
    """Two series of the demonstration's organisation: one led by its jobcoach, whose presences are noted until last
    week, one by a colleague, who has forgotten to. The same day gives the same sessions, people and presences.
    """
    leaders = User.objects.in_bulk([row_id("user", DEMO_JOBCOACH), row_id("user", COLLEAGUE)])
    anchor = next_working_day(as_of)
    first = anchor - timedelta(weeks=WEEKS_AGO)
    people = list(
        CoachingCase.objects.filter(organisation=row_id("organisation", DEMO_ORGANISATION), opened_on__lte=first)
        .filter(closed_on=None)
        .exclude(status__prehire_deadline__lte=anchor + AHEAD)
        .order_by("pk")[:14]
    )
    ours = _series(
        leaders[row_id("user", DEMO_JOBCOACH)],
        title="Préparer un entretien d’embauche",
        aim="Se présenter en deux minutes, répondre aux questions difficiles, poser les siennes.",
        first=first,
        number=5,
        people=people[:8],
    )
    for number, session in enumerate(ours.sessions.filter(on__lt=as_of).select_related("leader")):
        _mark(session, number)
    theirs = _series(
        leaders[row_id("user", COLLEAGUE)],
        title="Lire sa fiche de paie",
        aim="Brut, net, primes et pécule de vacances, à partir de vraies fiches rendues anonymes.",
        first=next_working_day(anchor - timedelta(days=9)),
        number=3,
        people=people[6:],
    )
    return ours, theirs


def _series(
    leader: User, *, title: str, aim: str, first: date, number: int, people: list[CoachingCase]
) -> SessionSeries:
    plan = SessionPlan(
        on=first,
        at=time(13, 30),
        minutes=150,
        place="Salle de réunion, 1er étage",
        capacity=10,
        leader=leader,
    )
    series = create_series(title=title, aim=aim, first=plan, number=number, actor=leader)
    for session in series.sessions.all():
        register_people(session=session, cases=people, actor=leader)
    return series


def _mark(session: CollectiveSession, number: int) -> None:
    """The presences of the session of that rank: most came, some for a part of it."""
    marks = {}
    for attendance in session.attendances.all():
        dice = Dice("workshop", attendance.case_id, number)
        state = dice.weighted(((AttendanceState.PRESENT, 8), (AttendanceState.ABSENT, 1), (AttendanceState.EXCUSED, 1)))
        marks[attendance.pk] = Mark(state, dice.pick((150, 150, 150, 90)))
    record_attendance(session=session, marks=marks, actor=session.leader)

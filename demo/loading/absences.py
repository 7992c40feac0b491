"""Two absences for the demonstration, declared through the real service: a colleague is away, the jobcoach will be."""

from datetime import date, timedelta

from accounts.models import Absence, User
from accounts.services.absences import AbsencePlan, declare_absence
from demo.loading.store import row_id
from demo.plan.calendar import next_working_day
from demo.plan.staff import DEMO_JOBCOACH

AWAY_NOW = "mire-centre/coach-3"
STANDS_IN_LATER = "mire-centre/coach-2"
DAYS_AWAY = timedelta(days=4)
LATER = timedelta(weeks=2)


def add_absences(as_of: date) -> tuple[Absence, Absence]:
    """A colleague is away for a few days, whose people the demonstration's jobcoach receives; the jobcoach leaves on
    holiday in two weeks. The same day gives the same absences.
    """
    people = User.objects.in_bulk([row_id("user", key) for key in (DEMO_JOBCOACH, AWAY_NOW, STANDS_IN_LATER)])
    jobcoach, away, stand_in = (people[row_id("user", key)] for key in (DEMO_JOBCOACH, AWAY_NOW, STANDS_IN_LATER))
    now = AbsencePlan(
        starts_on=as_of,
        ends_on=as_of + DAYS_AWAY,
        reason="TRAINING",
        replacement=jobcoach,
        note="Rappeler chaque personne dont le rendez-vous tombe cette semaine.",
    )
    leaves_on = next_working_day(as_of + LATER)
    later = AbsencePlan(
        starts_on=leaves_on,
        ends_on=leaves_on + DAYS_AWAY,
        reason="LEAVE",
        replacement=stand_in,
        note="Deux fins de contrat à préparer : tout est au dossier.",
    )
    return (
        declare_absence(user=away, plan=now, actor=away),
        declare_absence(user=jobcoach, plan=later, actor=jobcoach),
    )

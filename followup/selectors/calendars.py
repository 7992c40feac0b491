"""Which of what is planned the calendars of others hold or are to hold, asked with rows that are read anyway."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from followup.enums import AttendanceState
from followup.models import Appointment, Attendance, Invitation, OwnCalendar
from foundation.clock import today


def with_calendars(appointments: QuerySet[Appointment]) -> Any:
    """The appointments, each with whether somebody holds it (`is_held`), and whether the coach who has it or the one of
    the case wants theirs in their own calendar (`is_wanted`).
    """
    its_coach = Q(user=OuterRef("coach_id")) | Q(user=OuterRef("case__coach_id"))
    wanting = OwnCalendar.objects.filter(its_coach, is_invited=True)
    held = Invitation.objects.filter(life=OuterRef("its_life"))
    return appointments.annotate(its_life=Coalesce("life", "pk"), is_held=Exists(held), is_wanted=Exists(wanting))


def coming_places() -> QuerySet[Attendance]:
    """The places that people have in sessions to come which stand."""
    registered = Attendance.objects.filter(state=AttendanceState.REGISTERED)
    return registered.filter(session__on__gte=today(), session__cancelled_on__isnull=True)

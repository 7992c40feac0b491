"""What becomes of the appointments when an exit is taken back, told before it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from beneficiaries.models import CoachingCase
from followup.enums import AppointmentState
from followup.models import Appointment
from followup.rules.appointments import Slot
from followup.services.following import fell_with_exit, hour_is_taken
from foundation.formatting import date_words


def appointments_after_undoing(case: CoachingCase, on: date) -> Iterator[str]:
    """Each appointment that the exit had called off: whether it comes back, and what is to be known of it then."""
    known = list(case.appointments.order_by("on", "at"))
    fallen = [one for one in known if fell_with_exit(one)]
    if not fallen:
        return
    others = _elsewhere(case, fallen)
    for one in fallen:
        said = {"date": date_words(one.on), "hour": f" à {one.at:%H:%M}" if one.at else ""}
        if hour_is_taken(one, known):
            yield _("Ne revient pas : le rendez-vous du %(date)s%(hour)s, un autre a pris cette heure.") % said
            continue
        clash = next((other for other in others if _overlap(one, other)), None)
        if clash is not None:
            said["name"] = clash.case.beneficiary.full_name
            yield _("Revient, à reporter : le rendez-vous du %(date)s%(hour)s, l’heure est donnée à %(name)s.") % said
        elif one.on < on:
            yield (
                _("Revient : le rendez-vous du %(date)s%(hour)s, passé entre-temps ; dites ce qu’il est devenu.") % said
            )
        else:
            yield _("Revient : le rendez-vous du %(date)s%(hour)s.") % said


def _elsewhere(case: CoachingCase, fallen: list[Appointment]) -> list[Appointment]:
    """What the coach planned with others on those days."""
    planned = Appointment.objects.filter(
        coach=case.coach_id, state=AppointmentState.PLANNED, on__in=[one.on for one in fallen]
    )
    return list(planned.exclude(case=case).select_related("case__beneficiary"))


def _overlap(one: Appointment, other: Appointment) -> bool:
    return Slot(one.on, one.at, one.minutes).overlaps(Slot(other.on, other.at, other.minutes))

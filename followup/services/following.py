"""What is planned follows its case: to another coach, away with the exit, back when the exit is undone."""

from collections.abc import Iterable, Sequence

from beneficiaries.models import CoachingCase
from followup.enums import AppointmentState
from followup.models import Appointment
from followup.services.discretion import call_off_meetings_there
from foundation.persistence import save_checked
from foundation.rules.saying import sentence

# Written on the appointments that an exit calls off; whoever undoes the exit finds them by it.
FELL_WITH_EXIT = sentence("Dossier sorti")


def fell_with_exit(appointment: Appointment) -> bool:
    """Whether it was called off by the exit of its case, and by nobody."""
    called_off = appointment.state == AppointmentState.CANCELLED and not appointment.cancelled_by
    return called_off and appointment.state_reason == FELL_WITH_EXIT


def hour_is_taken(appointment: Appointment, known: Iterable[Appointment]) -> bool:
    """Whether another appointment of the case is planned at the very hour of one that fell."""
    planned = (one for one in known if one.state == AppointmentState.PLANNED)
    return any((one.on, one.at) == (appointment.on, appointment.at) for one in planned)


def _bring_back(appointment: Appointment, known: Sequence[Appointment]) -> None:
    """Plan again what an exit, undone or moved since, had called off, unless its hour was given to another one."""
    if hour_is_taken(appointment, known):
        appointment.state_reason = sentence("Dossier sorti, puis repris : un autre rendez-vous a pris cette heure")
    else:
        appointment.state, appointment.state_reason = AppointmentState.PLANNED, ""
    save_checked(appointment)


def follow_the_case(case: CoachingCase) -> None:
    """Keep what is planned true to the case: it passes to the coach who takes over, falls away with the exit and comes
    back when the exit is undone or moved beyond it, or falls away with a follow-up that becomes discreet when it would
    take place at the firm.

    Runs as the act that changed the case ends, and is signed by its author; the case has its appointments, its jobs
    and their agreements loaded, and the appointments tell afterwards what was made of them.
    """
    known = list(case.appointments.all())
    for appointment in known:
        # The exit was undone, or moved to a later day: those of the days before it never fell.
        if fell_with_exit(appointment) and (case.closed_on is None or appointment.on < case.closed_on):
            _bring_back(appointment, known)
    if case.closed_on is not None:
        for appointment in known:
            if appointment.state == AppointmentState.PLANNED and appointment.on >= case.closed_on:
                appointment.state = AppointmentState.CANCELLED
                appointment.state_reason = FELL_WITH_EXIT
                save_checked(appointment)
        return
    planned = [one for one in known if one.state == AppointmentState.PLANNED]
    call_off_meetings_there(case, planned)
    for appointment in planned:
        if appointment.state == AppointmentState.PLANNED and appointment.coach_id != case.coach_id:
            appointment.coach = case.coach
            save_checked(appointment)

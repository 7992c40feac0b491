"""Appointments: those of the last weeks and what became of them, today's, and those to come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta

from followup.rules.cadence import counts_for_cadence
from reporting.pilot.calendar import working_day
from reporting.pilot.journeys import DAY
from reporting.pilot.plan_types import AppointmentPlan, CasePlan, ContactPlan
from reporting.pilot.randomness import Dice

MEMORY_DAYS = 28
SLOTS = (
    time(8, 30),
    time(9, 15),
    time(10, 0),
    time(10, 45),
    time(11, 30),
    time(13, 0),
    time(13, 45),
    time(14, 30),
    time(15, 15),
    time(16, 0),
)


def appointments(
    key: str,
    contacts: Sequence[ContactPlan],
    target: str,
    due_on: date | None,
    ref: date,
    *,
    demo: bool,
    unsettled: bool,
) -> tuple[AppointmentPlan, ...]:
    """Return one case's appointments; hours are given afterwards, coach by coach (:func:`with_hours`).

    ``demo``: everyone due today has an appointment today. ``unsettled``: the last one has passed and nobody said what
    became of it.
    """
    dice = Dice("agenda", key)
    found = [
        AppointmentPlan(
            contact.on,
            SLOTS[0],
            contact.minutes or 45,
            contact.channel,
            contact.place,
            "NO_SHOW" if contact.outcome == "NO_SHOW" else "HELD",
            position,
        )
        for position, contact in enumerate(contacts)
        if contact.on >= ref - timedelta(days=MEMORY_DAYS)
        and contact.party == "BENEFICIARY"
        and contact.channel == "IN_PERSON"
    ]
    if not target:
        return tuple(found)
    if unsettled:
        found.append(
            _planned(working_day(ref - timedelta(days=dice.number(1, 3)), ref - timedelta(days=4), ref - DAY), dice)
        )
    elif target == "today" and (demo or dice.chance(0.75)):
        found.append(_planned(ref, dice))
    elif target in {"on_track", "soon"} and dice.chance(0.75):
        wished = min(due_on or ref + timedelta(days=8), ref + timedelta(days=9))
        found.append(_planned(working_day(wished, ref + DAY, ref + timedelta(days=12)), dice))
    elif dice.chance(0.3):
        found.append(
            _planned(working_day(ref + timedelta(days=dice.number(1, 4)), ref + DAY, ref + timedelta(days=8)), dice)
        )
    return tuple(found)


def _planned(on: date, dice: Dice) -> AppointmentPlan:
    if dice.chance(0.8):
        place = dice.weighted((("OFFICE", 8), ("HOME", 1), ("PARTNER", 1)))
        return AppointmentPlan(on, SLOTS[0], dice.pick((45, 60)), "IN_PERSON", place, "PLANNED", None)
    return AppointmentPlan(on, SLOTS[0], 20, "PHONE", "REMOTE", "PLANNED", None)


def last_counting(contacts: Sequence[ContactPlan]) -> date | None:
    """The day of the last contact that counts for the cadence."""
    days = [c.on for c in contacts if counts_for_cadence(c.channel, c.outcome, c.party)]
    return max(days) if days else None


def with_hours(cases: Sequence[CasePlan]) -> tuple[CasePlan, ...]:
    """Give each coach's appointments of one day different hours, as long as the day has any left."""
    taken: dict[tuple[str, date], int] = {}
    found: list[CasePlan] = []
    for case in cases:
        timed: list[AppointmentPlan] = []
        for appointment in case.appointments:
            day = (case.coach_on(appointment.on), appointment.on)
            turn = taken.get(day, Dice("hours", *day[:1], appointment.on.toordinal() % 7).number(0, 3))
            taken[day] = turn + 1
            timed.append(replace(appointment, at=SLOTS[turn % len(SLOTS)]))
        found.append(replace(case, appointments=tuple(timed)))
    return tuple(found)

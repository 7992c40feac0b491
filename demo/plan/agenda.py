"""Appointments: those of the last weeks and what became of them, today's, and those to come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

from demo.plan.calendar import working_day
from demo.plan.journeys import DAY
from demo.plan.plan_types import AppointmentPlan, CasePlan, ContactPlan
from demo.plan.randomness import Dice
from followup.rules.cadence import counts_for_cadence

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


@dataclass(frozen=True, slots=True)
class Outlook:
    """How one case's agenda looks on the reference day.

    ``may_plan``: False once the 24 months are used up, since nothing may be planned then. ``unsettled``: the last
    appointment has passed and nobody said what became of it. ``demo``: everyone due today has an appointment today.
    """

    target: str
    due_on: date | None
    ref: date
    may_plan: bool
    unsettled: bool
    demo: bool


def appointments(
    key: str, contacts: Sequence[ContactPlan], outlook: Outlook, addresses: Mapping[str, str]
) -> tuple[AppointmentPlan, ...]:
    """Return one case's appointments; ``addresses`` says where each kind of place is.

    Hours are given afterwards, coach by coach (:func:`with_hours`).
    """
    dice, ref = Dice("agenda", key), outlook.ref
    found = [
        AppointmentPlan(
            on=contact.on,
            at=SLOTS[0],
            minutes=contact.minutes or 45,
            channel=contact.channel,
            place=contact.place,
            address=addresses.get(contact.place, ""),
            state="NO_SHOW" if contact.outcome == "NO_SHOW" else "HELD",
            contact=position,
        )
        for position, contact in enumerate(contacts)
        if contact.on >= ref - timedelta(days=MEMORY_DAYS)
        and contact.party == "BENEFICIARY"
        and contact.channel == "IN_PERSON"
    ]
    on = _planned_on(outlook, dice) if outlook.target and outlook.may_plan else None
    return (*found, _planned(on, dice, addresses)) if on else tuple(found)


def _planned_on(outlook: Outlook, dice: Dice) -> date | None:
    """The day of the next appointment, ``None`` when there is none."""
    ref = outlook.ref
    if outlook.unsettled:
        return working_day(ref - timedelta(days=dice.number(1, 3)), ref - timedelta(days=4), ref - DAY)
    if outlook.target == "today":
        return ref if outlook.demo or dice.chance(0.75) else None
    if outlook.target in {"on_track", "soon"}:
        wished = min(outlook.due_on or ref + timedelta(days=8), ref + timedelta(days=9))
        return working_day(wished, ref + DAY, ref + timedelta(days=12)) if dice.chance(0.75) else None
    if dice.chance(0.3):
        return working_day(ref + timedelta(days=dice.number(1, 4)), ref + DAY, ref + timedelta(days=8))
    return None


def _planned(on: date, dice: Dice, addresses: Mapping[str, str]) -> AppointmentPlan:
    if dice.chance(0.8):
        place = dice.weighted((("OFFICE", 8), ("HOME", 1), ("PARTNER", 1)))
        minutes = dice.pick((45, 60))
        return AppointmentPlan(
            on, SLOTS[0], minutes, "IN_PERSON", place, addresses.get(place, ""), "PLANNED", contact=None
        )
    return AppointmentPlan(on, SLOTS[0], 20, "PHONE", "REMOTE", "", "PLANNED", contact=None)


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

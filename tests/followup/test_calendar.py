"""One case over eight months: every reminder with its date, in one list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.enums import Funder
from beneficiaries.models import CoachingCase
from beneficiaries.services.cases import CaseOpening, open_case
from beneficiaries.services.phases import exit_case, start_prehire
from followup.models import Reminder
from followup.services.contacts import AppointmentPlan, change_appointment, plan_appointment
from followup.services.reminders import run_day
from foundation.clock import today
from placements.models import Employment
from placements.services.hiring import end_employment
from tests.conftest import FrozenClock
from tests.factories import stories
from tests.factories.accounts import ProjectFactory

pytestmark = pytest.mark.django_db

D = date.fromisoformat

# The morning, what it tells, the day it is due; beside, why.
EXPECTED = (
    ("2025-03-17", "FIRST_MEETING", "2025-03-24"),  # fifteen working days after the referral; met on the 20th
    ("2025-04-17", "INTAKE_END", "2025-05-03"),  # forty-five days of intake
    ("2025-04-18", "CONTACT", "2025-04-20"),  # due on Easter Sunday: told on the Friday
    ("2025-05-08", "CONTACT", "2025-05-08"),  # a week of pre-hire
    ("2025-05-14", "APPOINTMENT", "2025-05-14"),  # nobody says what became of the appointment of the 13th
    ("2025-05-22", "CONTACT", "2025-05-22"),  # a week after the talk of the 15th
    ("2025-06-06", "NO_SHOWS", "2025-06-05"),  # the third appointment missed in a row was yesterday
    ("2025-06-24", "CONTACT", "2025-06-24"),  # in follow-up since the 16th
    ("2025-07-02", "CONTACT", "2025-07-02"),
    ("2025-07-10", "CONTACT", "2025-07-10"),
    ("2025-07-10", "EMPLOYER", "2025-07-17"),  # a month after the first day at work, told a week ahead
    ("2025-07-17", "CONTACT", "2025-07-17"),
    ("2025-07-24", "CONTACT", "2025-07-24"),
    ("2025-08-01", "CONTRACT_END", "2025-08-31"),  # thirty days before the end of the CDD
    ("2025-08-05", "CONTACT", "2025-08-05"),
    ("2025-08-14", "CONTACT", "2025-08-17"),  # a Sunday, after the Assumption: told on the Thursday
    ("2025-08-21", "EMPLOYER", "2025-08-28"),  # a month after the talk of 28 July
    ("2025-09-01", "JOB_ENDED", "2025-09-01"),  # the person leaves that day
    ("2025-09-22", "RESULTS_4_WEEKS", "2025-09-29"),  # the project is of the ESF+
)


class Story:
    """What happens on which day, besides the run of each morning."""

    def __init__(self) -> None:
        self.coach = stories.a_coach()
        self.case: CoachingCase | None = None
        self.job: Employment | None = None

    def open(self) -> None:
        """Sent to us on Monday 3 March, for a project of the ESF+."""
        project = ProjectFactory(organisation=self.coach.current_organisation, funder=Funder.FSE)
        opening = CaseOpening(coach=self.coach, opened_on=today(), referred_on=today(), project=project)
        self.case = open_case(beneficiary=stories.a_person(self.coach), opening=opening, actor=self.coach)

    def sees(self, **how: object) -> None:
        """A contact with the person."""
        stories.a_contact(self.reread(), **how)

    def misses(self) -> None:
        """The person does not come."""
        stories.a_contact(self.reread(), outcome="NO_SHOW", minutes=0, summary="")

    def begins_prehire(self) -> None:
        """Everything is signed."""
        start_prehire(case=stories.made_ready(self.reread(), today()), on=today(), actor=self.coach)

    def plans(self) -> None:
        """An appointment the next day, whose outcome nobody writes down for a while."""
        plan = AppointmentPlan(on=today() + timedelta(days=1), channel="IN_PERSON")
        plan_appointment(case=self.reread(), plan=plan, actor=self.coach)

    def explains(self) -> None:
        """The appointment was called off; we talked on the telephone instead."""
        [planned] = self.reread().appointments.planned()
        change_appointment(
            appointment=planned, state="CANCELLED", reason="Malade", cancelled_by="PERSON", actor=self.coach
        )
        self.sees(channel="PHONE")

    def is_hired(self) -> None:
        """A CDD until the end of August."""
        self.job = stories.hired(self.reread(), starts_on=today(), ends_on=D("2025-08-31"), contract_type="CDD")

    def talks_to_the_employer(self) -> None:
        """News from the firm."""
        assert self.job is not None
        self.sees(party="BOTH", company=self.job.company)

    def leaves(self) -> None:
        """The CDD is over, the person leaves."""
        assert self.job is not None
        end_employment(employment=self.job, ended_on=D("2025-08-31"), reason="TERM", actor=self.coach)
        exit_case(
            case=self.reread(), on=today(), exit_reason="WITHDRAWAL", exit_outcome="JOB_SEEKING", actor=self.coach
        )

    def reread(self) -> CoachingCase:
        """The case as it is now."""
        assert self.case is not None
        return CoachingCase.objects.get(pk=self.case.pk)


EVENTS: dict[str, Callable[[Story], None]] = {
    "2025-03-03": Story.open,
    "2025-03-20": Story.sees,
    "2025-05-01": Story.begins_prehire,
    "2025-05-12": Story.plans,
    "2025-05-15": Story.explains,
    "2025-05-26": Story.misses,
    "2025-06-02": Story.misses,
    "2025-06-05": Story.misses,
    "2025-06-10": Story.sees,
    "2025-06-16": Story.is_hired,
    "2025-06-17": Story.sees,
    "2025-06-25": Story.sees,
    "2025-07-03": Story.sees,
    "2025-07-10": Story.sees,
    "2025-07-17": Story.sees,
    "2025-07-24": Story.sees,
    "2025-07-28": Story.talks_to_the_employer,
    "2025-07-29": Story.sees,
    "2025-08-10": Story.sees,
    "2025-09-01": Story.leaves,
}


def told_this_morning() -> list[tuple[str, str, str]]:
    rows = Reminder.objects.filter(raised_on=today()).order_by("rule", "due_on", "threshold")
    return [(row.raised_on.isoformat(), row.rule, row.due_on.isoformat()) for row in rows]


def test_one_case_over_eight_months(frozen: FrozenClock) -> None:
    story = Story()
    told: list[tuple[str, str, str]] = []
    day = D("2025-03-03")
    while day <= D("2025-11-03"):
        frozen(day)
        run_day(on=day)
        told += told_this_morning()
        if event := EVENTS.get(day.isoformat()):
            event(story)
        day += timedelta(days=1)
    assert tuple(told) == EXPECTED
    # What each of them asked was done, or asked no more: only the results of the ESF+ have no answer.
    assert list(Reminder.objects.open().values_list("rule", flat=True)) == ["RESULTS_4_WEEKS"]

"""Ma journée: who needs me, whom I meet today, where my people stand, what I did this week. A fixed number of
statements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.utils.functional import Promise

from accounts.models import Absence, User
from beneficiaries.models import ExceptionRequest
from beneficiaries.selectors.exceptions import answers_for
from employers.models import ProspectionContact
from followup.enums import AppointmentState, Party
from followup.models import Appointment, CollectiveSession, Contact, RowAct
from followup.models.querysets import carers
from followup.rules.counters import TimeSpent, minutes_by_place
from followup.rules.row_acts import OUTCOMES
from followup.selectors.counters import Cadence, cadence_of
from followup.selectors.day_rows import GROUPS, DayRow, read_rows
from followup.selectors.row_acts import acts_of_page
from followup.selectors.sessions import sessions_of_the_day
from method.rules.phases import Phase
from method.rules.urgency import DayGroup
from placements.selectors.to_verify import jobs_to_verify


@dataclass(frozen=True, slots=True)
class Group:
    """The people of one degree of urgency."""

    code: DayGroup
    label: str | Promise
    needs: Sequence[DayRow]


@dataclass(frozen=True, slots=True)
class Week:
    """What was done from Monday to Sunday: contacts held with people and with employers, with how many of each, and the
    minutes of all of it, by place.
    """

    starts_on: date
    contacts: int
    people: int
    talks: int
    employers: int
    minutes: int
    places: Mapping[str, int]

    @property
    def ends_on(self) -> date:
        """Sunday."""
        return self.starts_on + timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class MyDay:
    """Everything the page shows."""

    groups: Sequence[Group]
    today: Sequence[Appointment]
    awaiting: Sequence[Appointment]
    told: Sequence[RowAct]
    calm: Sequence[DayRow]
    people: Sequence[DayRow]
    drafts: Sequence[DayRow]
    week: Week
    cadence: Cadence
    sessions: Sequence[CollectiveSession]
    answers: Sequence[ExceptionRequest]
    unverified: int
    replacing: Sequence[Absence]
    away: Absence | None

    @property
    def pressing(self) -> int:
        """How many people are due today or late."""
        urgent = (DayGroup.VERY_LATE, DayGroup.LATE, DayGroup.TODAY)
        return sum(len(group.needs) for group in self.groups if group.code in urgent)


def my_day(user: User, on: date, page: UUID | None = None) -> MyDay:
    """The day of a coach, with the people of those for whom they stand in; eleven statements, one more while an answer
    waits to be read, one more while somebody left in a job whose end is not known, and one more when ``page`` names a
    page on which something was pressed: what was done there is shown at its place.
    """
    acts = acts_of_page(page, user) if page else []
    read = read_rows(user, on, acts=[act for act in acts if act.kind not in OUTCOMES])
    appointments = read.appointments
    # Somebody who left needs their coach for what the funder still asks; they are no longer one of the coach's people.
    running = [row for row in read.rows if row.status.phase != Phase.EXIT]
    return MyDay(
        groups=_groups(read.rows),
        told=[act for act in acts if act.kind in OUTCOMES],
        calm=[row for row in running if not row.group],
        today=[a for a in appointments if a.on == on],
        awaiting=[a for a in appointments if a.on < on and a.state == AppointmentState.PLANNED],
        people=running,
        drafts=[row for row in running if row.drafts],
        week=week_of(user, on),
        cadence=cadence_of(user, on),
        sessions=sessions_of_the_day(user, on),
        answers=list(answers_for(user)) if read.answered else [],
        unverified=len(jobs_to_verify(user, on, carers(user))) if read.left_in_job else 0,
        replacing=user.replacing,
        away=next((absence for absence in user.absences_today if absence.user_id == user.pk), None),
    )


def _groups(rows: Iterable[DayRow]) -> list[Group]:
    """People by their most urgent reason; within a group, the oldest first."""
    standing: dict[str, list[DayRow]] = defaultdict(list)
    for row in rows:
        if row.group:
            standing[row.group].append(row)
    groups = [Group(code, label, sorted(standing[code], key=_place)) for code, label in GROUPS]
    return [group for group in groups if group.needs]


def _place(row: DayRow) -> tuple[date, str]:
    return row.stands_on, row.case.beneficiary.search_key


@dataclass(slots=True)
class _Tally:
    """What a week adds up to, while it is read."""

    contacts: int = 0
    talks: int = 0
    spent: list[TimeSpent] = field(default_factory=list)
    people: set[UUID] = field(default_factory=set)
    employers: set[UUID] = field(default_factory=set)


def week_of(user: User, on: date) -> Week:
    """The figures of the week of a day; two statements. Held contacts alone count."""
    monday = on - timedelta(days=on.weekday())
    sunday = monday + timedelta(days=6)
    tally = _Tally()
    held = Contact.objects.visible_to(user).filter(coach=user).held().between(monday, sunday)
    columns = ("case_id", "party", "company_id", "place", "channel", "minutes")
    for case_id, party, company_id, place, channel, minutes in held.values_list(*columns):
        tally.spent.append(TimeSpent(place, channel, minutes))
        if party in (Party.BENEFICIARY, Party.BOTH):
            tally.contacts += 1
            tally.people.add(case_id)
        if party in (Party.EMPLOYER, Party.BOTH) and company_id:
            tally.talks += 1
            tally.employers.add(company_id)
    visits = ProspectionContact.objects.visible_to(user).filter(coach=user, on__range=(monday, sunday))
    for company_id, channel, minutes in visits.values_list("company_id", "channel", "minutes"):
        tally.talks += 1
        tally.employers.add(company_id)
        tally.spent.append(TimeSpent("", channel, minutes))
    return Week(
        starts_on=monday,
        contacts=tally.contacts,
        people=len(tally.people),
        talks=tally.talks,
        employers=len(tally.employers),
        minutes=sum(one.minutes for one in tally.spent),
        places=minutes_by_place(tally.spent),
    )

"""Time sheets of the demonstration: what a team has signed of the months before, and a month under way."""

from datetime import date

from accounts.enums import Role
from accounts.models import Membership, User
from demo.loading.store import row_id
from demo.plan.staff import DEMO_COORDINATOR, DEMO_JOBCOACH
from foundation.clock import today
from foundation.errors import DomainError
from foundation.rules.periods import ONE_DAY
from foundation.workdays import working_days
from timesheets.enums import Activity
from timesheets.rules.sheets import month_of
from timesheets.services import EntryStatement, add_entry, countersign_sheet, sign_sheet

# Day of the month (the next working day is taken), minutes, activity, words.
ENTRIES: tuple[tuple[int, int, Activity, str], ...] = (
    (3, 90, Activity.MEETING, "Réunion d’équipe"),
    (6, 60, Activity.ADMIN, "Mise à jour des dossiers"),
    (12, 210, Activity.TRAINING, "Formation à l’entretien motivationnel"),
    (17, 90, Activity.MEETING, "Réunion d’équipe"),
    (20, 75, Activity.TRAVEL, "Visites d’entreprises à Binche"),
)


def add_time_sheets() -> None:
    """Fill in three months of the demonstration's team: the oldest signed and countersigned, the one before this one
    signed by all but one, this one under way.

    Raises:
        DomainError: the people of the demonstration are not there.
    """
    coordinator = User.objects.get(pk=row_id("user", DEMO_COORDINATOR))
    organisation = coordinator.current_organisation
    roles = Membership.objects.filter(organisation=organisation, role=Role.JOBCOACH).active_on(today())
    team = [held.user for held in roles.select_related("user").order_by("user__last_name", "user_id")]
    demo_coach = row_id("user", DEMO_JOBCOACH)
    this_month = month_of(today())
    last_month = month_of(this_month - ONE_DAY)
    before = month_of(last_month - ONE_DAY)
    for coach in team:
        for month in (before, last_month, this_month):
            _fill(coach, month)
        signed = [before] if coach.pk == demo_coach else [before, last_month]
        for month in signed:
            _sign(coach, month, coordinator if month == before else None)


def _fill(coach: User, month: date) -> None:
    """The meetings, the training and the paperwork of a month, as far as it has gone."""
    workdays = working_days(month)
    for day, minutes, activity, words in ENTRIES:
        on = workdays.next_after(month.replace(day=day) - ONE_DAY)
        if on <= today():
            add_entry(
                month=month,
                statement=EntryStatement(on=on, minutes=minutes, activity=activity, words=words),
                actor=coach,
            )


def _sign(coach: User, month: date, coordinator: User | None) -> None:
    """Sign, and have it countersigned by the coordinator, if one is given; a month that cannot be signed stays open."""
    try:
        signature = sign_sheet(month=month, typed_name=coach.get_full_name(), actor=coach)
    except DomainError:
        # The invented agenda may hold a day that is too long: it is there to be put right.
        return
    if coordinator is not None:
        countersign_sheet(sheet=signature.sheet, typed_name=coordinator.get_full_name(), actor=coordinator)

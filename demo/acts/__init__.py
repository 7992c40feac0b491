"""The demonstration: the pilot as of today, and six accounts whose password everybody knows."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from demo.acts.aids import add_aids
from demo.acts.documents import add_documents
from demo.acts.esf import add_esf
from demo.acts.inspection import add_inspection
from demo.acts.mondays import add_mondays
from demo.acts.runs import add_draft, add_sent_report
from demo.acts.sheets import add_time_sheets
from demo.acts.steward import add_steward
from demo.acts.tasks import add_tasks
from demo.loading import load_pilot, pilot_loaded_as_of
from demo.loading.absences import add_absences
from demo.loading.store import row_id
from demo.loading.workshops import add_workshops
from demo.plan.staff import DEMO_ADMIN, DEMO_ANALYST, DEMO_COORDINATOR, DEMO_JOBCOACH
from followup.services.reminders import run_day
from foundation.clock import today
from foundation.errors import DomainError
from foundation.workdays import working_days

# Printed by the command and written in the README: it protects invented people only.
DEMO_PASSWORD = "ancrage-2002-demo"  # noqa: S105

DEMO_USERS: tuple[tuple[Role, str], ...] = (
    (Role.JOBCOACH, DEMO_JOBCOACH),
    (Role.COORDINATOR, DEMO_COORDINATOR),
    (Role.ADMIN, DEMO_ADMIN),
    (Role.ANALYST, DEMO_ANALYST),
)


class DemoRefused(DomainError):
    """No demonstration is made here."""


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """One way to log in: with a role in an organisation, or as the steward of the installation."""

    role: Role | None
    name: str
    email: str

    @property
    def what(self) -> str:
        """What the account is for, in words."""
        return str(self.role.label) if self.role else _("garant·e des paramètres")


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration's accounts, the day on which its history ends, and whether it was made just now."""

    accounts: tuple[DemoAccount, ...]
    as_of: date
    is_new: bool


@transaction.atomic
def load_demo() -> Demo:
    """Load the pilot as of today and open the demonstration's accounts; where it is already there, change nothing.

    The reminders of the last working morning are prepared each time, as the worker of a real installation would.

    A pilot loaded beforehand without passwords gets them: accounts that were already opened are left as they are.

    Raises:
        DemoRefused: production settings are in force: a password that everybody knows has no place there.
        PilotRefused: the pilot cannot be loaded.
    """
    # What only an installation served to others over HTTPS sets; bin/demo runs without Django's debug pages.
    if settings.SESSION_COOKIE_SECURE:
        raise DemoRefused(
            "production",
            _("La démonstration a des comptes au mot de passe connu de tous : elle ne se charge pas en production."),
            hint=_("Pour charger les données de l’expérience pilote sans ces comptes : manage.py load_pilot."),
        )
    as_of = pilot_loaded_as_of()
    is_new = as_of is None
    if as_of is None:
        as_of = load_pilot(as_of=today()).as_of
        add_workshops(as_of)
        add_absences(as_of)
        add_tasks(as_of)
        add_mondays(as_of)
        add_sent_report(as_of)
        add_aids()
        add_esf(as_of)
        # Signed once every case has its project.
        add_time_sheets()
        add_documents(as_of)
        add_draft(as_of)
    users = User.objects.in_bulk([row_id("user", key) for _role, key in DEMO_USERS])
    for user in users.values():
        if not user.has_usable_password() and user.last_login is None:
            user.set_password(DEMO_PASSWORD)
            user.save(update_fields=["password", "updated_at"])
    # The reminders of the last working morning; their mails wait in the outbox until they are asked for.
    run_day(on=working_days(today()).on_or_before(today()))
    found: list[tuple[Role | None, User | None]] = [(role, users.get(row_id("user", key))) for role, key in DEMO_USERS]
    found.append((Role.INSPECTOR, add_inspection(DEMO_PASSWORD)))
    found.append((None, add_steward(DEMO_PASSWORD)))
    accounts = tuple(DemoAccount(role, user.get_full_name(), user.email) for role, user in found if user is not None)
    return Demo(accounts, as_of, is_new)

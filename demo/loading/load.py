"""Loading the pilot of 2002: the one act that writes a whole history at once.

Everywhere else one act is one service call, validated and audited row by row. Here some twenty thousand rows are a
copy of a plan that the same rules have checked (``tests/demo``): they are written in batches inside one transaction,
compared with the rules once more by the consistency check, and the trail keeps one entry for the whole. See
``docs/decisions/0007-pilot-loading.md``.
"""

from dataclasses import dataclass
from datetime import date

from auditlog.models import LogEntry
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from demo.loading.house import add_house
from demo.loading.paths import add_case
from demo.loading.store import RowStore, row_id
from demo.plan.plan import REPORT_DAY, build_pilot
from demo.plan.plan_types import PilotPlan
from demo.plan.staff import DEMO_ORGANISATION
from followup.services.consistency import differences
from followup.services.status import rebuild_all
from foundation.clock import today
from foundation.errors import DomainError
from privacy.audit import acting_as


class PilotRefused(DomainError):
    """The pilot's data cannot be loaded here."""


@dataclass(frozen=True, slots=True)
class PilotLoad:
    """What was written: the day on which the history ends and the number of rows of each kind."""

    as_of: date
    organisations: int
    users: int
    people: int
    companies: int
    contracts: int
    contacts: int
    rows: int


@transaction.atomic
def load_pilot(*, actor: User | None = None, as_of: date = REPORT_DAY) -> PilotLoad:
    """Write the whole pilot, its history ending on ``as_of`` (shifted by whole days from 31 December 2002).

    ``actor`` is ``None`` on the command line, which only whoever holds the machine can reach; no page calls this. Users
    are created without a password.

    Raises:
        PilotRefused: organisations of the pilot are already there, the day has not come, or what was written does not
            stand up to the consistency check; nothing is kept.
    """
    if as_of > today():
        raise PilotRefused("future", _("L’histoire ne peut pas se terminer dans le futur."), field="as_of")
    plan = build_pilot(as_of)
    _refuse_if_loaded(plan)
    store = RowStore()
    add_house(store, plan)
    for case in plan.cases:
        add_case(store, case)
    with acting_as(actor):
        written = store.write()
        rebuild_all()
        _check()
        _leave_a_trace(plan, written)
    return PilotLoad(
        as_of=as_of,
        organisations=len(plan.organisations),
        users=len(plan.users),
        people=len(plan.people),
        companies=len(plan.companies),
        contracts=sum(len(case.employments) for case in plan.cases),
        contacts=sum(len(case.contacts) for case in plan.cases),
        rows=written,
    )


def pilot_loaded_as_of() -> date | None:
    """Return the day on which the history that was loaded ends, or ``None`` when the pilot is not in this database."""
    entry = (
        LogEntry.objects.filter(additional_data__load="pilot-2002")
        .order_by("-timestamp")
        .values("additional_data")
        .first()
    )
    return date.fromisoformat(entry["additional_data"]["as_of"]) if entry else None


def _refuse_if_loaded(plan: PilotPlan) -> None:
    names = [row.name for row in plan.organisations]
    short_names = [row.short_name for row in plan.organisations]
    emails = [user.email for user in plan.users]
    there = (
        Organisation.objects.filter(name__in=names).exists()
        or Organisation.objects.filter(short_name__in=short_names).exists()
        or User.objects.filter(email__in=emails).exists()
    )
    if there:
        raise PilotRefused(
            "already_loaded",
            _("Des organismes ou des comptes de l’expérience pilote sont déjà dans cette base : rien n’a été chargé."),
            hint=_("Pour recommencer, partez d’une base vide."),
        )


def _check() -> None:
    """Let nothing stay that the rules contradict."""
    found = next(iter(differences()), None)
    if found is not None:
        raise PilotRefused(
            "inconsistent",
            _("Les données chargées contredisent les règles (%(field)s) : rien n’a été gardé.")
            % {"field": found.field},
        )


def _leave_a_trace(plan: PilotPlan, written: int) -> None:
    """One entry in the trail for the whole load: bulk writes leave none of their own."""
    LogEntry.objects.log_create(
        Organisation.objects.get(pk=row_id("organisation", DEMO_ORGANISATION)),
        force_log=True,
        action=LogEntry.Action.CREATE,
        additional_data={"load": "pilot-2002", "as_of": plan.as_of.isoformat(), "rows": written},
    )

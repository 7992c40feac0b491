"""Rows waiting to be written, by model, in an order that suits their references."""

from typing import Any, TypeVar
from uuid import UUID, uuid5

from django.db import connection, models

from accounts.models import Membership, Organisation, Project, Site, User
from beneficiaries.models import (
    Beneficiary,
    CaseAssignment,
    CaseBelonging,
    CoachabilityCheck,
    CoachingCase,
    CriterionProof,
    EligibilityCheck,
    Evidence,
    ExceptionRequest,
    Objective,
    Obstacle,
    Partner,
    PhaseSpell,
    Situation,
    TrustAgreement,
)
from employers.models import Company, CompanyContact, ProspectionContact, Vacancy, VacancyRequirement
from followup.models import Appointment, Contact
from placements.models import ClockExtension, ClockSuspension, Employment, FollowUpAgreement, Match

# The same row has the same address in every installation that loads the pilot.
_NAMESPACE = UUID("5f0c1a52-6d0e-5b7e-9c0b-200212312002")

BATCH = 1000

RowT = TypeVar("RowT", bound=models.Model)

ContactObjective = Contact.objectives.through

# What is pointed to comes before what points to it.
ORDER: tuple[type[models.Model], ...] = (
    Organisation,
    Site,
    Project,
    Partner,
    User,
    Membership,
    Beneficiary,
    Company,
    CompanyContact,
    ProspectionContact,
    Vacancy,
    VacancyRequirement,
    CoachingCase,
    CaseAssignment,
    CaseBelonging,
    PhaseSpell,
    Situation,
    Evidence,
    ExceptionRequest,
    EligibilityCheck,
    CriterionProof,
    CoachabilityCheck,
    TrustAgreement,
    Obstacle,
    Objective,
    ClockSuspension,
    ClockExtension,
    Match,
    Employment,
    FollowUpAgreement,
    Contact,
    ContactObjective,
    Appointment,
)


def row_id(kind: str, key: str) -> UUID:
    """The identifier of one row of the plan."""
    return uuid5(_NAMESPACE, f"{kind}:{key}")


class RowStore:
    """Collects rows, then writes them all."""

    def __init__(self) -> None:
        self._rows: dict[type[models.Model], list[models.Model]] = {model: [] for model in ORDER}
        self._by_pk: dict[UUID, models.Model] = {}

    def add(self, model: type[models.Model], label: str, key: str, /, **facts: Any) -> UUID:
        """Keep one row under the identifier of its key, and return that identifier."""
        pk = row_id(label, key)
        self.keep(model(id=pk, **facts))
        return pk

    def row(self, model: type[RowT], label: str, key: str) -> RowT:
        """A row kept before. Raises KeyError when there is none."""
        found = self._by_pk[row_id(label, key)]
        if not isinstance(found, model):
            raise KeyError(key)
        return found

    def keep(self, row: models.Model) -> None:
        """Keep a row that is already made."""
        self._rows[type(row)].append(row)
        self._by_pk[row.pk] = row

    def write(self) -> int:
        """Write everything and return the number of rows; to be called inside a transaction."""
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        count_rows()
        return sum(map(len, self._rows.values()))


def count_rows() -> None:
    """Let PostgreSQL count the rows after many were written at once: by itself it counts them minutes later, and until
    then it reads thousands of jobs in the way that suits the empty table it knew, for minutes.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

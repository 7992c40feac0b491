"""The cases that entered in a period, with everything that happened to them until its last day, as plain values."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.selectors.belonging import belonged_between
from method.rules.phases import Phase
from placements.models import Employment
from placements.rules.clocks import Contract
from reporting.trajectories.rules.paths import Passage
from tables.engine.scope import Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A contract that had begun, and the key of its row."""

    employment_id: UUID
    contract: Contract


@dataclass(slots=True)
class CasePath:
    """One case as it was known at the end of the period: what came later is not in it.

    `left_on` is the first day of EXIT when it had come; an end of contract may lie later, as it was planned.
    """

    case_id: UUID
    beneficiary_id: UUID
    entered_on: date
    left_on: date | None
    passages: list[Passage] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def contracts(self) -> list[Contract]:
        """Its contracts, in order."""
        return [one.contract for one in self.held]


def case_paths(scope: Scope) -> list[CasePath]:
    """The cases opened in the period, in order of entry; three statements."""
    cases = CoachingCase.objects.filter(
        organisation__in=scope.organisations, opened_on__gte=scope.first, opened_on__lte=scope.last
    )
    cases = cases.filter(belonged_between(scope.first, scope.last, project=scope.project, site=scope.site))
    if scope.coach:
        cases = cases.filter(coach=scope.coach)
    found: dict[UUID, CasePath] = {}
    values = cases.order_by("opened_on", "pk").values_list("pk", "beneficiary_id", "opened_on", "closed_on")
    for pk, beneficiary_id, opened_on, closed_on in values:
        left_on = closed_on if closed_on is not None and closed_on <= scope.last else None
        found[pk] = CasePath(pk, beneficiary_id, opened_on, left_on)
    chosen = cases.order_by().values("pk")
    spells = PhaseSpell.objects.filter(case__in=chosen, starts_on__lte=scope.last).order_by("case", "sequence")
    for case_id, phase, starts_on in spells.values_list("case_id", "phase", "starts_on"):
        found[case_id].passages.append(Passage(Phase(phase), starts_on))
    for case_id, held in _held(scope, chosen).items():
        found[case_id].held.extend(held)
    return list(found.values())


def _held(scope: Scope, chosen: object) -> dict[UUID, list[Held]]:
    """The contracts of these cases that had begun by the last day, those called off left out, in order."""
    rows = Employment.objects.effective().filter(case__in=chosen, starts_on__lte=scope.last).order_by("starts_on", "pk")
    found: dict[UUID, list[Held]] = defaultdict(list)
    values = rows.values_list("case_id", "pk", "contract_type", "company_id", "starts_on", "ends_on", "ended_on")
    for case_id, pk, kind, company_id, first, planned, last in values:
        found[case_id].append(Held(pk, Contract(kind, str(company_id), first, planned, last)))
    return found

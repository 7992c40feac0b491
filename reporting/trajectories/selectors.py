"""The cases that entered in a period, with everything that happened to them until its last day, as plain values."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from uuid import UUID

from beneficiaries.models import CoachingCase, PhaseSpell
from beneficiaries.selectors.belonging import belonged_between
from method.rules.phases import Phase
from placements.rules.clocks import Contract
from placements.rules.observed import Known, outcomes
from placements.selectors.observed import CONTRACT_COLUMNS, NEWS_COLUMNS, known_of, news_of
from reporting.trajectories.rules.paths import Passage
from tables.engine.scope import Scope


@dataclass(frozen=True, slots=True)
class Held:
    """A contract as far as its work was seen, and the key of its row."""

    employment_id: UUID
    contract: Contract


@dataclass(slots=True)
class CasePath:
    """One case as it was known at the end of the period: what came later is not in it.

    `left_on` is the first day of EXIT when it had come; `held` are the contracts of people accompanied, as far as their
    work was seen.
    """

    case_id: UUID
    beneficiary_id: UUID
    entered_on: date
    left_on: date | None
    passages: list[Passage] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)

    @property
    def is_accompanied(self) -> bool:
        """Whether it has entered pre-hire."""
        return any(passage.phase is Phase.PRE_HIRE for passage in self.passages)

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
    accompanied = {path.beneficiary_id for path in found.values() if path.is_accompanied}
    for case_id, held in _held(scope, chosen).items():
        if found[case_id].beneficiary_id in accompanied:
            found[case_id].held.extend(held)
    return list(found.values())


def _held(scope: Scope, chosen: object) -> dict[UUID, list[Held]]:
    """The contracts of these cases begun since the entry, as far as their work was seen by the last day, those called
    off left out, in order.
    """
    written: dict[UUID, list[tuple[UUID, Known]]] = defaultdict(list)
    for values in news_of(chosen).values("case_id", "pk", *CONTRACT_COLUMNS, *NEWS_COLUMNS):
        row = cast(Mapping[str, Any], values)
        written[row["case_id"]].append((row["pk"], known_of(row)))
    return {
        case: [
            Held(pk, contract)
            for (pk, _known), contract in zip(rows, outcomes([known for _pk, known in rows], scope.last), strict=True)
            if contract is not None
        ]
        for case, rows in written.items()
    }

"""Comparing every stored status with its recomputation."""

from collections.abc import Iterator
from dataclasses import dataclass

from beneficiaries.models import CoachingCase
from beneficiaries.rules.phases import Phase, Spell, spells_problem
from followup.models import CaseStatus
from followup.services.status import PREFETCHES, derived_dates


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored fact that its recomputation contradicts."""

    case_id: str
    field: str
    stored: str
    computed: str


def differences(*, batch: int = 500) -> Iterator[Difference]:
    """Every difference between what is stored and what the facts give; none in a sound installation."""
    queryset = CoachingCase.objects.order_by("pk").prefetch_related(*PREFETCHES)
    for start in range(0, queryset.count(), batch):
        cases = list(queryset[start : start + batch])
        stored = CaseStatus.objects.in_bulk([case.pk for case in cases], field_name="case_id")
        for case in cases:
            yield from _case_differences(case, stored.get(case.pk))


def _case_differences(case: CoachingCase, status: CaseStatus | None) -> Iterator[Difference]:
    """Differences of one case: its status row, its spells, its closing date."""
    pk = str(case.pk)
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    problem = spells_problem([Spell(Phase(s.phase), s.starts_on, s.ends_on) for s in spells])
    if problem:
        yield Difference(pk, "spells", problem, "sound")
        return
    exit_on = spells[-1].starts_on if spells[-1].phase == Phase.EXIT else None
    if case.closed_on != exit_on:
        yield Difference(pk, "closed_on", str(case.closed_on), str(exit_on))
    if status is None:
        yield Difference(pk, "status", "missing", "expected")
        return
    for name, value in derived_dates(case).items():
        if getattr(status, name) != value:
            yield Difference(pk, name, str(getattr(status, name)), str(value))

"""Comparing every stored status with its recomputation."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from beneficiaries.models import CoachingCase
from beneficiaries.rules.belonging import is_contiguous
from beneficiaries.rules.phases import Spell, spells_problem
from employers.services.ties import unsettled_firms
from followup.models import CaseStatus
from followup.services.status import DeadlineValues, deadline_values, derive, with_facts
from method.rules.phases import Phase


@dataclass(frozen=True, slots=True)
class Difference:
    """One stored fact that its recomputation contradicts; `case_id` is the key of a firm for its `lineage`."""

    case_id: str
    field: str
    stored: str
    computed: str


def differences(*, batch: int = 500) -> Iterator[Difference]:
    """Every difference between what is stored and what the facts give; none in a sound installation."""
    keys = list(CoachingCase.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), batch):
        found = with_facts(CoachingCase.objects.filter(pk__in=keys[start : start + batch]))
        found = found.prefetch_related("belongings")
        stored = CaseStatus.objects.in_bulk(keys[start : start + batch], field_name="case_id")
        for case in found.order_by("pk"):
            yield from _case_differences(case, stored.get(case.pk))
    for firm, lineage, kin in unsettled_firms():
        yield Difference(str(firm.pk), "lineage", f"{firm.lineage} {firm.kin}", f"{lineage} {kin}")


def _case_differences(case: CoachingCase, status: CaseStatus | None) -> Iterator[Difference]:
    """Differences of one case: its spells, its closing date, where it belonged, its status row, its deadlines."""
    pk = str(case.pk)
    spells = sorted(case.spells.all(), key=lambda spell: spell.sequence)
    problem = spells_problem([Spell(Phase(s.phase), s.starts_on, s.ends_on) for s in spells])
    if problem:
        yield Difference(pk, "spells", problem, "sound")
        return
    exit_on = spells[-1].starts_on if spells[-1].phase == Phase.EXIT else None
    if case.closed_on != exit_on:
        yield Difference(pk, "closed_on", str(case.closed_on), str(exit_on))
    yield from _belonging_differences(case)
    derived = derive(case)
    if status is None:
        yield Difference(pk, "status", "missing", "expected")
    else:
        for name, value in {"organisation_id": case.organisation_id, **derived.dates}.items():
            if getattr(status, name) != value:
                yield Difference(pk, name, str(getattr(status, name)), str(value))
    # Rows, not a set: the same deadline stored twice is a difference too.
    stored = Counter(deadline_values(row) for row in case.deadlines.all())
    computed = Counter(derived.deadlines)
    for values in (stored - computed).elements():
        yield Difference(pk, "deadline", _words(values), "none")
    for values in (computed - stored).elements():
        yield Difference(pk, "deadline", "none", _words(values))


def _belonging_differences(case: CoachingCase) -> Iterator[Difference]:
    """Where the case belonged, from its opening on without a gap, and what it carries of it."""
    pk = str(case.pk)
    rows = sorted(case.belongings.all(), key=lambda row: row.starts_on)
    if not is_contiguous(rows, case.opened_on):
        yield Difference(pk, "belongings", "broken", "contiguous")
        return
    for name in ("project_id", "site_id", "referrer_id"):
        carried, last = getattr(case, name), getattr(rows[-1], name)
        if carried != last:
            yield Difference(pk, name, str(carried), str(last))


def _words(values: DeadlineValues) -> str:
    """A deadline on one line."""
    return " ".join(str(value) for value in values)

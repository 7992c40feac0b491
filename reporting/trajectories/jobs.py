"""How long jobs hold: the Kaplan-Meier estimate, with the numbers at risk, overall and by type of contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from employers.enums import ContractType
from foundation.rules.rates import MIN_CASES
from placements.rules.clocks import jobs
from placements.rules.durable import DurablePolicy
from reporting.trajectories.curves import percent, steps_curve
from reporting.trajectories.rules.paths import job_length
from reporting.trajectories.rules.survival import (
    Observation,
    Step,
    at_risk_at,
    kaplan_meier,
    median_days,
    survival_at,
    told,
)
from reporting.trajectories.selectors import CasePath
from tables.engine.tables import Cell, Column, Curve, Kind, Subject, Table, TableRow, mentions_cell

# The days at which the numbers at risk are told: the start, one, three and six months, a year.
HORIZONS = (0, 30, 91, 182, 365)
MOST_CURVES = 3


@dataclass(frozen=True, slots=True)
class HeldJob:
    """One job as it was seen on the last day: its first contract, the type of it, and how long it held."""

    employment_id: UUID
    contract_type: str
    seen: Observation


def jobs_of(paths: Sequence[CasePath], policy: DurablePolicy) -> list[HeldJob]:
    """The jobs of these cases: contracts with one employer that follow each other closely are one job."""
    found = []
    for path in paths:
        keys = {
            (one.contract.employer, one.contract.type, one.contract.starts_on): one.employment_id for one in path.held
        }
        for job in jobs(path.contracts, types=policy.placed_types, gap_days=policy.same_employer_gap_days):
            first = job.contracts[0]
            found.append(HeldJob(keys[first.employer, first.type, first.starts_on], first.type, job_length(job)))
    return found


def survival_table(held: Sequence[HeldJob]) -> Table:
    """All jobs: at each horizon, how many were watched that long, how many had ended, the share that held."""
    steps = _steps(held)
    rows = []
    for day in HORIZONS:
        ended = [job for job in held if job.seen.ended and job.seen.days <= day]
        censored = [job for job in held if not job.seen.ended and job.seen.days < day]
        cells = (
            _jobs([job for job in held if job.seen.days >= day]),
            _jobs(ended),
            _jobs(censored),
            _share(steps, day),
        )
        rows.append(TableRow(str(day), _("%(n)s jours") % {"n": day} if day else _("premier jour"), cells))
    columns = (
        Column("at_risk", _("Emplois suivis jusque-là")),
        Column("ended", _("Terminés avant")),
        Column("censored", _("Observés moins longtemps")),
        Column("share", _("Toujours en poste (%)"), rows_of="at_risk"),
    )
    median = median_days(told(steps, MIN_CASES)) if len(held) >= MIN_CASES else None
    note = _(
        "Un emploi réunit les contrats chez un même employeur séparés d’au plus quelques jours. Estimation de "
        "Kaplan-Meier : un emploi encore en cours, ou dont on n’a plus de nouvelles, compte jusqu’au dernier jour où "
        "le travail a été observé (entretien, sortie à l’emploi, vérification). La part n’est pas donnée quand "
        "moins de cinq emplois sont suivis jusque-là."
    )
    if median is not None:
        note += " " + _("La moitié des emplois sont terminés au bout de %(days)s jours.") % {"days": median}
    curves = [steps_curve(_("Tous les emplois"), steps, HORIZONS)] if len(held) >= MIN_CASES else []
    curves += [
        steps_curve(label, _steps(chosen), HORIZONS)
        for _kind, label, chosen in _by_type(held)
        if len(chosen) >= MIN_CASES
    ][:MOST_CURVES]
    return Table("survival", _("Toujours en poste"), _("Après"), columns, tuple(rows), note, curves=_several(curves))


def survival_by_type_tables(held: Sequence[HeldJob]) -> tuple[Table, Table]:
    """By type of the first contract: the numbers at risk, then the shares that rest on them."""
    groups = [*_by_type(held), ("total", _("Total"), list(held))]
    at_risk, shares = [], []
    for kind, label, chosen in groups:
        steps = _steps(chosen)
        watched = (_jobs([job for job in chosen if job.seen.days >= day]) for day in HORIZONS)
        total = kind == "total"
        at_risk.append(TableRow(kind, label, tuple(watched), is_total=total))
        shares.append(TableRow(kind, label, tuple(_share(steps, day) for day in HORIZONS[1:]), is_total=total))
    heads = tuple(Column(str(day), _("%(n)s j") % {"n": day}) for day in HORIZONS)
    return (
        Table(
            "at_risk_by_type",
            _("Emplois suivis jusque-là, par contrat"),
            _("Premier contrat"),
            heads,
            tuple(at_risk),
            note=_("Le type est celui du premier contrat de l’emploi."),
        ),
        Table(
            "survival_by_type",
            _("Part toujours en poste, par contrat (%)"),
            _("Premier contrat"),
            heads[1:],
            tuple(shares),
            note=_("Un tiret : moins de cinq emplois suivis jusque-là."),
        ),
    )


def _by_type(held: Sequence[HeldJob]) -> list[tuple[str, str, list[HeldJob]]]:
    """Type, label and jobs, in the order of the list of types; only those that somebody had."""
    found = [(kind, str(kind.label), [job for job in held if job.contract_type == kind]) for kind in ContractType]
    return [(kind.value, label, chosen) for kind, label, chosen in found if chosen]


def _steps(held: Sequence[HeldJob]) -> tuple[Step, ...]:
    return kaplan_meier(job.seen for job in held)


def _jobs(held: Sequence[HeldJob]) -> Cell:
    """How many jobs; each opens on its first contract."""
    return mentions_cell((job.employment_id for job in held), Subject.EMPLOYMENT)


def _share(steps: Sequence[Step], day: int) -> Cell:
    """The estimated share after `day` days; nothing when fewer than five jobs were watched that long."""
    share = survival_at(steps, day) if at_risk_at(steps, day) >= MIN_CASES else None
    if day == 0 and share is not None:
        share = survival_at(steps, 0)
    return Cell(None if share is None else percent(share), Kind.DECIMAL)


def _several(curves: Sequence[Curve]) -> tuple[Curve, ...]:
    """The curves; that of all jobs alone says as much when there is only one type."""
    return tuple(curves[:1] if len(curves) == 2 else curves)

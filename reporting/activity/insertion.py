"""Placed, durable, and still at work: three readings of one question (domain.md 9)."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.formatting import date_words
from foundation.rules.rates import Rate
from placements.rules.clocks import Contract, Job
from placements.rules.observed import MILESTONES
from placements.selectors.clocks_shown import contract_names
from placements.selectors.policy import durable_policy
from reporting.activity.rules.retention import jobs_begun, milestone
from reporting.activity.selectors.rows import ContractRow
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow, mentions_cell


def retention_table(contracts: Sequence[ContractRow], scope: Scope) -> Table:
    """Of the jobs begun in the period and observed long enough, those that still ran 1, 3 and 6 months later."""
    policy = durable_policy(scope.last)
    by_person: dict[UUID, list[Contract]] = defaultdict(list)
    ids: dict[tuple[UUID, Contract], UUID] = {}
    for row in contracts:
        by_person[row.beneficiary_id].append(row.contract)
        ids.setdefault((row.beneficiary_id, row.contract), row.employment_id)
    begun = [
        (person, job)
        for person, signed in by_person.items()
        for job in jobs_begun(signed, policy, scope.first, scope.last)
    ]

    def first_contract(person: UUID, job: Job) -> UUID:
        return ids[person, job.contracts[0]]

    rows = []
    for months in MILESTONES:
        looked_at = [
            (first_contract(person, job), milestone(job, by_person[person], policy, months, scope.last))
            for person, job in begun
        ]
        observed = [(ref, seen) for ref, seen in looked_at if seen.observed]
        same = [ref for ref, seen in observed if seen.same_employer]
        employed = [ref for ref, seen in observed if seen.employed]
        told = _("emplois observés %(months)s mois après leur premier jour") % {"months": months}
        rows.append(
            TableRow(
                f"after_{months}",
                _("Après 1 mois") if months == 1 else _("Après %(months)s mois") % {"months": months},
                (
                    mentions_cell((ref for ref, _seen in observed), Subject.EMPLOYMENT),
                    mentions_cell(same, Subject.EMPLOYMENT),
                    Cell(Rate(len(same), len(observed), told), Kind.RATE),
                    mentions_cell(employed, Subject.EMPLOYMENT),
                    Cell(Rate(len(employed), len(observed), told), Kind.RATE),
                ),
            )
        )
    return Table(
        "retention",
        _("Maintien à l’emploi"),
        _("Depuis le premier jour"),
        (
            Column("observed", _("Emplois observés")),
            Column("same", _("Même employeur")),
            Column("same_rate", _("Taux, même employeur"), rows_of="same"),
            Column("employed", _("Tout employeur")),
            Column("employed_rate", _("Taux, tout employeur"), rows_of="employed"),
        ),
        tuple(rows),
        note=_(
            "Emplois (%(types)s) commencés pendant la période et depuis l’ouverture du dossier. Observé : le même "
            "quantième, 1, 3 ou 6 mois après le premier jour, est passé au %(date)s, et l’on sait ce qu’était devenu "
            "l’emploi ce jour-là, terminé ou vu en cours (entretien, sortie à l’emploi, vérification). Maintenu : "
            "l’emploi courait encore ce jour-là ; des contrats qui se suivent chez le même employeur à %(gap)s jours "
            "au plus sont un seul emploi. Un chiffre s’ouvre sur le premier contrat de chaque emploi."
        )
        % {
            "types": contract_names(policy.placed_types),
            "date": date_words(scope.last),
            "gap": policy.same_employer_gap_days,
        },
        chart_column="same_rate",
    )

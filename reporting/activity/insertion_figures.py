"""« Mise à l’emploi et insertion durable »: two figures that are never mixed (domain.md 9; MIRE-SUCC-02 and 03)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from foundation.formatting import date_words
from foundation.rules.rates import Rate
from placements.rules.clocks import Contract
from placements.rules.durable import DurablePolicy, durable_insertion, placed_since
from placements.selectors.clocks_shown import contract_names
from placements.selectors.insertion import definition
from placements.selectors.policy import durable_policy
from reporting.activity.selectors.rows import CaseRow, ContractRow
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow, count_cell


def insertion_table(people: Sequence[CaseRow], contracts: Sequence[ContractRow], scope: Scope) -> Table:
    """Of the people supported, who was placed and whose insertion was durable on the last day of the period.

    ``people`` holds each person accompanied once, ``contracts`` those of their cases as far as they were seen that day.
    """
    policy = durable_policy(scope.last)
    by_person: dict[UUID, list[Contract]] = defaultdict(list)
    for row in contracts:
        by_person[row.beneficiary_id].append(row.contract)
    placed = [row for row in people if _is_placed(by_person[row.beneficiary_id], policy, scope.last)]
    durable = [row for row in people if durable_insertion(by_person[row.beneficiary_id], policy, scope.last).durable]
    day = date_words(scope.last)
    what_placed = (
        f"Mise à l’emploi : personnes accompagnées pendant la période dont, au {day}, le premier jour d’au moins un "
        f"contrat ({contract_names(policy.placed_types)}) a été observé depuis l’ouverture de leur dossier. "
        "Accompagnée : entrée en pré-embauche."
    )
    what_durable = (
        f"{definition(policy)} Comptée si elle était atteinte au {day} ; la fin d’un contrat ne l’enlève pas."
    )
    rows = (
        _row("placed", "Personnes mises à l’emploi, sur les personnes accompagnées", placed, people, what_placed),
        _row(
            "durable", "Personnes en insertion durable, sur les personnes accompagnées", durable, people, what_durable
        ),
        _row(
            "durable_placed",
            "Personnes en insertion durable, sur les personnes mises à l’emploi",
            durable,
            placed,
            what_durable,
        ),
    )
    return Table(
        "insertion",
        "Mise à l’emploi et insertion durable",
        "",
        (Column("count", "Personnes"), Column("among", "Sur"), Column("rate", "Taux", rows_of="count")),
        rows,
        note=f"{what_placed} {what_durable} Moins de cinq personnes : le taux n’est pas calculé.",
    )


def _is_placed(contracts: Sequence[Contract], policy: DurablePolicy, on: date) -> bool:
    """Whether one of the contracts is a placement that had begun."""
    return placed_since(contracts, policy, on) is not None


def _row(key: str, label: str, counted: Sequence[CaseRow], among: Sequence[CaseRow], means: str) -> TableRow:
    """How many, among how many, and the rate; both counts open on their people."""
    cells = [count_cell(rows, Subject.CASE, lambda row: row.case_id) for rows in (counted, among)]
    return TableRow(key, label, (*cells, Cell(Rate(len(counted), len(among), means), Kind.RATE)))

"""Cases: opened, active, closed; by phase (domain.md 4)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from method.rules.phases import Phase
from reporting.activity.common import cases_cell, classes
from reporting.activity.selectors.rows import CaseRow, SpellRow
from tables.engine.scope import Scope
from tables.engine.tables import Column, Table, TableRow


def case_tables(cases: Sequence[CaseRow], scope: Scope) -> tuple[Table, Table]:
    """The movement of cases over the period, then by phase."""
    return _movement(cases, scope), _phases(cases, scope)


def closed_in(cases: Sequence[CaseRow], scope: Scope) -> list[CaseRow]:
    """The cases whose exit is in the period."""
    return [row for row in cases if row.closed_on is not None and row.closed_on <= scope.last]


def exit_of(case: CaseRow) -> SpellRow | None:
    """The exit of a case, with its reason and its outcome."""
    return next((spell for spell in reversed(case.spells) if spell.phase == Phase.EXIT), None)


def left_from(case: CaseRow) -> str:
    """The phase that the exit ended."""
    before = [spell.phase for spell in case.spells if spell.phase != Phase.EXIT]
    return before[-1] if before else ""


def _movement(cases: Sequence[CaseRow], scope: Scope) -> Table:
    """From the first day to the last."""
    closed = closed_in(cases, scope)
    opened = [row for row in cases if row.opened_on >= scope.first]
    rows = (
        TableRow("before", _("Ouverts avant la période"), (cases_cell(r for r in cases if r.opened_on < scope.first),)),
        TableRow("opened", _("Ouverts pendant la période"), (cases_cell(opened),)),
        TableRow("active", _("Actifs pendant la période"), (cases_cell(cases),), is_total=True),
        TableRow("closed", _("Clôturés pendant la période"), (cases_cell(closed),)),
        TableRow(
            "remaining",
            _("Encore ouverts au %(date)s") % {"date": f"{scope.last:%d/%m/%Y}"},
            (cases_cell(r for r in cases if r.closed_on is None or r.closed_on > scope.last),),
            is_total=True,
        ),
    )
    return Table(
        "cases",
        _("Dossiers ouverts, actifs et clôturés"),
        _("Mouvement"),
        (Column("count", _("Dossiers")),),
        rows,
        note=_(
            "Une personne revenue pendant la période a deux dossiers. Actif : ouvert au moins un jour de la période. "
            "Le jour de la sortie n’est plus un jour d’accompagnement."
        ),
    )


def _phases(cases: Sequence[CaseRow], scope: Scope) -> Table:
    """Where cases stand on the last day, how many entered each phase, and from which they left."""
    closed = closed_in(cases, scope)
    standing = [row for row in cases if row.closed_on is None or row.closed_on > scope.last]
    rows = []
    for phase, label in classes(Phase):
        if phase == Phase.EXIT:
            continue
        entered = [
            row
            for row in cases
            if any(stay.phase == phase and scope.first <= stay.starts_on <= scope.last for stay in row.spells)
        ]
        cells = (
            cases_cell(entered),
            cases_cell(row for row in closed if left_from(row) == phase),
            cases_cell(row for row in standing if row.phase_on(scope.last) == phase),
        )
        rows.append(TableRow(phase, label, cells))
    everyone = [row for row in cases if any(scope.first <= s.starts_on and s.phase != Phase.EXIT for s in row.spells)]
    rows.append(
        TableRow("total", _("Total"), (cases_cell(everyone), cases_cell(closed), cases_cell(standing)), is_total=True)
    )
    return Table(
        "phases",
        _("Dossiers par phase"),
        _("Phase"),
        (
            Column("entered", _("Entrés dans la phase")),
            Column("left", _("Sortis depuis la phase")),
            Column("standing", _("En cours au %(date)s") % {"date": f"{scope.last:%d/%m/%Y}"}),
        ),
        tuple(rows),
        note=_(
            "Un dossier qui entre plusieurs fois dans une phase y compte une fois ; il compte dans chaque phase où il "
            "entre, si bien que le total des entrées est plus petit que leur somme."
        ),
        chart_column="standing",
    )

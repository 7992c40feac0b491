"""Why people could be supported: criteria of the law, derogations apart (MIRE-ELIG-02 to 11, domain.md 8)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from beneficiaries.enums import EligibilityRegime
from beneficiaries.selectors.eligibility import criteria_of
from reporting.activity.common import cases_cell
from reporting.activity.selectors.rows import CaseRow
from tables.engine.scope import Scope
from tables.engine.tables import Column, Table, TableRow


def eligibility_table(cases: Sequence[CaseRow], scope: Scope) -> Table:
    """The frozen checks by criterion; one person may meet several."""
    entered = [row for row in cases if row.entered_on is not None and row.entered_on >= scope.first]
    regimes = [regime for regime in EligibilityRegime if any(row.regime == regime for row in cases)]

    def line(key: str, label: str, found: Sequence[CaseRow], *, total: bool = False) -> TableRow:
        inside = {row.case_id for row in found}
        cells = (cases_cell(row for row in entered if row.case_id in inside), cases_cell(found))
        return TableRow(key, label, cells, is_total=total)

    rows = []
    checked = [row for row in cases if row.checked_on is not None]
    for regime in regimes:
        under = [row for row in checked if row.regime == regime and not row.is_derogation]
        for one in criteria_of(regime):
            found = [row for row in under if one.code in row.criteria]
            # The list of another decree is named for those who were checked against it.
            if not found and not one.holds_within(scope.first, scope.last):
                continue
            words = f"{one.label} ({regime})" if len(regimes) > 1 else one.label
            rows.append(line(f"{regime.lower()}-{one.code}", words, found))
    rows += [
        line("criteria", _("Au moins un critère"), [row for row in checked if not row.is_derogation], total=True),
        line("derogation", _("Par dérogation"), [row for row in checked if row.is_derogation]),
        line("over_quota", _("dont au-delà du quota"), [row for row in checked if row.over_quota]),
        line("unchecked", _("Éligibilité pas encore vérifiée"), [row for row in cases if row.checked_on is None]),
        line("total", _("Total"), cases, total=True),
    ]
    return Table(
        "eligibility",
        _("Éligibilité par critère"),
        _("Critère"),
        (Column("entered", _("Entrées en pré-embauche")), Column("active", _("Dossiers de la période"))),
        tuple(rows),
        note=_(
            "Critères vérifiés une fois, à l’entrée, et gelés avec leurs pièces. Une personne qui remplit plusieurs "
            "critères compte dans chacun. Les dérogations ne comptent dans aucun critère."
        ),
    )

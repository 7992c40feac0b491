"""Exits, by reason and by the situation of the person (domain.md 4)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from beneficiaries.enums import ExitOutcome, ExitReason
from reporting.activity.cases import closed_in, exit_of
from reporting.activity.common import by_gender, classes
from reporting.activity.selectors.rows import CaseRow
from tables.engine.scope import Scope
from tables.engine.tables import Axis, Subject, Table


def exit_tables(cases: Sequence[CaseRow], scope: Scope) -> tuple[Table, Table]:
    """The exits of the period."""
    closed = [(row, left) for row in closed_in(cases, scope) if (left := exit_of(row)) is not None]
    axes = (
        ("exits_reason", _("Motif de sortie"), classes(ExitReason), lambda pair: pair[1].exit_reason),
        ("exits_outcome", _("Situation à la sortie"), classes(ExitOutcome), lambda pair: pair[1].exit_outcome),
    )
    reason, outcome = (
        by_gender(
            code=code,
            title=_("%(characteristic)s et genre") % {"characteristic": title},
            rows=closed,
            down=Axis(title, found),
            value=value,
            gender=lambda pair: pair[0].gender,
            subject=Subject.CASE,
            identity=lambda pair: pair[0].case_id,
            note=_("Dossiers dont la sortie est dans la période. Part : dans le total de ces sorties."),
        )
        for code, title, found, value in axes
    )
    return reason, outcome

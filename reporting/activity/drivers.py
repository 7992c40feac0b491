"""The two drivers of the variable subsidy: volume of activity and rate of insertion, each beside its target.

Sources: MIRE-SUB-03 and 04 (the order of 2024 was not seen: the formulas are those of the former framework, the targets
dated parameters); domain, section 9. No amount of money follows from them here.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from accounts.parameters import Key, value_on
from foundation.rules.rates import Rate
from method.rules.phases import Phase
from reporting.activity.common import cases_cell
from reporting.activity.rules.staff import per_fte
from reporting.activity.selectors.rows import Activity, CaseRow, one_each
from reporting.activity.staff import coaching_fte
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Table, TableRow

# In the words of the decree: support towards employment is phase 3, support in employment phase 4.
PHASE_3, PHASE_4 = Phase.PRE_HIRE, Phase.FOLLOW_UP


def drivers_table(activity: Activity, scope: Scope) -> Table:
    """People accompanied by full-time coach; people who reached phase 4 among those who reached phase 3."""
    people = activity.accompanied
    fte = coaching_fte(activity.staff, scope)
    # A coach's work cannot be cut by project.
    volume = None if scope.project else per_fte(len(people), fte)
    reached = {row.beneficiary_id for row in activity.cases if _first(row, PHASE_4) is not None}
    stock = _(
        "Personnes accompagnées arrivées en suivi en entreprise (phase 4), sur les personnes accompagnées (phase 3)."
    )
    flow = _(
        "Personnes dont le premier suivi en entreprise (phase 4) commence pendant la période, sur celles dont la "
        "première pré-embauche (phase 3) y commence."
    )
    at_least = _("objectif : %(n)s %% au moins") % {"n": value_on(Key.INSERTION_TARGET, scope.last)}
    per_coach = _("objectif : %(n)s au moins") % {"n": value_on(Key.VOLUME_TARGET, scope.last)}
    rows = (
        TableRow(
            "volume",
            _("Volume d’activité : personnes accompagnées par ETP de jobcoaching (%(target)s)") % {"target": per_coach},
            (cases_cell(people), Cell(fte, Kind.DECIMAL), Cell(volume, Kind.DECIMAL)),
        ),
        TableRow(
            "insertion",
            _("Taux d’insertion : phase 4 sur phase 3 (%(target)s)") % {"target": at_least},
            _rate([row for row in people if row.beneficiary_id in reached], people, stock),
        ),
        TableRow(
            "entered",
            _("Le même, entrées de la période (%(target)s)") % {"target": at_least},
            _rate(_entered(activity.cases, PHASE_4, scope), _entered(activity.cases, PHASE_3, scope), flow),
        ),
    )
    return Table(
        "drivers",
        _("Volume d’activité et taux d’insertion"),
        "",
        (
            Column("count", _("Numérateur")),
            Column("among", _("Dénominateur")),
            Column("value", _("Valeur"), rows_of="count"),
        ),
        rows,
        note=f"{stock} {flow} "
        + _(
            "Volume : personnes accompagnées de la période par équivalent temps plein de jobcoaching. Les objectifs "
            "sont des paramètres datés, à confirmer : l’arrêté de 2024 n’a pas été vu. Moins de cinq personnes : le "
            "taux n’est pas calculé. Le second taux peut dépasser 100 %."
        ),
    )


def _rate(counted: Sequence[CaseRow], among: Sequence[CaseRow], definition: str) -> tuple[Cell, Cell, Cell]:
    share = Rate(len(counted), len(among), definition)
    return cases_cell(counted), cases_cell(among), Cell(share, Kind.RATE)


def _entered(cases: Iterable[CaseRow], phase: Phase, scope: Scope) -> list[CaseRow]:
    """The people, each once, of whom a case entered a phase for the first time in the period."""
    firsts = ((row, _first(row, phase)) for row in cases)
    return one_each(row for row, day in firsts if day is not None and scope.first <= day <= scope.last)


def _first(case: CaseRow, phase: Phase) -> date | None:
    """The first day of the first stay of a case in a phase; `None` without any."""
    return next((spell.starts_on for spell in case.spells if spell.phase == phase), None)

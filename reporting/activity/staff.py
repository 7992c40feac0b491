"""Work force and caseload against the norm (MIRE-SUB-03; domain.md 1 and 10)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.enums import COACHING_ROLES, TEAM_ROLES
from accounts.parameters import Key, value_on
from foundation.clock import today
from reporting.activity.rules.staff import mean_norm, mean_open, per_fte, weighted_fte
from reporting.activity.selectors.rows import CaseRow, StaffRow, accompanied
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Table, TableRow


def staff_tables(staff: Sequence[StaffRow], cases: Sequence[CaseRow], scope: Scope) -> tuple[Table, Table]:
    """Who works, and how many cases that makes for each full-time coach."""
    return _staff(staff, scope), _caseload(staff, cases, scope)


def coaching_fte(staff: Sequence[StaffRow], scope: Scope) -> Decimal:
    """The full-time equivalents of jobcoaching over the days of the period that have come."""
    return weighted_fte((row.share for row in staff if row.role in COACHING_ROLES), scope.first, last_day(scope))


def last_day(scope: Scope) -> date:
    """The last day of the period that has come: nobody has worked tomorrow."""
    return min(scope.last, today())


def _staff(staff: Sequence[StaffRow], scope: Scope) -> Table:
    rows = []
    for role in TEAM_ROLES:
        held = [row for row in staff if row.role == role]
        fte = weighted_fte((row.share for row in held), scope.first, last_day(scope))
        people = Cell(len({row.user_id for row in held}))
        rows.append(TableRow(role.value, capfirst(str(role.label)), (people, Cell(fte, Kind.DECIMAL))))
    note = _("ETP : équivalents temps plein des rôles, pondérés par les jours de la période déjà passés.")
    if scope.project:
        note += " " + _("Les rôles ne sont liés à aucun projet : ceux de tout l’organisme sont comptés.")
    return Table(
        "staff",
        _("Personnel"),
        _("Rôle"),
        (Column("people", _("Personnes")), Column("fte", _("ETP"))),
        tuple(rows),
        note=note,
    )


def _norm(staff: Sequence[StaffRow], scope: Scope) -> Decimal | int | None:
    """The cases for each full-time coach that the scope's organisations ask of themselves."""
    asked = []
    for organisation in scope.organisations:
        here = [row for row in staff if row.organisation_id == organisation.pk]
        norm: int = value_on(Key.CASELOAD_NORM, scope.last, organisation.pk)
        asked.append((norm, coaching_fte(here, scope)))
    return mean_norm(asked)


def _caseload(staff: Sequence[StaffRow], cases: Sequence[CaseRow], scope: Scope) -> Table:
    fte = coaching_fte(staff, scope)
    norm = _norm(staff, scope)
    until = last_day(scope)
    open_cases = mean_open((row.open_days(until) for row in cases), scope.first, until)
    load = per_fte(open_cases, fte)
    # A coach's work cannot be cut by project: neither can its load.
    values = (
        ("open", _("Dossiers ouverts un jour moyen"), open_cases),
        ("fte", _("ETP de jobcoaching"), fte),
        ("load", _("Dossiers ouverts par ETP"), None if scope.project else load),
        ("norm", _("Norme par ETP"), norm),
        ("gap", _("Écart à la norme"), None if scope.project or load is None or norm is None else load - norm),
        (
            "supported",
            _("Personnes accompagnées par ETP"),
            None if scope.project else per_fte(len(accompanied(cases)), fte),
        ),
    )
    return Table(
        "caseload",
        _("Dossiers par équivalent temps plein"),
        "",
        (Column("value", _("Valeur")),),
        tuple(TableRow(key, label, (Cell(value, Kind.DECIMAL),)) for key, label, value in values),
        note=_(
            "Un jour moyen : jours d’ouverture des dossiers, divisés par les jours de la période déjà passés. La norme "
            "est un paramètre daté, que chaque organisme peut fixer ; celle de plusieurs organismes est pondérée par "
            "leurs ETP de jobcoaching."
        ),
    )

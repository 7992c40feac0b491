"""The cohorts of entry: what became of them, and how long they waited for a first contract."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from foundation.formatting import date_words
from foundation.rules.rates import MIN_CASES, Rate
from placements.rules.durable import DurablePolicy, durable_insertion, placed_since
from placements.selectors.clocks_shown import contract_names
from placements.selectors.insertion import definition
from reporting.trajectories.curves import steps_curve
from reporting.trajectories.rules.paths import Quarter, quarter_of, quarters, wait_for_contract
from reporting.trajectories.rules.survival import Observation, days_until, kaplan_meier, told
from reporting.trajectories.selectors import CasePath
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Curve, Kind, Subject, Table, TableRow, count_cell

# Days over which the wait is drawn, and at which the numbers at risk are told: by quarter over eighteen months.
WAIT_DAYS = (0, 91, 182, 273, 365, 456, 547)


def people(paths: Sequence[CasePath]) -> Cell:
    """How many cases, and which."""
    return count_cell(paths, Subject.TRAJECTORY, lambda path: path.case_id)


def cohorts(paths: Sequence[CasePath], scope: Scope) -> list[tuple[str, str, list[CasePath]]]:
    """Key, label and cases of each quarter from the first entry on, then of all of them together."""
    first = min((path.entered_on for path in paths), default=scope.last)
    found: dict[Quarter, list[CasePath]] = {quarter: [] for quarter in quarters(first, scope.last)}
    for path in paths:
        found[quarter_of(path.entered_on)].append(path)
    lines = [
        (f"{quarter.year}-{quarter.number}", f"T{quarter.number} {quarter.year}", cases)
        for quarter, cases in found.items()
    ]
    return [*lines, ("total", _("Toutes les entrées"), list(paths))]


def cohort_table(paths: Sequence[CasePath], policy: DurablePolicy, scope: Scope) -> Table:
    """Size of each cohort, and what had become of it: still open, left, accompanied, placed, durable."""
    day = date_words(scope.last)
    placed_means = _(
        "Dossiers mis à l’emploi (%(types)s) au %(day)s, parmi les dossiers accompagnés de la cohorte."
    ) % {
        "types": contract_names(policy.placed_types),
        "day": day,
    }
    durable_means = _(
        "Dossiers en insertion durable au %(day)s, parmi les dossiers accompagnés de la cohorte. %(definition)s"
    ) % {
        "day": day,
        "definition": definition(policy),
    }
    rows = []
    for key, label, cases in cohorts(paths, scope):
        accompanied = [one for one in cases if one.is_accompanied]
        placed = [one for one in accompanied if placed_since(one.contracts, policy, scope.last)]
        durable = [one for one in accompanied if durable_insertion(one.contracts, policy, scope.last).durable]
        left = [one for one in cases if one.left_on is not None]
        cells = (
            people(cases),
            people([one for one in cases if one.left_on is None]),
            people(left),
            people(accompanied),
            people(placed),
            Cell(Rate(len(placed), len(accompanied), placed_means), Kind.RATE),
            people(durable),
            Cell(Rate(len(durable), len(accompanied), durable_means), Kind.RATE),
        )
        rows.append(TableRow(key, label, cells, is_total=key == "total"))
    columns = (
        Column("entries", _("Entrées")),
        Column("open", _("Encore ouverts")),
        Column("left", _("Sortis")),
        Column("accompanied", _("Accompagnés")),
        Column("placed", _("Mis à l’emploi")),
        Column("placed_rate", _("Taux"), rows_of="placed"),
        Column("durable", _("Insertion durable")),
        Column("durable_rate", _("Taux durable"), rows_of="durable"),
    )
    note = _(
        "L’entrée est le jour d’ouverture du dossier : chaque dossier en a une, même s’il n’atteint jamais la "
        "pré-embauche ; accompagné : entré en pré-embauche. Une personne qui revient avec un nouveau dossier entre "
        "une seconde fois. Un même dossier peut "
        "être sorti et mis à l’emploi. Tout est vu au soir du dernier jour de la période. "
        "%(placed)s %(durable)s Moins de cinq dossiers accompagnés : pas de taux."
    ) % {"placed": placed_means, "durable": durable_means}
    return Table("cohorts", _("Ce que sont devenues les entrées"), _("Trimestre d’entrée"), columns, tuple(rows), note)


def wait_table(paths: Sequence[CasePath], policy: DurablePolicy, scope: Scope) -> Table:
    """How long each cohort waited for a first contract, with the curve of all entries."""
    rows = []
    curves: tuple[Curve, ...] = ()
    for key, label, cases in cohorts(paths, scope):
        waits = [(path, _wait(path, policy, scope)) for path in cases]
        found = [path for path, wait in waits if wait.ended]
        left = [path for path, wait in waits if not wait.ended and path.left_on is not None]
        waiting = [path for path, wait in waits if not wait.ended and path.left_on is None]
        steps = kaplan_meier(wait for _path, wait in waits)
        enough = len(cases) >= MIN_CASES
        quartiles = (days_until(told(steps, MIN_CASES), Fraction(share, 4)) if enough else None for share in (3, 2, 1))
        cells = (
            people(cases),
            people(found),
            people(left),
            people(waiting),
            *(Cell(days, Kind.COUNT) for days in quartiles),
        )
        rows.append(TableRow(key, label, cells, is_total=key == "total"))
        if key == "total" and enough:
            curves = (steps_curve(_("Encore sans contrat"), steps, WAIT_DAYS),)
    columns = (
        Column("entries", _("Entrées")),
        Column("found", _("Avec contrat")),
        Column("left", _("Sans contrat, sortis")),
        Column("waiting", _("Sans contrat, ouverts")),
        Column("first_quartile", _("1er quart (jours)")),
        Column("median", _("Médiane (jours)")),
        Column("third_quartile", _("3e quart (jours)")),
    )
    note = _(
        "Jours de l’ouverture du dossier au premier jour de travail (%(types)s). Estimation de Kaplan-Meier : un "
        "dossier sorti ou encore sans contrat compte jusqu’au dernier jour où il a été observé. Médiane : au bout de "
        "combien de jours la moitié a un contrat ; 1er et 3e quart : un quart, trois quarts. Un tiret : cette part "
        "n’est pas encore atteinte, ou moins de cinq dossiers sont suivis jusque-là."
    ) % {"types": contract_names(policy.placed_types)}
    return Table(
        "wait", _("Attente du premier contrat"), _("Trimestre d’entrée"), columns, tuple(rows), note, curves=curves
    )


def _wait(path: CasePath, policy: DurablePolicy, scope: Scope) -> Observation:
    return wait_for_contract(
        entered_on=path.entered_on,
        first_contract_on=placed_since(path.contracts, policy, scope.last),
        left_on=path.left_on,
        last=scope.last,
    )

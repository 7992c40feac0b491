"""Phase after phase: the courses that cases followed, the bounces, the contracts per person."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from foundation.rules.rates import Rate, mean
from method.rules.phases import Phase
from placements.rules.contract_kinds import EMPLOYMENT_TYPES, is_employment
from placements.selectors.clocks_shown import contract_names
from reporting.trajectories.cohorts import people
from reporting.trajectories.rules.paths import Bounce, bounces, courses, trajectory
from reporting.trajectories.selectors import CasePath
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow, count_cell

# The courses shown one by one; those that fewer cases followed are counted together.
MOST_COURSES = 15
MANY = 3


def words_of(path: Sequence[Phase]) -> str:
    """A course in words: « préparatoire → pré-embauche → embauche »."""
    return " → ".join(str(Phase(phase).label) for phase in path)


def course_table(paths: Sequence[CasePath], scope: Scope) -> Table:
    """The sequences of phases, most frequent first."""
    known = {path.case_id: path for path in paths}
    found = courses({path.case_id: trajectory(path.passages, scope.last) for path in paths})
    means = _("Dossiers qui ont suivi ce parcours, parmi les entrées de la période.")
    rows = [
        _share_row(
            "-".join(one.path).lower() or "none", words_of(one.path), [known[ref] for ref in one.refs], paths, means
        )
        for one in found[:MOST_COURSES]
    ]
    others = [known[ref] for one in found[MOST_COURSES:] for ref in one.refs]
    if others:
        number = len(found) - MOST_COURSES
        rows.append(_share_row("others", _("%(n)s autres parcours, plus rares") % {"n": number}, others, paths, means))
    rows.append(_share_row("total", _("Total"), paths, paths, means, total=True))
    return Table(
        "courses",
        _("Parcours, du plus fréquent au plus rare"),
        _("Phases traversées, dans l’ordre"),
        (Column("count", _("Dossiers")), Column("share", _("Part"), rows_of="count")),
        tuple(rows),
        note=_("Chaque dossier suit un seul parcours, arrêté au dernier jour de la période. %(means)s")
        % {"means": means},
    )


def bounce_tables(paths: Sequence[CasePath], scope: Scope) -> tuple[Table, Table]:
    """The returns to pre-hire: how many and from where, then how many per person."""
    returns = {path.case_id: bounces(trajectory(path.passages, scope.last)) for path in paths}
    total = sum(len(found) for found in returns.values())
    labels = {
        Bounce.JOB_ENDED: _("Après un emploi terminé (suivi → pré-embauche)"),
        Bounce.FELL_THROUGH: _("Après une embauche qui n’a pas eu lieu (embauche → pré-embauche)"),
    }
    rows = [
        TableRow(
            kind.value,
            labels[kind],
            (
                Cell(sum(found.count(kind) for found in returns.values())),
                people([path for path in paths if kind in returns[path.case_id]]),
            ),
        )
        for kind in Bounce
    ]
    bounced = [path for path in paths if returns[path.case_id]]
    rows.append(TableRow("total", _("Total"), (Cell(total), people(bounced)), is_total=True))
    by_person = _by_person(paths)
    rows.append(
        TableRow(
            "per_person",
            _("Rebonds par personne entrée"),
            (Cell(mean(total, len(by_person)), Kind.DECIMAL), Cell(None)),
        )
    )
    table = Table(
        "bounces",
        _("Rebonds"),
        _("Retour en pré-embauche"),
        (Column("count", _("Rebonds")), Column("cases", _("Dossiers concernés"))),
        tuple(rows),
        note=_("Un rebond est un retour en pré-embauche. Un dossier peut rebondir plusieurs fois."),
    )
    numbers = {person: sum(len(returns[path.case_id]) for path in own) for person, own in by_person.items()}
    per_person = _distribution(
        "bounces_per_person",
        _("Personnes selon le nombre de leurs rebonds"),
        by_person,
        numbers,
        lambda n: _("aucun rebond") if n == 0 else _("1 rebond") if n == 1 else _("%(n)s rebonds") % {"n": n},
    )
    return table, per_person


def contract_tables(paths: Sequence[CasePath]) -> tuple[Table, Table]:
    """The contracts per person: how many in all, then how people divide."""
    by_person = _by_person(paths)
    held = {
        person: [one for path in own for one in path.held if is_employment(one.contract.type)]
        for person, own in by_person.items()
    }
    signed = [one for found in held.values() for one in found]
    placed = [by_person[person][-1] for person, found in held.items() if found]
    rows = (
        TableRow(
            "contracts",
            _("Contrats commencés"),
            (count_cell(signed, Subject.EMPLOYMENT, lambda one: one.employment_id),),
        ),
        TableRow("people", _("Personnes ayant commencé au moins un contrat"), (people(placed),)),
        TableRow(
            "mean", _("Contrats par personne mise à l’emploi"), (Cell(mean(len(signed), len(placed)), Kind.DECIMAL),)
        ),
    )
    summary = Table(
        "contracts",
        _("Contrats des personnes entrées"),
        "",
        (Column("count", _("Nombre")),),
        rows,
        note=_("Contrats de travail (%(types)s) commencés entre l’entrée et le dernier jour de la période.")
        % {"types": contract_names(EMPLOYMENT_TYPES)},
    )
    numbers = {person: len(found) for person, found in held.items()}
    per_person = _distribution(
        "contracts_per_person",
        _("Personnes selon le nombre de leurs contrats"),
        by_person,
        numbers,
        lambda n: _("aucun contrat") if n == 0 else _("1 contrat") if n == 1 else _("%(n)s contrats") % {"n": n},
    )
    return summary, per_person


def _by_person(paths: Sequence[CasePath]) -> dict[UUID, list[CasePath]]:
    """The cases of each person, in order."""
    found: dict[UUID, list[CasePath]] = defaultdict(list)
    for path in paths:
        found[path.beneficiary_id].append(path)
    return dict(found)


def _distribution(
    code: str,
    title: str,
    by_person: dict[UUID, list[CasePath]],
    numbers: dict[UUID, int],
    label: Callable[[int], str],
) -> Table:
    """How people divide by a number of theirs: 0, 1, 2, then `MANY` and more; each person opens on their last case."""
    everybody = [own[-1] for own in by_person.values()]
    means = _("Personnes parmi toutes celles qui sont entrées dans la période.")
    rows = []
    for number in range(MANY + 1):
        chosen = [own[-1] for person, own in by_person.items() if min(numbers[person], MANY) == number]
        words = label(number) if number < MANY else _("%(label)s ou plus") % {"label": label(number)}
        rows.append(_share_row(str(number), words.capitalize(), chosen, everybody, means))
    rows.append(_share_row("total", _("Total"), everybody, everybody, means, total=True))
    return Table(
        code,
        title,
        _("Nombre"),
        (Column("count", _("Personnes")), Column("share", _("Part"), rows_of="count")),
        tuple(rows),
    )


def _share_row(
    key: str,
    label: str,
    chosen: Sequence[CasePath],
    among: Sequence[CasePath],
    means: str,
    *,
    total: bool = False,
) -> TableRow:
    """How many, and their share; the count opens on them."""
    return TableRow(key, label, (people(chosen), Cell(Rate(len(chosen), len(among), means), Kind.RATE)), is_total=total)

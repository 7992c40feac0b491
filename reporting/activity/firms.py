"""Firms: contacts, prospection, jobs to be filled and their objectivation, proposals and what became of them."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from employers.enums import ProspectionChannel, VacancyState
from foundation.rules.rates import Rate
from placements.enums import Decision
from reporting.activity.common import classes, ids_cell
from reporting.activity.selectors.rows import Activity, MatchRow, VacancyRow, VisitRow
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow


def firm_tables(activity: Activity, scope: Scope) -> tuple[Table, ...]:
    """Everything that was done towards employers."""
    return (
        companies_table(activity),
        _prospection(activity.visits, scope),
        _vacancies(activity.vacancies, scope),
        _objectivation(activity.vacancies),
        _matches(activity.matches),
    )


def companies_table(activity: Activity) -> Table:
    """Firms contacted, direct contacts set apart."""
    direct = [pk for pk, firm in sorted(activity.firms.items()) if firm.direct]
    written = [pk for pk, firm in sorted(activity.firms.items()) if not firm.direct]
    spoken = sum(firm.direct for firm in activity.firms.values())
    letters = sum(firm.written for firm in activity.firms.values())
    rows = (
        TableRow("direct", _("Rencontrées ou jointes de vive voix"), (ids_cell(Subject.COMPANY, direct), Cell(spoken))),
        TableRow("written", _("Par écrit seulement"), (ids_cell(Subject.COMPANY, written), Cell(letters))),
        TableRow(
            "total",
            _("Total"),
            (ids_cell(Subject.COMPANY, sorted(activity.firms)), Cell(spoken + letters)),
            is_total=True,
        ),
    )
    return Table(
        "companies",
        _("Entreprises contactées"),
        _("Contact"),
        (Column("count", _("Entreprises")), Column("contacts", _("Contacts"), rows_of="count")),
        rows,
        note=_(
            "Une entreprise compte une fois, que le contact soit de prospection ou au sujet d’une personne suivie. "
            "Contacts directs : visites, téléphone, visioconférence. La colonne Contacts compte chaque contact direct, "
            "puis chaque contact écrit, quelle que soit l’entreprise."
        ),
    )


def _prospection(visits: Sequence[VisitRow], scope: Scope) -> Table:
    """Contacts that concern no person yet, by channel."""

    def line(key: str, label: str, found: Sequence[VisitRow], *, total: bool = False) -> TableRow:
        firms = ids_cell(Subject.COMPANY, (row.company_id for row in found))
        minutes = Cell(sum(row.minutes for row in found), Kind.MINUTES)
        contacts = ids_cell(Subject.PROSPECTION, (row.visit_id for row in found))
        return TableRow(key, label, (contacts, firms, minutes), is_total=total)

    rows = [
        line(channel, label, found)
        for channel, label in classes(ProspectionChannel)
        if (found := [row for row in visits if row.channel == channel])
    ]
    rows.append(line("total", _("Total"), visits, total=True))
    note = _("Visites et appels qui ne concernent encore personne.")
    if scope.project or scope.site:
        note += " " + _("Ils ne sont liés à aucun projet ni à aucun site : ceux de tout l’organisme sont comptés.")
    return Table(
        "prospection",
        _("Prospection"),
        _("Moyen"),
        (
            Column("count", _("Contacts")),
            Column("companies", _("Entreprises")),
            Column("minutes", _("Durée"), rows_of="count"),
        ),
        tuple(rows),
        note=note,
    )


def _vacancies(vacancies: Sequence[VacancyRow], scope: Scope) -> Table:
    """Jobs to be filled: announced, closed, still open."""
    closed = {row.vacancy_id for row in vacancies if row.closed_on is not None and row.closed_on <= scope.last}

    def line(key: str, label: str, keep: Callable[[VacancyRow], bool], *, total: bool = False) -> TableRow:
        found = [row for row in vacancies if keep(row)]
        cells = (ids_cell(Subject.VACANCY, (r.vacancy_id for r in found)), Cell(sum(r.positions for r in found)))
        return TableRow(key, label, cells, is_total=total)

    def ended(state: VacancyState) -> Callable[[VacancyRow], bool]:
        return lambda row: row.state == state and row.vacancy_id in closed

    rows = (
        line("announced", _("Annoncés pendant la période"), lambda row: row.opened_on >= scope.first),
        line("filled", _("Pourvus pendant la période"), ended(VacancyState.FILLED)),
        line("withdrawn", _("Retirés pendant la période"), ended(VacancyState.WITHDRAWN)),
        line(
            "open",
            _("Encore ouverts au %(date)s") % {"date": f"{scope.last:%d/%m/%Y}"},
            lambda row: row.vacancy_id not in closed,
        ),
        line("total", _("Ouverts au moins un jour de la période"), lambda row: True, total=True),
    )
    note = ""
    if scope.project or scope.site or scope.coach:
        note = _("Postes proposés à quelqu’un du périmètre : un poste n’est lié à aucun projet.")
    return Table(
        "vacancies",
        _("Postes à pourvoir"),
        _("État"),
        (Column("count", _("Postes")), Column("positions", _("Places"), rows_of="count")),
        rows,
        note=note,
    )


def _objectivation(vacancies: Sequence[VacancyRow]) -> Table:
    """Requirements replaced by what the tasks really need (domain.md 2)."""
    stated = sum(row.requirements for row in vacancies)
    objectivated = sum(row.objectivated for row in vacancies)
    with_some = [row.vacancy_id for row in vacancies if row.requirements]
    worked_on = [row.vacancy_id for row in vacancies if row.objectivated]
    of_requirements = _("Exigences objectivées : celles dont on a écrit ce que les tâches demandent vraiment.")
    of_jobs = _("Postes avec au moins une exigence objectivée, sur les postes qui annoncent une exigence.")
    rows = (
        TableRow(
            "requirements",
            _("Exigences objectivées, sur les exigences annoncées"),
            (Cell(objectivated), Cell(stated), Cell(Rate(objectivated, stated, of_requirements), Kind.RATE)),
        ),
        TableRow(
            "vacancies",
            _("Postes objectivés, sur les postes qui annoncent une exigence"),
            (
                ids_cell(Subject.VACANCY, worked_on),
                ids_cell(Subject.VACANCY, with_some),
                Cell(Rate(len(worked_on), len(with_some), of_jobs), Kind.RATE),
            ),
        ),
    )
    return Table(
        "objectivation",
        _("Objectivation des exigences"),
        "",
        (Column("count", _("Nombre")), Column("among", _("Sur")), Column("rate", _("Taux"), rows_of="count")),
        rows,
        note=f"{of_requirements} {of_jobs}",
    )


def _matches(matches: Sequence[MatchRow]) -> Table:
    """Proposals made in the period and their outcome as it is known now; the person decides first."""
    told = _("Part : dans le total des propositions de la période.")

    def line(key: str, label: str, keep: Callable[[MatchRow], bool], *, total: bool = False) -> TableRow:
        found = [row for row in matches if keep(row)]
        share = Rate(len(found), len(matches), told)
        cells = (ids_cell(Subject.MATCH, (row.match_id for row in found)), Cell(share, Kind.RATE))
        return TableRow(key, label, cells, is_total=total)

    def willing(row: MatchRow) -> bool:
        return row.person == Decision.ACCEPTED

    rows = (
        line("person_pending", _("La personne réfléchit"), lambda row: row.person == Decision.PENDING),
        line("person_refused", _("Refusées par la personne"), lambda row: row.person == Decision.REFUSED),
        line(
            "employer_pending",
            _("L’employeur n’a pas répondu"),
            lambda row: willing(row) and row.employer == Decision.PENDING,
        ),
        line(
            "employer_refused",
            _("Refusées par l’employeur"),
            lambda row: willing(row) and row.employer == Decision.REFUSED,
        ),
        line(
            "accepted",
            _("Acceptées des deux côtés, sans contrat"),
            lambda row: willing(row) and row.employer == Decision.ACCEPTED and not row.hired,
        ),
        line("hired", _("Suivies d’un contrat"), lambda row: row.hired),
        line("total", _("Propositions"), lambda row: True, total=True),
    )
    return Table(
        "matches",
        _("Adéquations proposées et leur résultat"),
        _("Résultat"),
        (Column("count", _("Propositions")), Column("share", _("Part"), rows_of="count")),
        rows,
        note=_("Résultat connu le jour où le rapport est établi.") + " " + told,
        chart_column="count",
    )

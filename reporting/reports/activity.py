"""The activity report: who was supported, into which contracts, with which firms and how much work.

Sources: seeds/001, summary table of the pilot; MIRE reporting practice (regulation.md 1.6). Each person counts once,
    whatever
the number of cases and contracts.
"""

from collections.abc import Sequence

from django.db.models import TextChoices

from accounts.enums import Role
from beneficiaries.enums import Education, Gender, Origin
from employers.enums import ContractType
from followup.enums import Channel
from foundation.rules.rates import mean
from reporting.engine.registry import ReportDefinition
from reporting.engine.scope import Scope
from reporting.engine.tables import (
    Axis,
    Cell,
    Column,
    Document,
    Kind,
    Section,
    Subject,
    Table,
    TableRow,
    count_cell,
    cross_table,
)
from reporting.reports.insertion import insertion_table
from reporting.selectors import activity as data

SOURCE = "Tableau de synthèse de l’expérience pilote (rapport 2002) ; rapport annuel d’activité des MIRE"

AGE_CLASSES = (
    ("under_25", "moins de 25 ans"),
    ("25_to_45", "de 25 à 45 ans"),
    ("over_45", "plus de 45 ans"),
    ("", "non précisé"),
)
GENDERS = Axis(
    "Genre",
    (
        (Gender.MAN.value, "Hommes"),
        (Gender.WOMAN.value, "Femmes"),
        (Gender.NON_BINARY.value, "Non binaires"),
        (Gender.UNKNOWN.value, "Non précisé"),
    ),
)


def age_class(age: int | None) -> str:
    """The class of an age in years, as the pilot's table draws them: 25 and 45 both belong to the middle one."""
    if age is None:
        return ""
    if age < 25:
        return "under_25"
    return "25_to_45" if age <= 45 else "over_45"


def build_activity(scope: Scope) -> Document:
    """Compute the report over a scope, in a bounded number of statements."""
    people = _people(data.case_rows(scope))
    contracts = data.employment_rows(scope)
    companies = data.company_rows(scope)
    return Document(
        name="activite",
        title="Rapport d’activité",
        coverage=scope.in_words(),
        source=SOURCE,
        sections=(
            Section("L’essentiel", (_summary(people, contracts, companies),)),
            Section("Les personnes accompagnées", _profile(people, scope)),
            Section("Les contrats de travail", (_contracts(contracts),)),
            Section("L’insertion", (insertion_table(people, data.contract_rows(scope), scope),)),
            Section("Les entreprises et les contacts", (_companies(companies), _contacts(data.contact_groups(scope)))),
        ),
    )


def _people(cases: Sequence[data.CaseRow]) -> list[data.CaseRow]:
    """One row per person: that of their last case in the period."""
    return list({row.beneficiary_id: row for row in cases}.values())


def _persons(rows: Sequence[data.CaseRow]) -> Cell:
    """How many people, and which."""
    return count_cell(rows, Subject.CASE, lambda row: row.case_id)


def _jobs(rows: Sequence[data.EmploymentRow]) -> Cell:
    """How many contracts, and which."""
    return count_cell(rows, Subject.EMPLOYMENT, lambda row: row.employment_id)


def _firms(rows: Sequence[data.CompanyRow]) -> Cell:
    """How many firms, and which."""
    return count_cell(rows, Subject.COMPANY, lambda row: row.company_id)


def _summary(
    people: Sequence[data.CaseRow], contracts: Sequence[data.EmploymentRow], companies: Sequence[data.CompanyRow]
) -> Table:
    """The three figures of the pilot's table, and what ties them."""
    placed = {row.beneficiary_id for row in contracts}
    rows = (
        TableRow("companies", "Entreprises contactées", (_firms(companies),)),
        TableRow("people", "Personnes accompagnées", (_persons(people),)),
        TableRow("contracts", "Contrats signés", (_jobs(contracts),)),
        TableRow(
            "hired",
            "Personnes ayant signé au moins un contrat",
            (_persons([p for p in people if p.beneficiary_id in placed]),),
        ),
        TableRow(
            "per_person",
            "Contrats par personne ayant signé",
            (Cell(mean(len(contracts), len(placed)), Kind.DECIMAL),),
        ),
    )
    return Table(
        "summary",
        "En un coup d’œil",
        "",
        (Column("count", "Nombre"),),
        rows,
        note="Personnes dont le dossier était ouvert au moins un jour de la période, comptées une fois ; "
        "contrats dont le premier jour est dans la période.",
    )


def _profile(people: Sequence[data.CaseRow], scope: Scope) -> tuple[Table, ...]:
    """Age, origin and education, each by gender."""
    genders = _shown(GENDERS, {row.gender for row in people})
    axes = (
        ("age", f"Âge au {scope.last:%d/%m/%Y}", "Âge", AGE_CLASSES, lambda row: age_class(row.age)),
        ("origin", "Origine", "Origine", _classes(Origin), lambda row: row.origin),
        ("education", "Diplôme le plus élevé", "Diplôme", _classes(Education), lambda row: row.education),
    )
    return tuple(
        cross_table(
            code=code,
            title=f"{title} et genre",
            rows=people,
            down=(_shown(Axis(label, classes), {value(row) for row in people}), value),
            across=(genders, lambda row: row.gender),
            subject=Subject.CASE,
            identity=lambda row: row.case_id,
            note="Part : dans le total des personnes accompagnées.",
        )
        for code, title, label, classes, value in axes
    )


def _contracts(contracts: Sequence[data.EmploymentRow]) -> Table:
    """Contracts by type and gender, with the gender's share."""
    used = {row.contract_type for row in contracts}
    types = tuple((t.value, str(t.label)) for t in ContractType if t in ("CDI", "CDD") or t in used)
    return cross_table(
        code="contracts",
        title="Type de contrat et genre",
        rows=contracts,
        down=(Axis("Contrat", types), lambda row: row.contract_type),
        across=(_shown(GENDERS, {row.gender for row in contracts}), lambda row: row.gender),
        subject=Subject.EMPLOYMENT,
        identity=lambda row: row.employment_id,
        note="Part : dans le total des contrats signés pendant la période.",
    )


def _companies(companies: Sequence[data.CompanyRow]) -> Table:
    """Firms contacted, direct contacts set apart."""
    direct = [row for row in companies if row.direct]
    rows = (
        TableRow(
            "direct",
            "Rencontrées ou jointes de vive voix",
            (_firms(direct),),
        ),
        TableRow(
            "written",
            "Par écrit seulement",
            (_firms([row for row in companies if not row.direct]),),
        ),
        TableRow("total", "Total", (_firms(companies),), is_total=True),
    )
    return Table(
        "companies",
        "Entreprises contactées",
        "Contact",
        (Column("count", "Entreprises"),),
        rows,
        note="Une entreprise compte une fois, que le contact soit de prospection ou au sujet d’une personne suivie.",
    )


def _contacts(groups: Sequence[data.ContactGroup]) -> Table:
    """Contacts and time by channel; no-shows apart."""
    held = {group.channel: group for group in groups if group.outcome == "HELD"}
    missed = sum(group.count for group in groups if group.outcome == "NO_SHOW")
    rows = [
        TableRow(channel.value, str(channel.label), _contact_cells(held[channel].count, held[channel].minutes))
        for channel in Channel
        if channel in held
    ]
    rows.append(
        TableRow(
            "total",
            "Total des contacts tenus",
            _contact_cells(sum(g.count for g in held.values()), sum(g.minutes for g in held.values())),
            is_total=True,
        )
    )
    rows.append(TableRow("no_show", "Rendez-vous manqués", _contact_cells(missed, 0)))
    return Table(
        "contacts",
        "Contacts et heures",
        "Moyen",
        (Column("count", "Contacts"), Column("minutes", "Durée")),
        tuple(rows),
        note="Contacts individuels consignés dans les dossiers pendant la période.",
        chart_column="count",
    )


def _contact_cells(count: int, minutes: int) -> tuple[Cell, Cell]:
    """A number of contacts and their time."""
    return Cell(count), Cell(minutes, Kind.MINUTES)


def _classes(choices: type[TextChoices]) -> tuple[tuple[str, str], ...]:
    """The classes of a closed list."""
    return tuple((choice.value, str(choice.label)) for choice in choices)


def _shown(axis: Axis, used: set[str]) -> Axis:
    """The axis without the classes that stand for "not asked" or are rare, when nobody falls in them."""
    always = {"M", "F", *(key for key, _label in axis.classes if key not in ("", "X", "NONE", "HIGHER"))}
    return Axis(axis.label, tuple((key, label) for key, label in axis.classes if key in used or key in always))


ACTIVITY = ReportDefinition(
    name="activite",
    title="Rapport d’activité",
    purpose="Personnes, contrats, entreprises, contacts et heures d’une période, pour le FOREM.",
    source=SOURCE,
    roles=(Role.ADMIN, Role.COORDINATOR),
    build=build_activity,
)

CONSOLIDATED = ReportDefinition(
    name="consolidation",
    title="Tableau consolidé du réseau",
    purpose="Les mêmes chiffres sur tous les organismes de l’installation, sans aucun nom.",
    source=SOURCE,
    roles=(Role.ADMIN, Role.ANALYST),
    build=build_activity,
    consolidated=True,
)

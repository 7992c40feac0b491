"""« Heures prestées »: per coach, month and project, as the coaches signed them; what no project may count, apart.

Sources: domain, section 5 (a contact outside the mandate counts in no subsidised hour); hours are the basis on which
projects are paid, hence the signature before a report is sent.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from foundation.formatting import date_words, of_name
from foundation.rules.saying import sentence
from tables.engine.gaps import Gap
from tables.engine.refs import PackedRefs
from tables.engine.registry import ReportDefinition
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Subject, Table, TableRow
from tables.funding import funding_of
from timesheets.models import SheetSignature
from timesheets.reports.sheet import minutes_columns
from timesheets.rules.sheets import Apart, Line, changes, minutes_of, month_of, thawed
from timesheets.rules.sheets import Kind as Work
from timesheets.selectors.page import REASONS
from timesheets.selectors.sheets import standing_signatures, work_of

SOURCE = (
    "Contacts, séances et visites consignés, feuilles de prestations signées ; heures hors mandat exclues des projets"
)
SUBJECTS = {
    Work.CONTACT: Subject.CONTACT,
    Work.SESSION: Subject.SESSION,
    Work.PROSPECTION: Subject.PROSPECTION,
    Work.OTHER: Subject.TIME_ENTRY,
}


@dataclass(frozen=True, slots=True)
class Month:
    """What one coach worked in a month of the scope: the lines that count there, and what is known of the signature.

    Of a signed month the lines are those that were signed; `moved` tells how many are not as they are today.
    """

    coach_id: UUID
    name: str
    month: date
    lines: tuple[Line, ...]
    signature: SheetSignature | None
    moved: int

    @property
    def key(self) -> str:
        """A key for the rows of tables."""
        return f"{self.coach_id}-{self.month:%Y%m}"

    @property
    def label(self) -> str:
        """Who and when."""
        return f"{self.name}, {date_format(self.month, 'F Y')}"


def months_of(scope: Scope) -> list[Month]:
    """The months of the scope by name and time; nine statements.

    A signature does not tell at which site the hours were worked: over a site they are as they stand today.
    """
    present: dict[tuple[UUID, date], list[Line]] = defaultdict(list)
    for work in work_of(scope):
        present[work.coach_id, month_of(work.line.on)].append(work.line)
    standing = {(one.sheet.coach_id, one.sheet.month): one for one in standing_signatures(scope)}
    names = dict(_names(coach_id for coach_id, _month in {**present, **standing}))
    found = []
    for coach_id, month in {**present, **standing}:
        signature = standing.get((coach_id, month))
        today = present[coach_id, month]
        as_signed = signature is not None and scope.site is None
        lines = _within(thawed(signature.lines), scope) if signature and as_signed else tuple(today)
        moved = len(changes(lines, today, kinds=signature.kinds)) if signature and as_signed else 0
        if lines or moved:
            found.append(Month(coach_id, names[coach_id], month, lines, signature, moved))
    return sorted(found, key=lambda one: (one.name, str(one.coach_id), one.month))


def _names(coaches: Iterable[UUID]) -> Iterable[tuple[UUID, str]]:
    """The names of these coaches as lists sort them; one statement."""
    for user in User.objects.filter(pk__in=set(coaches)).order_by("pk"):
        yield user.pk, f"{user.last_name} {user.first_name}"


def _within(lines: Iterable[Line], scope: Scope) -> tuple[Line, ...]:
    """The signed lines that the scope asks for."""
    project = str(scope.project.pk) if scope.project else None
    return tuple(
        line
        for line in lines
        if scope.first <= line.on <= scope.last and (project is None or line.project_id == project)
    )


def build_hours(scope: Scope) -> Document:
    """Compute the report over a scope, in a bounded number of statements."""
    months = months_of(scope)
    counted = [line for one in months for line in one.lines if line.counted]
    sections = [
        Section(_("L’essentiel"), (_projects(counted), _states(months))),
        Section(_("Par jobcoach, mois et projet"), (_sheets(months),)),
        Section(_("Hors projet"), (_apart(months),)),
    ]
    return Document(
        name="prestations",
        title=_("Heures prestées"),
        coverage=scope.in_words(),
        source=SOURCE,
        sections=tuple(sections),
        funding=funding_of(scope.project),
    )


def _cells(lines: Sequence[Line]) -> tuple[Cell, ...]:
    """The minutes by kind, each opening on its rows, and their total."""
    found = []
    for kind in Work:
        own = [line for line in lines if line.kind is kind]
        # A year of a large organisation has several hundred thousand contacts.
        refs = PackedRefs(b"".join(bytes.fromhex(line.ref.replace("-", "")) for line in own))
        found.append(Cell(sum(line.minutes for line in own), Kind.MINUTES, SUBJECTS[kind], refs))
    return (*found, Cell(minutes_of(lines).total, Kind.MINUTES))


def _by_project(lines: Iterable[Line]) -> Mapping[tuple[str, str], list[Line]]:
    """The lines by code and key of their project, in order of code, those without a project last."""
    found: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in lines:
        found[line.project, line.project_id].append(line)
    return dict(sorted(found.items(), key=lambda item: (not item[0][1], item[0])))


def _projects(lines: Sequence[Line]) -> Table:
    rows = [
        TableRow(key or "none", code or _("Sans projet"), _cells(own))
        for (code, key), own in _by_project(lines).items()
    ]
    rows.append(TableRow("total", _("Total"), _cells(lines), is_total=True))
    return Table(
        "projects",
        _("Heures par projet"),
        _("Projet"),
        minutes_columns(),
        tuple(rows),
        note=_(
            "Une séance compte pour un projet quand tous ses participants en relèvent ; sa durée compte une fois. "
            "Une visite ou un appel à une entreprise compte pour le projet choisi en le consignant."
        ),
        chart_column="total",
    )


def _sheets(months: Sequence[Month]) -> Table:
    rows = [
        TableRow(f"{one.key}-{key or 'none'}", f"{one.label}, {code or _('sans projet')}", _cells(own))
        for one in months
        for (code, key), own in _by_project(line for line in one.lines if line.counted).items()
    ]
    everything = [line for one in months for line in one.lines if line.counted]
    rows.append(TableRow("total", _("Total"), _cells(everything), is_total=True))
    return Table(
        "sheets", _("Heures par jobcoach, mois et projet"), _("Jobcoach, mois, projet"), minutes_columns(), tuple(rows)
    )


def _states(months: Sequence[Month]) -> Table:
    """Whether each month is signed, by whom it was countersigned, and what moved since."""
    rows = []
    for one in months:
        signature = one.signature
        cells = (
            Cell(minutes_of(line for line in one.lines if line.counted).total, Kind.MINUTES),
            Cell(date_words(signature.signed_on) if signature else _("pas signée"), Kind.TEXT),
            Cell(_countersigned(signature), Kind.TEXT),
            Cell(one.moved if signature else None),
        )
        rows.append(TableRow(one.key, one.label, cells))
    columns = (
        Column("minutes", _("Heures")),
        Column("signed", _("Signée le")),
        Column("countersigned", _("Visée")),
        Column("moved", _("Lignes changées depuis")),
    )
    note = _("Les heures d’un mois signé sont celles qui ont été signées, même si une ligne a changé depuis.")
    return Table("states", _("Feuilles de prestations"), _("Jobcoach, mois"), columns, tuple(rows), note)


def _countersigned(signature: SheetSignature | None) -> str | None:
    if signature is None or signature.countersigned_on is None:
        return None
    return f"{signature.countersigned_name}, {date_words(signature.countersigned_on)}"


def _apart(months: Sequence[Month]) -> Table:
    """What no project may count: by coach, month and reason."""
    rows = []
    everything: list[Line] = []
    for one in months:
        for reason in (Apart.AFTER_EXIT, Apart.CLOCK_USED_UP, Apart.PROJECT_DATES):
            own = [line for line in one.lines if line.apart is reason]
            if own:
                everything += own
                rows.append(TableRow(f"{one.key}-{reason.value}", f"{one.label}, {REASONS[reason]}", _cells(own)))
    rows.append(TableRow("total", _("Total"), _cells(everything), is_total=True))
    return Table(
        "apart",
        _("Heures qui ne comptent dans aucun projet"),
        _("Jobcoach, mois, raison"),
        minutes_columns(),
        tuple(rows),
        note=_(
            "Ce temps a été presté et reste consigné : après la sortie, une fois les 24 mois épuisés hors suivi en "
            "entreprise, ou hors des dates du projet."
        ),
    )


def sheets_to_sign(scope: Scope) -> Sequence[Gap]:
    """The months whose hours nobody signed: they can be drafted, not sent."""
    return [
        Gap(
            case_id=one.coach_id,
            subject=Subject.COACH,
            person=one.name,
            code="signature",
            what=_("feuille %(of_month)s à signer") % {"of_month": of_name(date_format(one.month, "F Y"))},
            url=reverse("timesheets:sheet", args=[one.coach_id, f"{one.month:%Y-%m}"]) + "#signature",
        )
        for one in months_of(scope)
        if one.signature is None
    ]


HOURS = ReportDefinition(
    name="prestations",
    title=sentence("Heures prestées"),
    purpose=sentence("Heures par jobcoach, mois et projet, telles que signées ; les heures hors mandat sont à part."),
    source=SOURCE,
    build=build_hours,
    gaps=sheets_to_sign,
    place=30,
)

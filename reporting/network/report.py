"""The network's table: the organisations side by side, then the same figures over all of them. Aggregates only."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.models import Organisation
from foundation.rules.rates import Rate
from reporting.activity.insertion_figures import insertion_table
from reporting.activity.report import activity_document
from reporting.activity.selectors.period import read_activity
from reporting.activity.selectors.rows import Activity, accompanied
from reporting.activity.staff import coaching_fte
from tables.engine.freezing import without_refs
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Document, Kind, Section, Table, TableRow


def build_consolidated(scope: Scope) -> Document:
    """Compute the report over every organisation; no cell keeps what it counted."""
    activity = read_activity(scope)
    document = activity_document("consolidation", _("Tableau consolidé du réseau"), activity, scope)
    side_by_side = Section(_("Organisme par organisme"), (organisations_table(activity, scope),))
    return without_refs(replace(document, sections=(side_by_side, *document.sections)))


def organisations_table(activity: Activity, scope: Scope) -> Table:
    """One row per organisation: people, contracts, placed, durable, hours, full-time equivalents."""
    rows = [_line(str(one.pk), one.name, [one], activity, scope) for one in scope.organisations]
    rows.append(_line("total", _("Total"), scope.organisations, activity, scope, total=True))
    return Table(
        "organisations",
        _("Les organismes côte à côte"),
        _("Organisme"),
        (
            Column("people", _("Personnes accompagnées")),
            Column("contracts", _("Contrats de travail")),
            Column("placed", _("Mises à l’emploi")),
            Column("durable", _("Insertions durables")),
            Column("durable_rate", _("Durables sur personnes")),
            Column("hours", _("Heures de contact")),
            Column("fte", _("ETP de jobcoaching")),
        ),
        tuple(rows),
        note=_("Mêmes définitions que dans la suite. Moins de cinq personnes : le taux n’est pas calculé."),
    )


def _line(
    key: str, label: str, among: Sequence[Organisation], activity: Activity, scope: Scope, *, total: bool = False
) -> TableRow:
    here = {one.pk for one in among}
    people = accompanied(row for row in activity.cases if row.organisation_id in here)
    contracts = [row for row in activity.contracts if row.organisation_id in here]
    inserted = insertion_table(people, contracts, scope)
    durable = inserted.cell("durable", "rate").value
    cells = (
        Cell(len(people)),
        Cell(sum(row.organisation_id in here for row in activity.begun(scope.first, scope.last))),
        Cell(inserted.cell("placed", "count").value),
        Cell(inserted.cell("durable", "count").value),
        Cell(durable if isinstance(durable, Rate) else None, Kind.RATE),
        Cell(sum(minutes for pk, minutes in activity.work.minutes_of.items() if pk in here), Kind.MINUTES),
        Cell(coaching_fte([row for row in activity.staff if row.organisation_id in here], scope), Kind.DECIMAL),
    )
    return TableRow(key, label, cells, is_total=total)

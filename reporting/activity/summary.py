"""The figures that one looks for first, and what ties them (seeds/001, summary table of the pilot)."""

from django.utils.translation import gettext as _

from foundation.rules.rates import mean
from placements.rules.contract_kinds import EMPLOYMENT_TYPES
from placements.selectors.clocks_shown import contract_names
from reporting.activity.common import cases_cell, contact_cells, contracts_cell, ids_cell
from reporting.activity.selectors.rows import Activity
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Subject, Table, TableRow


def summary_table(activity: Activity, scope: Scope) -> Table:
    """Firms, people, contracts, contacts, hours."""
    people = activity.accompanied
    contracts = activity.begun(scope.first, scope.last)
    signed = {row.beneficiary_id for row in contracts}
    contacts, minutes = contact_cells(*activity.work.by["channel"].values())
    rows = (
        TableRow("companies", _("Entreprises contactées"), (ids_cell(Subject.COMPANY, sorted(activity.firms)),)),
        TableRow("people", _("Personnes accompagnées"), (cases_cell(people),)),
        TableRow("received", _("Personnes reçues seulement, comptées à part"), (cases_cell(activity.received),)),
        TableRow("contracts", _("Contrats signés"), (contracts_cell(contracts),)),
        TableRow(
            "hired",
            _("Personnes ayant signé au moins un contrat"),
            (cases_cell(row for row in people if row.beneficiary_id in signed),),
        ),
        TableRow(
            "per_person",
            _("Contrats par personne ayant signé"),
            (Cell(mean(len(contracts), len(signed)), Kind.DECIMAL),),
        ),
        TableRow("contacts", _("Contacts tenus, dans le mandat"), (contacts,)),
        TableRow("hours", _("Heures de ces contacts"), (minutes,)),
        TableRow(
            "sessions",
            _("Séances collectives"),
            (ids_cell(Subject.SESSION, (row.session_id for row in activity.sessions)),),
        ),
    )
    return Table(
        "summary",
        _("En un coup d’œil"),
        "",
        (Column("count", _("Nombre")),),
        rows,
        note=_(
            "Accompagnée : entrée en pré-embauche au plus tard le dernier jour compté, son dossier ouvert au moins un "
            "jour de la période ; reçue seulement : dossier ouvert, jamais entrée en pré-embauche. Chacune compte une "
            "fois. Contrats : contrats de travail (%(types)s) des personnes accompagnées, commencés pendant la période "
            "et depuis l’ouverture du dossier ; stages, PFI et activités indépendantes sont à part."
        )
        % {"types": contract_names(EMPLOYMENT_TYPES)},
    )

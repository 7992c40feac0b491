"""Contacts and hours: by phase, channel, place, with whom; those outside the mandate apart (domain.md 5 and 6)."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from followup.enums import Channel, Party, Place
from foundation.rules.lists import ClosedList
from foundation.rules.rates import Rate
from method.rules.phases import Phase
from reporting.activity.common import classes, contact_cells
from reporting.activity.selectors.rows import ContactWork, Tally
from tables.engine.scope import Scope
from tables.engine.tables import Cell, Column, Kind, Table, TableRow


def contact_tables(work: ContactWork, scope: Scope) -> tuple[Table, ...]:
    """What was done with people and with employers about them."""
    tables = (
        _by("contacts_phase", _("Contacts et heures par phase"), _("Phase"), Phase, work.by["phase"]),
        _by("contacts", _("Contacts et heures par moyen"), _("Moyen"), Channel, work.by["channel"], work.missed),
        _by("contacts_place", _("Contacts et heures par lieu"), _("Lieu"), Place, work.by["place"]),
        _by("contacts_party", _("Contacts et heures par interlocuteur"), _("Avec"), Party, work.by["party"]),
        outside_table(work),
    )
    whose = _whose_work(scope)
    return tuple(replace(table, note=f"{table.note} {whose}") for table in tables) if whose else tables


def _whose_work(scope: Scope) -> str:
    """Narrowed by coach, cases and contacts are not cut alike: each table of contacts says so."""
    if scope.coach is None:
        return ""
    return _(
        "Contacts tenus par %(coach)s, quel que soit le dossier ; les dossiers et les personnes sont ceux que "
        "%(coach)s suit aujourd’hui."
    ) % {"coach": scope.coach.get_full_name()}


def _by(
    code: str,
    title: str,
    row_label: str,
    choices: type[TextChoices] | type[ClosedList],
    tallies: Mapping[str, Tally],
    missed: Tally | None = None,
) -> Table:
    """Contacts held inside the mandate, by one characteristic, with the share of each in the time."""
    whole = sum(tally.minutes for tally in tallies.values())
    told = _("Part du temps : dans les heures des contacts tenus, dans le mandat.")

    def line(key: str, label: str, *counted: Tally, total: bool = False) -> TableRow:
        number, minutes = contact_cells(*counted)
        share = Rate(sum(tally.minutes for tally in counted), whole, told)
        return TableRow(key, label, (number, minutes, Cell(share, Kind.RATE)), is_total=total)

    labels = (*classes(choices), ("", _("Non précisé")))
    rows = [line(key or "unknown", label, tallies[key]) for key, label in labels if key in tallies]
    rows.append(line("total", _("Total des contacts tenus"), *tallies.values(), total=True))
    if missed is not None:
        rows.append(line("no_show", _("Rendez-vous manqués"), missed))
    return Table(
        code,
        title,
        row_label,
        (
            Column("count", _("Contacts")),
            Column("minutes", _("Durée"), rows_of="count"),
            Column("share", _("Part du temps"), rows_of="count"),
        ),
        tuple(rows),
        note=_("Contacts individuels consignés dans les dossiers, dans le mandat.")
        + " "
        + (_("Un rendez-vous manqué ne compte aucune heure.") + " " if missed is not None else "")
        + told,
        chart_column="minutes",
    )


def outside_table(work: ContactWork) -> Table:
    """Contacts that no subsidised hour counts, by why."""
    rows = (
        TableRow("after_exit", _("À partir du jour de la sortie"), contact_cells(work.after_exit)),
        TableRow("after_clock", _("Après les 24 mois, sans emploi suivi"), contact_cells(work.after_clock)),
        TableRow("total", _("Total hors mandat"), contact_cells(work.after_exit, work.after_clock), is_total=True),
    )
    return Table(
        "contacts_outside",
        _("Contacts hors mandat, exclus des heures"),
        _("Pourquoi"),
        (Column("count", _("Contacts")), Column("minutes", _("Durée non comptée"), rows_of="count")),
        rows,
        note=_("Consignés comme les autres, et comptés dans aucune heure subsidiée ni dans aucun tableau ci-dessus."),
    )

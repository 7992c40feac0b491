"""What the sections of the activity report share: axes, and cells that count people, contracts, contacts."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar
from uuid import UUID

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from beneficiaries.enums import Gender
from foundation.rules.lists import ClosedList
from reporting.activity.selectors.rows import CaseRow, ContractRow, Tally
from tables.engine.refs import PackedRefs
from tables.engine.tables import Axis, Cell, Kind, Subject, Table, count_cell, cross_table

Row = TypeVar("Row")


def genders(used: Iterable[str]) -> Axis:
    """Men, women, and who is neither when somebody is."""
    labels = (
        (Gender.MAN.value, _("Hommes")),
        (Gender.WOMAN.value, _("Femmes")),
        (Gender.NON_BINARY.value, _("Non binaires")),
        (Gender.UNKNOWN.value, _("Non précisé")),
    )
    return shown(Axis(_("Genre"), labels), used, always=(Gender.MAN.value, Gender.WOMAN.value))


def classes(choices: type[TextChoices] | type[ClosedList]) -> tuple[tuple[str, str], ...]:
    """The classes of a closed list, as rows read."""
    return tuple((choice.value, capfirst(str(choice.label))) for choice in choices)


def shown(axis: Axis, used: Iterable[Hashable], always: Sequence[Hashable] = ()) -> Axis:
    """The axis with the classes that somebody falls in, and those that are always told."""
    kept = {*used, *always}
    return Axis(axis.label, tuple((key, label) for key, label in axis.classes if key in kept))


def by_gender(
    *,
    code: str,
    title: str,
    rows: Sequence[Row],
    down: Axis,
    value: Callable[[Row], Hashable],
    gender: Callable[[Row], str],
    subject: Subject,
    identity: Callable[[Row], UUID],
    note: str,
    always: Sequence[Hashable] = (),
    chart: bool = True,
) -> Table:
    """Rows by one characteristic and by gender, classes nobody falls in left out unless they are always told."""
    return cross_table(
        code=code,
        title=title,
        rows=rows,
        down=(shown(down, {value(row) for row in rows}, always), value),
        across=(genders(gender(row) for row in rows), gender),
        subject=subject,
        identity=identity,
        note=note,
        chart=chart,
    )


def cases_cell(rows: Iterable[CaseRow]) -> Cell:
    """How many cases, and which."""
    return count_cell(rows, Subject.CASE, lambda row: row.case_id)


def contracts_cell(rows: Iterable[ContractRow]) -> Cell:
    """How many contracts, and which."""
    return count_cell(rows, Subject.EMPLOYMENT, lambda row: row.employment_id)


def ids_cell(subject: Subject, refs: Iterable[UUID]) -> Cell:
    """How many of these, each once, and which."""
    return count_cell(refs, subject, lambda ref: ref)


def contact_cells(*tallies: Tally) -> tuple[Cell, Cell]:
    """How many contacts and how much time, over one tally or several; the number opens on them."""
    refs = PackedRefs().together_with(*(tally.refs for tally in tallies))
    minutes = sum(tally.minutes for tally in tallies)
    return Cell(len(refs), Kind.COUNT, Subject.CONTACT, refs), Cell(minutes, Kind.MINUTES)

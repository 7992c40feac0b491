"""Small makers of the engine's tables for what is read rather than counted: facts, and lists of texts."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.formatting import date_words
from tables.engine.tables import Cell, Column, Kind, Table, TableRow

NOTHING = "–"

# A cell of a list: a text, or a number that outputs write as one.
Entry = str | Cell


def facts(code: str, title: str, pairs: Iterable[tuple[str, str]], note: str = "") -> Table:
    """A table of facts: one label and one text a line; a fact that is not known shows a dash."""
    rows = tuple(
        TableRow(str(number), label, (Cell(words or NOTHING, Kind.TEXT),))
        for number, (label, words) in enumerate(pairs, start=1)
    )
    return Table(code, title, "", (Column("value", ""),), rows, note)


def listing(
    code: str,
    title: str,
    first: str,
    columns: Sequence[str],
    rows: Iterable[tuple[str, Sequence[Entry]]],
    note: str = "",
) -> Table:
    """A list: the heading of each line under `first`, then one entry per column; an empty one says so in its note."""
    lines = tuple(
        TableRow(str(number), label or NOTHING, tuple(_cell(entry) for entry in entries))
        for number, (label, entries) in enumerate(rows, start=1)
    )
    heads = tuple(Column(f"c{number}", label) for number, label in enumerate(columns, start=1))
    return Table(code, title, first, heads, lines, note if lines else _("Rien n’est enregistré."))


def _cell(entry: Entry) -> Cell:
    return entry if isinstance(entry, Cell) else Cell(entry or NOTHING, Kind.TEXT)


def day(on: date | None) -> str:
    """A date, or nothing."""
    return date_words(on) if on else ""


def moment(at: datetime) -> str:
    """A day and an hour, as the clock on the wall showed them."""
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}"


def yes_no(value: bool) -> str:
    """A condition in one word."""
    return _("oui") if value else _("non")


def minutes(length: int) -> Cell:
    return Cell(length or None, Kind.MINUTES)


def capital(words: object) -> str:
    """The words with their first letter in upper case."""
    text = str(words)
    return text[:1].upper() + text[1:]

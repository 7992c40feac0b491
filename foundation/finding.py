"""Finding rows by pieces of a stored key, without reading every key: the lookups `holds` and `shares`.

A room says which of its columns are searched (`searched_columns`); `foundation/finding_index.py` keeps their pieces of
three letters. On PostgreSQL that is an index, and these lookups are comparisons that it answers. On SQLite it is a
table beside, and these lookups ask it. Where the database can keep neither, they compare row by row: slower, the same
answer.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce
from operator import add
from typing import Any

from django.core.exceptions import FullResultSet
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Case, CharField, IntegerField, Lookup, QuerySet, TextField, Value, When
from django.db.models.expressions import Col

from foundation.registry import Registry
from foundation.rules.resemblance import most_alike, pieces_of
from foundation.rules.text import search_key

# The letters of the pieces that are kept: a shorter word is looked for at the beginning of words.
PIECE = 3
# The first SQLite whose full text search keeps pieces of words.
_FIRST_SQLITE = (3, 34)
# How many rows are compared letter by letter when nothing is spelt as asked, for one that is shown.
CANDIDATES_PER_HIT = 10
MOST_PIECES = 24


@dataclass(frozen=True, slots=True)
class SearchedColumn:
    """A column of normalised words; `edge` stands before each word, the first one aside."""

    table: str
    column: str
    edge: str = " "

    @property
    def name(self) -> str:
        """What the index is called, and on SQLite the table beside."""
        return f"{self.table}_{self.column}_pieces"


searched_columns: Registry[SearchedColumn] = Registry(key=lambda one: (one.table, one.column))


@cache
def sqlite_keeps_pieces() -> bool:
    """Whether the SQLite in use has what keeps the pieces of a key: asked of a database of its own, once a process."""
    if sqlite3.sqlite_version_info < _FIRST_SQLITE:
        return False
    probe = sqlite3.connect(":memory:")
    try:
        probe.execute("CREATE VIRTUAL TABLE probe USING fts5(words, tokenize='trigram')")
    except sqlite3.OperationalError:
        return False
    finally:
        probe.close()
    return True


class _Pieces(Lookup):
    """Words in a key; the right side holds them with spaces between. A value without a word narrows nothing."""

    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        words = str(self.rhs).split()
        if not words:
            raise FullResultSet
        column = self._searched()
        beside = column is not None and connection.vendor == "sqlite" and sqlite_keeps_pieces()
        left, left_params = self.process_lhs(compiler, connection)
        edge = column.edge if column else " "
        asked = self._asked_beside(compiler, column) if beside and column else None
        sql, params = self._sql(words, _Keys(left, list(left_params), edge, asked))
        return sql, tuple(params)

    def _searched(self) -> SearchedColumn | None:
        """The declaration of the column on the left, none when it is not one that is kept."""
        if not isinstance(self.lhs, Col):
            return None
        key = (self.lhs.target.model._meta.db_table, self.lhs.target.column)
        return next((one for one in searched_columns if (one.table, one.column) == key), None)

    def _asked_beside(self, compiler: Any, column: SearchedColumn) -> str:
        """The comparison of a row with the table beside, but for what is asked."""
        quote = compiler.quote_name_unless_alias
        row = f"{quote(self.lhs.alias)}.{quote(self.lhs.target.model._meta.pk.column)}"
        name = column.name
        return (
            f'{row} IN (SELECT kept.pk FROM "{name}" JOIN "{name}_rows" kept ON kept.id = "{name}".rowid '  # noqa: S608
            f'WHERE "{name}" MATCH %s)'
        )

    def _sql(self, words: list[str], keys: "_Keys") -> tuple[str, list[Any]]:
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class _Keys:
    """A column as a statement names it, and how its pieces are asked for."""

    left: str
    params: list[Any]
    edge: str
    beside: str | None

    def like(self, pattern: str) -> tuple[str, list[Any]]:
        """The key is like a pattern."""
        return f"{self.left} LIKE %s ESCAPE '\\'", [*self.params, pattern]

    def contains(self, word: str) -> tuple[str, list[Any]]:
        """The key has these letters somewhere, compared row by row or by the index of PostgreSQL."""
        return self.like(f"%{_escaped(word)}%")

    def any_of(self, pieces: list[str]) -> tuple[str, list[Any]]:
        """The key has one of these pieces, of three letters at least for the table beside."""
        if self.beside is not None and all(len(piece) >= PIECE for piece in pieces):
            return self.beside, [" OR ".join(map(_quoted, pieces))]
        return _joined(" OR ", [self.contains(piece) for piece in pieces])

    def begins_with_any(self, words: list[str]) -> tuple[str, list[Any]]:
        """A word of the key begins with one of these."""
        pieces = [self.edge + word for word in words]
        if self.beside is not None and all(len(piece) >= PIECE for piece in pieces):
            return self.beside, [" OR ".join(map(_quoted, pieces))]
        first = [self.like(f"{_escaped(word)}%") for word in words]
        return _joined(" OR ", first + [self.contains(piece) for piece in pieces])


class Holds(_Pieces):
    """The key holds every word, in any order, anywhere. Words too short to be kept begin a word of the key, one of them
    at least, when there is no longer one.
    """

    lookup_name = "holds"

    def _sql(self, words: list[str], keys: _Keys) -> tuple[str, list[Any]]:
        long = [word for word in words if len(word) >= PIECE]
        short = [word for word in words if len(word) < PIECE]
        parts: list[tuple[str, list[Any]]] = []
        if long and keys.beside is not None:
            parts.append((keys.beside, [" AND ".join(map(_quoted, long))]))
        else:
            parts += [keys.contains(word) for word in long]
        if not long:
            parts.append(keys.begins_with_any(short))
        if long or len(short) > 1:
            parts += [keys.contains(word) for word in short]
        return _joined(" AND ", parts)


class Shares(_Pieces):
    """The key holds one of the words at least."""

    lookup_name = "shares"

    def _sql(self, words: list[str], keys: _Keys) -> tuple[str, list[Any]]:
        return keys.any_of(words)


def _joined(between: str, parts: list[tuple[str, list[Any]]]) -> tuple[str, list[Any]]:
    """Comparisons as one."""
    return f"({between.join(sql for sql, _params in parts)})", [one for _sql, params in parts for one in params]


def _escaped(word: str) -> str:
    """A word in which nothing is a wildcard of LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _quoted(word: str) -> str:
    """A word as the full text search of SQLite reads it: letters, never an operator."""
    return '"{}"'.format(word.replace('"', '""'))


for _field in (CharField, TextField):
    for _lookup in (Holds, Shares):
        _field.register_lookup(_lookup)


def best_first(rows: QuerySet[Any], typed: str, *, sort: str = "search_key") -> QuerySet[Any]:
    """The rows, those whose key begins with what was typed before the others, then by that key: what was asked for is
    among the first, so that a few are enough.
    """
    key = search_key(typed)
    if not key:
        return rows.order_by(sort, "pk")
    begins = Case(When(**{f"{sort}__startswith": key}, then=Value(0)), default=Value(1), output_field=IntegerField())
    return rows.annotate(_further=begins).order_by("_further", sort, "pk")


def alike(rows: QuerySet[Any], typed: str, limit: int, *, column: str = "search_key") -> list[Any]:
    """Keys of the rows whose `search_key` looks like words that no key holds, most alike first, `limit` at most.

    Rows are chosen by the database: those whose `column` shares a piece with what was typed, of them those that share
    most pairs of letters. Only these few are compared letter by letter. One statement.
    """
    key = search_key(typed)
    pieces = [word[at : at + PIECE] for word in key.split() for at in range(len(word) - PIECE + 1)]
    pairs = pieces_of(key)[:MOST_PIECES]
    if not pieces:
        return []
    near = rows.filter(**{f"{column}__shares": " ".join(dict.fromkeys(pieces[:MOST_PIECES]))})
    held: Iterable[Any] = [
        Case(When(search_key__contains=pair, then=1), default=0, output_field=IntegerField()) for pair in pairs
    ]
    near = near.annotate(_near=reduce(add, held)).order_by("-_near", "search_key", "pk")
    candidates = near.values_list("pk", "search_key")[: limit * CANDIDATES_PER_HIT]
    return most_alike(key, list(candidates), limit)

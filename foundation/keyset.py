"""Lists read by key: a page begins after a row, not after a number of rows, so that the thousandth costs as the first.

What is written or closed meanwhile moves no row from one page to another. The address names a row by its key, how many
came before it and, where the list is in the order of days, the day that it had: whoever was dealt with since is not
sought elsewhere. Names never stand in an address: they are read from the row.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, Q, QuerySet

AFTER, BEFORE = "apres", "avant"
#: what an address says of the page alone: another filter or order begins at the first one
PAGE_PARAMETERS = ("page", AFTER, BEFORE)
_SEPARATOR, _NONE = "~", "-"


@dataclass(frozen=True, slots=True)
class SortKey:
    """A column that a list is in the order of.

    Attributes:
        column: as a queryset names it, an annotation too.
        backwards: from the greatest to the least.
        nullable: whether it may be missing; what is missing comes last either way.
        told: whether the address names its value, a day: the others are read from the row that the address names.
    """

    column: str
    backwards: bool = False
    nullable: bool = False
    told: bool = False

    def order(self, reverse: bool = False) -> OrderBy:
        """How the database orders by it; ``reverse`` reads the list from its end."""
        column, down = F(self.column), self.backwards != reverse
        if not self.nullable:
            return column.desc() if down else column.asc()
        last = {"nulls_first": True} if reverse else {"nulls_last": True}
        return column.desc(**last) if down else column.asc(**last)

    def beyond(self, value: Any, reverse: bool) -> Q | None:
        """The rows that come after those with this value, or before them when read from the end; none can: ``None``."""
        if value is None:
            return Q(**{f"{self.column}__isnull": False}) if reverse else None
        side = "lt" if self.backwards != reverse else "gt"
        found = Q(**{f"{self.column}__{side}": value})
        return found | Q(**{f"{self.column}__isnull": True}) if self.nullable and not reverse else found

    def same(self, value: Any) -> Q:
        """The rows with this value."""
        return Q(**{f"{self.column}__isnull": True}) if value is None else Q(**{self.column: value})

    def bound(self, value: Any, reverse: bool) -> Q:
        """What an index narrows by: no row of the page is outside; everything where the column may be missing."""
        if self.nullable or value is None:
            return Q()
        side = "lte" if self.backwards != reverse else "gte"
        return Q(**{f"{self.column}__{side}": value})


PK = SortKey("pk")


def with_pk(keys: Sequence[SortKey]) -> tuple[SortKey, ...]:
    """The order, made total by the key of the row."""
    return (*(key for key in keys if key.column != "pk"), PK)


def side_of(keys: Sequence[SortKey], values: Sequence[Any], *, reverse: bool = False) -> Q:
    """The rows after the row of these values, in the order of ``keys``; before it when ``reverse``."""
    alternatives, alike = Q(pk__in=()), Q()
    for key, value in zip(keys, values, strict=True):
        further = key.beyond(value, reverse)
        if further is not None:
            alternatives |= alike & further
        alike &= key.same(value)
    return keys[0].bound(values[0], reverse) & alternatives


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page begins or ends: the key of a row, its number in the list as it was read, and the days that the
    address tells of it, by column.
    """

    pk: UUID
    number: int
    told: Mapping[str, date | None]

    def __str__(self) -> str:
        days = (day.isoformat() if day else _NONE for day in self.told.values())
        return _SEPARATOR.join([str(self.number), *days, str(self.pk)])


def cursor_of(row: Any, number: int, keys: Sequence[SortKey]) -> Cursor:
    """The cursor of a row that carries the columns that are told."""
    return Cursor(row.pk, number, {key.column: getattr(row, key.column) for key in keys if key.told})


def read_cursor(written: str, keys: Sequence[SortKey]) -> Cursor | None:
    """The cursor that an address holds; ``None`` for what is none, or of another order."""
    told = [key.column for key in keys if key.told]
    try:
        number, *days, pk = written.split(_SEPARATOR)
        read = {
            column: None if day == _NONE else date.fromisoformat(day) for column, day in zip(told, days, strict=True)
        }
        return Cursor(UUID(pk), max(1, int(number)), read)
    except ValueError:
        return None


def values_at(rows: QuerySet[Any], cursor: Cursor, keys: Sequence[SortKey]) -> list[Any] | None:
    """What the row of the cursor has in each column: what is told as it is told, the rest as it is read (one statement,
    none when all is told); ``None`` when the row is gone.
    """
    read = [key.column for key in keys if not key.told and key.column != "pk"]
    row = rows.filter(pk=cursor.pk).order_by().values_list(*read).first() if read else ()
    if row is None:
        return None
    known = {**dict(zip(read, row, strict=True)), **cursor.told, "pk": cursor.pk}
    return [known[key.column] for key in keys]


class KeyPage:
    """One page of a list read by key. It looks like the page of a paginator to whoever shows how many there are.

    Args:
        rows: the rows in no order, as many as the filters leave.
        keys: the order, see :class:`SortKey`.
        asked: the parameters of the address.
        per_page: how many rows a page has.
        whole: the rows among which that of the cursor is looked for, filters aside; ``rows`` when none is given.
    """

    def __init__(
        self,
        rows: QuerySet[Any],
        keys: Sequence[SortKey],
        asked: Mapping[str, str],
        per_page: int,
        whole: QuerySet[Any] | None = None,
    ) -> None:
        self.keys = with_pk(keys)
        self.per_page = per_page
        self._rows = rows
        self._reverse = BEFORE in asked
        written = asked.get(BEFORE if self._reverse else AFTER, "")
        self.cursor = read_cursor(written, self.keys) if written else None
        self._reverse = self._reverse and self.cursor is not None
        self._values = values_at(rows if whole is None else whole, self.cursor, self.keys) if self.cursor else None

    @property
    def reverse(self) -> bool:
        """Whether the page is read from its end."""
        return self._reverse

    @property
    def parts(self) -> list[QuerySet[Any]]:
        """The rows of the page and all those after it, from its end when it is read backwards, unread; what is missing
        comes in a part of its own, so that each is one walk along an index.
        """
        keys, values = self.keys, self._values
        if self.cursor is None:
            return [self._ordered(self._rows, keys)]
        if values is None:
            return []
        first = keys[0]
        if not first.nullable or values[0] is None:
            return [self._ordered(self._rows.filter(side_of(keys, values, reverse=self._reverse)), keys)]
        known = (replace(first, nullable=False), *keys[1:])
        parts = [self._ordered(self._rows.filter(side_of(known, values, reverse=self._reverse)), known)]
        if not self._reverse:
            parts.append(self._ordered(self._rows.filter(first.same(None)), keys[1:]))
        return parts

    def _ordered(self, rows: QuerySet[Any], keys: Sequence[SortKey]) -> QuerySet[Any]:
        return rows.order_by(*(key.order(self._reverse) for key in keys))

    def fetch(self, read: Callable[[QuerySet[Any]], Sequence[Any]] = list) -> list[Any]:
        """Read the rows of the page and one more; ``read`` gives those of a part, in its order."""
        found: list[Any] = []
        for part in self.parts:
            if len(found) <= self.per_page:
                found += read(part[: self.per_page + 1 - len(found)])
        return found

    def fill(self, found: Sequence[Any], count: int) -> "KeyPage":
        """Take what was read: the rows of :meth:`fetch`, and how many rows the filters leave."""
        more = len(found) > self.per_page
        kept = list(found[: self.per_page])
        self.object_list = kept[::-1] if self._reverse else kept
        self.count = count
        number = self.cursor.number if self.cursor else 0
        if self._reverse:
            self.start_index = max(1, number - len(kept)) if more else 1
            self.has_before, self.has_after = more, True
        else:
            # The numbers are those of the list as it was read: rows may have gone since.
            self.start_index = min(number + 1, max(1, count - len(kept) + 1)) if kept else 0
            self.has_before, self.has_after = self.cursor is not None, more
        return self

    def read(self) -> "KeyPage":
        """Fill the page by itself: rows, and how many there are."""
        return self.fill(self.fetch(), self._rows.count())

    @property
    def end_index(self) -> int:
        """The number of the last row shown."""
        return self.start_index + len(self.object_list) - 1 if self.object_list else 0

    @property
    def number(self) -> int:
        """Which page it is, counting from the first row."""
        return (self.start_index - 1) // self.per_page + 1 if self.start_index else 1

    @property
    def num_pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // self.per_page))

    @property
    def paginator(self) -> "KeyPage":
        """Itself: what templates ask of a paginator (`count`, `num_pages`)."""
        return self

    @property
    def previous_cursor(self) -> str:
        """Where the page before ends; "" on the first one."""
        return (
            str(cursor_of(self.object_list[0], self.start_index, self.keys))
            if self.object_list and self.has_before
            else ""
        )

    @property
    def next_cursor(self) -> str:
        """Where the page after begins; "" on the last one."""
        return (
            str(cursor_of(self.object_list[-1], self.end_index, self.keys))
            if self.object_list and self.has_after
            else ""
        )

    def __iter__(self) -> Any:
        return iter(self.object_list)

    def __len__(self) -> int:
        return len(self.object_list)

"""The rows behind all figures of a report, written once each: what makes a frozen report small enough to keep.

A contact is counted in half a dozen tables and their totals. Each identifier is kept once, sixteen bytes, and each
figure keeps the numbers of its rows.
"""

import zlib
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from operator import sub
from struct import Struct
from typing import overload
from uuid import UUID

from tables.engine.refs import SIZE, PackedRefs

_NUMBER = Struct("<I")


class RowBook:
    """Identifiers in the order in which they were first named, and lists of their numbers, one per distinct figure."""

    def __init__(self) -> None:
        self._ids = bytearray()
        self._lists: list[array[int]] = []
        self._known: dict[bytes, int] = {}
        # Figures that share a block of identifiers (a total and its parts) share the work of numbering it.
        self._blocks: dict[int, tuple[object, array[int]]] = {}

    def add(self, refs: Sequence[UUID]) -> int:
        """Write down the rows of a figure; returns the number of its list."""
        blocks = refs.blocks if isinstance(refs, PackedRefs) else (b"".join(ref.bytes for ref in refs),)
        numbers = array("I")
        for block in blocks:
            numbers += self._numbered(block)
        self._lists.append(numbers)
        return len(self._lists) - 1

    def close(self) -> "RowBook":
        """Forget what only writing needs: nothing is added any more."""
        self._known.clear()
        self._blocks.clear()
        return self

    def _numbered(self, block: bytes | bytearray) -> "array[int]":
        if id(block) not in self._blocks:
            known, ids = self._known, self._ids
            numbers = array("I")
            for start in range(0, len(block), SIZE):
                ref = bytes(block[start : start + SIZE])
                number = known.get(ref)
                if number is None:
                    number = known[ref] = len(known)
                    ids += ref
                numbers.append(number)
            # The block is held, so that no other gets its identity.
            self._blocks[id(block)] = (block, numbers)
        return self._blocks[id(block)][1]

    @property
    def lengths(self) -> list[int]:
        """How many rows each list holds."""
        return [len(numbers) for numbers in self._lists]

    def ids(self) -> Iterator[UUID]:
        """Every identifier, by number."""
        return (UUID(bytes=bytes(self._ids[start : start + SIZE])) for start in range(0, len(self._ids), SIZE))

    def numbers(self, number: int) -> "array[int]":
        """The numbers of the rows of a list."""
        return self._lists[number]

    def refs(self, number: int) -> PackedRefs:
        """The identifiers of a list."""
        ids = bytes(self._ids)
        return PackedRefs(b"".join(ids[at * SIZE : (at + 1) * SIZE] for at in self.numbers(number)))

    def pack(self) -> bytes:
        """The book as bytes: the identifiers, then each list as the compressed differences of its numbers."""
        parts = [_NUMBER.pack(len(self._ids)), bytes(self._ids), _NUMBER.pack(len(self._lists))]
        for numbers in self._lists:
            steps = array("i", map(sub, numbers, array("I", [0]) + numbers[:-1]))
            content = zlib.compress(steps.tobytes())
            parts += (_NUMBER.pack(len(content)), content)
        return b"".join(parts)

    @classmethod
    def unpack(cls, content: bytes) -> "RowBook":
        """The book that was packed."""
        book = cls()
        (size,) = _NUMBER.unpack_from(content, 0)
        at = _NUMBER.size
        book._ids = bytearray(content[at : at + size])
        at += size
        (lists,) = _NUMBER.unpack_from(content, at)
        at += _NUMBER.size
        for _number in range(lists):
            (size,) = _NUMBER.unpack_from(content, at)
            at += _NUMBER.size
            steps = array("i")
            steps.frombytes(zlib.decompress(content[at : at + size]))
            book._lists.append(array("I", accumulate(steps)))
            at += size
        return book


class KeptRefs(Sequence[UUID]):
    """The rows of one kept figure: how many is known at once, which is read when somebody asks."""

    __slots__ = ("_book", "_length", "_number")

    def __init__(self, book: Callable[[], RowBook], number: int, length: int) -> None:
        """The list of that number in the book that `book` reads."""
        self._book, self._number, self._length = book, number, length

    def packed(self) -> PackedRefs:
        return self._book().refs(self._number)

    def __len__(self) -> int:
        """How many rows."""
        return self._length

    def __iter__(self) -> Iterator[UUID]:
        """Each row, in order."""
        return iter(self.packed())

    @overload
    def __getitem__(self, index: int) -> UUID: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[UUID, ...]: ...
    def __getitem__(self, index: int | slice) -> UUID | tuple[UUID, ...]:
        """One row, or those of a page."""
        return self.packed()[index]

    def __eq__(self, other: object) -> bool:
        """The same rows in the same order, however they are held."""
        return self.packed() == (other.packed() if isinstance(other, KeptRefs) else other)

    def __hash__(self) -> int:
        """Like the tuple that it equals."""
        return hash(tuple(self))

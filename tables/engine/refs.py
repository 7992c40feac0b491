"""The identifiers behind a figure of several hundred thousand rows, at sixteen bytes each.

A year of contacts of a large organisation, counted in six tables, would otherwise hold millions of objects.
"""

from collections.abc import Iterator, Sequence
from typing import overload
from uuid import UUID

SIZE = 16


class PackedRefs(Sequence[UUID]):
    """Identifiers in order, made of blocks that several figures may share; reads like a tuple of identifiers."""

    __slots__ = ("_blocks",)

    def __init__(self, *blocks: bytes | bytearray) -> None:
        """Each block holds whole identifiers one after the other, and is not changed afterwards."""
        if any(len(block) % SIZE for block in blocks):
            raise ValueError("a block holds whole identifiers")
        self._blocks = tuple(block for block in blocks if block)

    @property
    def blocks(self) -> tuple[bytes | bytearray, ...]:
        """What they are made of, for whoever works on many at once."""
        return self._blocks

    def together_with(self, *others: "PackedRefs") -> "PackedRefs":
        """These identifiers, then those of the others: nothing is copied."""
        return PackedRefs(*self._blocks, *(block for other in others for block in other._blocks))

    def __len__(self) -> int:
        """How many identifiers."""
        return sum(len(block) for block in self._blocks) // SIZE

    def __iter__(self) -> Iterator[UUID]:
        """Each identifier, in order."""
        for block in self._blocks:
            for start in range(0, len(block), SIZE):
                yield UUID(bytes=bytes(block[start : start + SIZE]))

    @overload
    def __getitem__(self, index: int) -> UUID: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[UUID, ...]: ...
    def __getitem__(self, index: int | slice) -> UUID | tuple[UUID, ...]:
        """One identifier, or those of a page.

        Raises:
            IndexError: there are fewer.
        """
        if isinstance(index, slice):
            return tuple(self[position] for position in range(*index.indices(len(self))))
        position = index + len(self) if index < 0 else index
        for block in self._blocks:
            held = len(block) // SIZE
            if 0 <= position < held:
                return UUID(bytes=bytes(block[position * SIZE : (position + 1) * SIZE]))
            position -= held
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        """The same identifiers in the same order, packed or not."""
        if not isinstance(other, PackedRefs | tuple | list):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """Like the tuple that it equals."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """How many, not which: they may be many."""
        return f"<PackedRefs of {len(self)}>"

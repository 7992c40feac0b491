"""One act on several things: what is refused of one is told, the others are done."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class Batch(Generic[T]):
    """What became of each: done, or left as it was, with the words of the refusal."""

    done: list[T] = field(default_factory=list)
    refused: list[tuple[T, str]] = field(default_factory=list)

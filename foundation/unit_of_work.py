"""One act, one unit of work: what it must settle before it commits, and what it reads only once.

Rows that follow from other rows are settled once per act, whatever services it is made of: writing marks what is no
longer true (`Topic.mark`), and the end of the outermost act makes it true again
(docs/decisions/0016-one-flush-per-act.md).
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from foundation.registry import Registry

T = TypeVar("T")

Settler = Callable[[list[Any]], None]


class Topic:
    """Something that follows from rows and must be made true again once they are written, named by the key of each
    thing that it concerns.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        # Each makes things true again, given their keys, in the transaction of the act and signed by its author. What
        # it writes itself about these keys is its own to take into account; about others, it marks them.
        self.settlers: Registry[Settler] = Registry()

    def mark(self, *keys: Hashable) -> None:
        """Note that these are no longer true. Outside any act nothing is noted: whoever writes there settles."""
        unit = _unit.get()
        if unit is not None:
            unit.dirty.setdefault(self, {}).update(dict.fromkeys(keys))

    def settle(self) -> None:
        """Make true now what the act has marked: for a service that must read it before its act ends."""
        unit = _unit.get()
        settled: dict[Hashable, None] = {}
        while unit is not None and (waiting := unit.dirty.get(self, {}).keys() - settled.keys()):
            keys = [key for key in unit.dirty[self] if key in waiting]
            settled.update(dict.fromkeys(keys))
            for settler in self.settlers:
                settler(keys)
        if unit is not None:
            unit.dirty.pop(self, None)


@dataclass
class _Unit:
    """What the outermost act has in hand."""

    dirty: dict[Topic, dict[Hashable, None]] = field(default_factory=dict)
    kept: dict[Hashable, Any] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


_unit: ContextVar[_Unit | None] = ContextVar("unit_of_work", default=None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Settle at the end everything that was marked inside; to be opened inside the transaction of the act.

    Opened inside another one, it joins it. When it fails there, what the act had kept is read anew: rows that were
    changed in memory are no longer those of the database, and locks taken since its savepoint are gone.
    """
    outer = _unit.get()
    if outer is not None:
        try:
            yield
        except BaseException:
            outer.kept.clear()
            raise
        return
    unit = _Unit()
    token = _unit.set(unit)
    try:
        yield
        while unit.dirty:
            next(iter(unit.dirty)).settle()
    finally:
        _unit.reset(token)


def kept(key: Hashable, read: Callable[[], T]) -> T:
    """What `read` gives, read once per act; outside any act, each time."""
    unit = _unit.get()
    if unit is None:
        return read()
    if key not in unit.kept:
        unit.kept[key] = read()
    return cast(T, unit.kept[key])


def kept_already(key: Hashable) -> Any:
    """What the act has kept under a key; `None` when there is nothing."""
    unit = _unit.get()
    return unit.kept.get(key) if unit is not None else None


def note_answer(code: str, sentence: str) -> None:
    """Note that somebody confirmed what the act had asked, so that what it writes says so."""
    unit = _unit.get()
    if unit is not None:
        unit.answers[code] = sentence


def answers() -> dict[str, str]:
    """What was confirmed so far in this act: the sentence that was asked, by code."""
    unit = _unit.get()
    return dict(unit.answers) if unit is not None else {}


def forget(key: Hashable) -> None:
    """Read it anew the next time that it is asked for."""
    unit = _unit.get()
    if unit is not None:
        unit.kept.pop(key, None)

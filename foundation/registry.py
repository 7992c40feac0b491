"""How a room below shows what it does not know: rooms above add to its registries when the application starts."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """What the rooms above bring to one place of a room below, each from its ``AppConfig.ready``.

    Args:
        key: the name of an item within the registry; the object itself where none is given.
        order: by what the items are sorted when they are read; the order of arrival where none is given.
    """

    def __init__(self, *, key: Callable[[T], Hashable] = id, order: Callable[[T], Any] | None = None) -> None:
        self._key = key
        self._order = order
        self._items: dict[Hashable, T] = {}

    def add(self, item: T) -> T:
        """Bring an item; the very same one twice is once.

        Raises:
            ValueError: another item has that name.
        """
        name = self._key(item)
        if self._items.setdefault(name, item) is not item:
            raise ValueError(f"{name} is declared twice")
        return item

    def __getitem__(self, name: Hashable) -> T:
        """The item of that name.

        Raises:
            KeyError: there is none.
        """
        return self._items[name]

    def __contains__(self, name: object) -> bool:
        """Whether an item has that name."""
        return name in self._items

    def __iter__(self) -> Iterator[T]:
        items = self._items.values()
        return iter(sorted(items, key=self._order) if self._order else list(items))

"""What rooms above bring to a room below: once each, by name, in order."""

import pytest

from foundation.registry import Registry


def test_items_come_in_the_order_of_their_arrival():
    names: Registry[str] = Registry()
    for name in ("b", "a", "c"):
        names.add(name)
    assert list(names) == ["b", "a", "c"]


def test_items_come_in_the_order_asked():
    names: Registry[str] = Registry(order=lambda name: name)
    for name in ("b", "a", "c"):
        names.add(name)
    assert list(names) == ["a", "b", "c"]


def test_the_same_item_twice_is_once():
    checks: Registry[object] = Registry()
    one = object()
    assert checks.add(one) is checks.add(one) is one
    assert list(checks) == [one]


def test_two_items_of_one_name_are_refused():
    pairs: Registry[tuple[str, int]] = Registry(key=lambda pair: pair[0])
    pairs.add(("a", 1))
    with pytest.raises(ValueError, match="a is declared twice"):
        pairs.add(("a", 2))
    assert list(pairs) == [("a", 1)]


def test_an_item_is_found_by_its_name():
    pairs: Registry[tuple[str, int]] = Registry(key=lambda pair: pair[0])
    pairs.add(("a", 1))
    assert pairs["a"] == ("a", 1)
    assert "a" in pairs
    assert "b" not in pairs
    with pytest.raises(KeyError):
        pairs["b"]

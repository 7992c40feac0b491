"""Durable insertion, on the days of the cases."""

import pytest

from tests.conformance import adapters
from tests.conformance.folder import items, policy


@pytest.mark.parametrize("item", items("durable_insertion"))
def test_durable_insertion(item):
    assert adapters.durable(item["contracts"], item["on"], policy()) == item["expect"]

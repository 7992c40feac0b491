"""When the next contact is due, on the days of the cases."""

import pytest

from tests.conformance import adapters
from tests.conformance.folder import items, policy


@pytest.mark.parametrize("item", items("cadence"))
def test_cadence(item):
    assert adapters.cadence(item["case"], item["on"], policy()) == item["expect"]

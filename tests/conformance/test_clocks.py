"""The two clocks, on the days of the cases."""

import pytest

from tests.conformance import adapters
from tests.conformance.folder import items, policy


@pytest.mark.parametrize("item", items("clocks"))
def test_clocks(item):
    found = {
        "prehire": adapters.prehire(item["case"], item["on"], policy()),
        "followup": adapters.followup(item["case"], item["on"], policy()),
    }
    assert found == item["expect"], item.get("why")

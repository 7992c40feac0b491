"""Who a MIRE may support, for the profiles of the cases."""

import pytest

from tests.conformance import adapters
from tests.conformance.folder import items


@pytest.mark.parametrize("item", items("eligibility_mire"))
def test_eligibility_mire(item):
    assert adapters.eligibility_mire(item["profile"], item["on"]) == item["expect"]

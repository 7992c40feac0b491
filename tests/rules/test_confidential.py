"""Who reads and who writes what is kept apart from a contact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup.rules.confidential import reads_confidential, writes_confidential


@given(st.booleans(), st.booleans(), st.booleans())
def test_whoever_accompanies_nobody_reads_and_writes_only_as_a_coordinator(coordinates, own, carries):
    at = {"coordinates": coordinates, "accompanies": False, "carries_the_case": carries}
    assert reads_confidential(wrote_it=own, **at) is coordinates
    assert writes_confidential(was_there=own, **at) is coordinates


@pytest.mark.parametrize(
    ("own", "carries", "reads"), [(False, False, False), (True, False, True), (False, True, True), (True, True, True)]
)
def test_a_jobcoach_reads_their_own_and_those_of_their_cases(own, carries, reads):
    at = {"coordinates": False, "accompanies": True, "carries_the_case": carries}
    assert reads_confidential(wrote_it=own, **at) is reads
    assert writes_confidential(was_there=own, **at) is reads

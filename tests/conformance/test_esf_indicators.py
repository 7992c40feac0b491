"""ESF+ indicators: what each participant counts in, and the table of each file."""

import pytest

from esf.rules.indicators import indicator_codes, indicator_table
from tests.conformance import adapters
from tests.conformance.folder import documents

DOCUMENTS = documents("esf_indicators")
PARTICIPANTS = [
    pytest.param(participant, content["codes"][participant["id"]], id=participant["id"])
    for _, content in DOCUMENTS
    for participant in content["participants"]
]
ROWS = [
    pytest.param(content["participants"], code, row, id=f"{stem}-{code}")
    for stem, content in DOCUMENTS
    for code, row in content["table"].items()
]


@pytest.mark.parametrize(("participant", "codes"), PARTICIPANTS)
def test_codes_of_a_participant(participant, codes):
    assert list(indicator_codes(adapters.participant(participant))) == codes


@pytest.mark.parametrize(("participants", "code", "row"), ROWS)
def test_row_of_the_table(participants, code, row):
    found = indicator_table(participants, adapters.participant)
    assert adapters.table(found)[code] == row


@pytest.mark.parametrize("content", [pytest.param(content, id=stem) for stem, content in DOCUMENTS])
def test_the_table_has_no_other_row(content):
    found = indicator_table(content["participants"], adapters.participant)
    assert set(found) == set(content["table"])

"""Who reads a value of the house says of which organisation: the code is walked, so that no page finds it out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.parameters import Key, definitions
from beneficiaries.parameters import EligibilityKey
from esf.parameters import EsfKey
from road.parameters import RoadKey
from tests.house.conftest import python_files
from tests.rooms import ROOMS
from tests.traps import ROOT

KEYS = {"Key": Key, "EligibilityKey": EligibilityKey, "EsfKey": EsfKey, "RoadKey": RoadKey}


def readings(source: str) -> Iterator[tuple[int, str, bool]]:
    """Line, key and whether an organisation is named, of each reading of a dated value."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called, *given = [node.func, *node.args]
        name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
        if name == "partial" and given and isinstance(given[0], ast.Name):
            # The organisation comes last: whoever calls the partial names it.
            continue
        if name == "value_on" and given and isinstance(given[0], ast.Attribute):
            owner = given[0].value
            assert isinstance(owner, ast.Name), ast.dump(owner)
            key = KEYS[owner.id][given[0].attr]
            yield node.lineno, key, len(given) > 2 or any(one.arg == "organisation_id" for one in node.keywords)


@pytest.mark.once
def test_every_reading_of_a_value_of_the_house_names_an_organisation() -> None:
    seen, wrong = set(), []
    for path in python_files(*ROOMS):
        for line, key, named in readings(Path(path).read_text()):
            seen.add(key)
            if definitions[key].is_of_the_house and not named:
                wrong.append(f"{Path(path).relative_to(ROOT)}:{line} {key}")
    assert not wrong, "\n".join(wrong)
    assert {Key.CASELOAD_NORM, Key.PRE_HIRE_DAYS, Key.PREHIRE_MONTHS, EligibilityKey.MIRE_WINDOW} <= seen


@pytest.mark.once
def test_the_walk_would_notice() -> None:
    source = (
        "value_on(Key.CASELOAD_NORM, on)\nvalue_on(Key.CASELOAD_NORM, on, one.pk)\nvalue_on(Key.PREHIRE_MONTHS, on)"
    )
    assert list(readings(source)) == [
        (1, Key.CASELOAD_NORM, False),
        (2, Key.CASELOAD_NORM, True),
        (3, Key.PREHIRE_MONTHS, False),
    ]


# Those who ask what the law leaves: the house's own days are laid over it, checked against it, or looked at one by one.
LEGAL_DAYS = {
    "accounts/selectors/workdays.py",
    "accounts/services/closing_days.py",
    "accounts/views/closing_days.py",
    "followup/services/reminders.py",
}


@pytest.mark.once
def test_the_days_that_are_worked_are_asked_of_the_house() -> None:
    asking = {
        str(Path(path).relative_to(ROOT))
        for path in python_files(*ROOMS)
        for node in ast.walk(ast.parse(Path(path).read_text()))
        if isinstance(node, ast.ImportFrom)
        and node.module == "foundation.workdays"
        and any(one.name == "working_days" for one in node.names)
    }
    assert {path for path in asking if not path.startswith("demo/")} == LEGAL_DAYS

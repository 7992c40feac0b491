"""What each type of contract is, and that a new one needs no other place."""

from datetime import date

import pytest

from placements.rules import contract_kinds as kinds
from placements.rules.contract_kinds import CONTRACT_KINDS, LastDayFault, last_day_fault

DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("contract_type", "with_last_day", "without"),
    [
        ("CDI", LastDayFault.UNEXPECTED, None),
        ("CDD", None, None),
        ("INTERIM", None, None),
        ("ART_60", None, None),
        ("ART_61", None, None),
        ("PFI", None, LastDayFault.MISSING),
        ("STAGE", None, LastDayFault.MISSING),
        ("FREELANCE", None, None),
        ("OTHER", None, None),
    ],
)
def test_a_planned_last_day_fits_the_type(contract_type, with_last_day, without):
    assert last_day_fault(contract_type, DAY) is with_last_day
    assert last_day_fault(contract_type, None) is without


def test_ordinary_contracts_stop_the_clock_are_followed_and_count():
    ordinary = ("CDI", "CDD", "INTERIM")
    for types in (kinds.STOPPING_TYPES, kinds.FOLLOWED_TYPES, kinds.DURABLE_TYPES):
        assert types == ordinary


def test_any_contract_of_employment_is_a_contract_and_training_or_self_employment_is_none():
    assert kinds.EMPLOYMENT_TYPES == ("CDI", "CDD", "INTERIM", "ART_60", "ART_61", "OTHER")
    assert kinds.APART_TYPES == ("PFI", "STAGE", "FREELANCE")
    assert {code: kinds.is_employment(code) for code in CONTRACT_KINDS} == {
        code: code in kinds.EMPLOYMENT_TYPES for code in CONTRACT_KINDS
    }


def test_training_in_a_firm_is_neither_employment_nor_placement():
    assert kinds.TRAINING_TYPES == ("PFI", "STAGE")
    assert not set(kinds.TRAINING_TYPES) & {*kinds.STOPPING_TYPES, *kinds.EMPLOYMENT_TYPES}


def test_only_the_cdi_is_permanent():
    assert kinds.PERMANENT_TYPES == ("CDI",)
    assert kinds.FREE_TERM_TYPES == ("CDD", "INTERIM", "ART_60", "ART_61", "FREELANCE", "OTHER")
    assert len(CONTRACT_KINDS) == 9

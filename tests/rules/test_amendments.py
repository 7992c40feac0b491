"""What a contract says on a day, and which changes it can take."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from placements.rules.amendments import (
    AgreedTerms,
    AmendmentFault,
    Change,
    agreed_end,
    fault_of,
    terms_on,
)

START, END = date(2026, 6, 1), date(2026, 8, 31)
SIGNED = AgreedTerms(ends_on=END, weekly_hours=Decimal(38), job_title="Aide")


def change(on=date(2026, 7, 1), **what):
    return Change(effective_on=on, **what)


CHANGES = [
    change(weekly_hours=Decimal(19)),
    change(date(2026, 8, 1), weekly_hours=Decimal(28), changes_end=True, ends_on=date(2026, 12, 31), order=1),
    change(date(2026, 8, 1), weekly_hours=Decimal(30), order=2),
]


@pytest.mark.parametrize(
    ("on", "hours", "ends_on"),
    [
        (date(2026, 6, 30), 38, END),
        (date(2026, 7, 1), 19, END),
        (date(2026, 7, 31), 19, END),
        (date(2026, 8, 1), 30, date(2026, 12, 31)),
    ],
)
@pytest.mark.parametrize("written", [CHANGES, CHANGES[::-1]])
def test_the_terms_of_a_day_in_whatever_order_they_were_written(written, on, hours, ends_on):
    assert terms_on(SIGNED, written, on) == AgreedTerms(ends_on=ends_on, weekly_hours=Decimal(hours), job_title="Aide")
    assert agreed_end(END, written) == date(2026, 12, 31)


FIXED = {"contract_type": "CDD", "starts_on": START, "ends_on": END}


@pytest.mark.parametrize(
    ("what", "contract", "fault"),
    [
        (change(), {}, AmendmentFault.NOTHING),
        (change(weekly_hours=Decimal(38)), {}, AmendmentFault.ALREADY_SO),
        (change(weekly_hours=Decimal(37)), {}, None),
        (change(START, job_title="Chef"), {}, None),
        (change(START - timedelta(1), job_title="Chef"), {}, AmendmentFault.BEFORE_START),
        (change(END + timedelta(1), changes_end=True, ends_on=date(2026, 9, 30)), {}, None),
        (change(END + timedelta(2), changes_end=True, ends_on=date(2026, 9, 30)), {}, AmendmentFault.AFTER_END),
        (change(changes_end=True, ends_on=START), {}, None),
        (change(changes_end=True, ends_on=START - timedelta(1)), {}, AmendmentFault.END_BEFORE_START),
        (change(changes_end=True), {}, None),
        (change(changes_end=True), {"contract_type": "PFI"}, AmendmentFault.END_UNFIT),
        (change(changes_end=True, ends_on=END), {"contract_type": "CDI", "ends_on": None}, AmendmentFault.END_UNFIT),
        (change(becomes="CDI"), {}, None),
        (change(START, becomes="CDI"), {}, AmendmentFault.BEFORE_START),
        (change(becomes="CDI"), {"contract_type": "INTERIM"}, AmendmentFault.TYPE_UNFIT),
        (change(becomes="INTERIM"), {}, AmendmentFault.TYPE_UNFIT),
        (change(becomes="CDI", changes_end=True, ends_on=date(2027, 1, 1)), {}, AmendmentFault.TYPE_UNFIT),
    ],
)
def test_what_a_contract_can_take(what, contract, fault):
    current = SIGNED if contract.get("contract_type") != "CDI" else AgreedTerms(job_title="Aide")
    assert fault_of(what, current=current, **(FIXED | contract)) is fault


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 50)), max_size=6), st.integers(0, 91))
def test_the_hours_of_a_day_are_those_of_the_last_change_before_it(told, after):
    changes = [
        change(START + timedelta(day), weekly_hours=Decimal(hours), order=order)
        for order, (day, hours) in enumerate(told)
    ]
    held = sorted((day, order, hours) for order, (day, hours) in enumerate(told) if day <= after)
    expected = Decimal(held[-1][2]) if held else SIGNED.weekly_hours
    assert terms_on(SIGNED, changes, START + timedelta(after)).weekly_hours == expected

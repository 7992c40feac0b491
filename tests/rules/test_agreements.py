"""Which signatures open pre-hire, and from when."""

from datetime import date, timedelta

import pytest

from beneficiaries.rules import agreements
from beneficiaries.rules.agreements import (
    AgreementKind,
    asked_on,
    complete_on,
    contradicts_entry,
    is_optional,
    opening_agreements,
    opening_rule,
    opening_sentence,
    opens_prehire,
)
from beneficiaries.rules.phases import Spell
from method.rules.phases import Phase

D = date.fromisoformat
TRUST, CONVENTION, TRIPARTITE = AgreementKind
ON = D("2026-03-02")
# The decree of 13 December 2023.
TURN = D("2024-01-01")
EVE = TURN - timedelta(days=1)


@pytest.mark.parametrize(
    ("signed", "opens"),
    [
        ((), False),
        ((TRUST,), False),
        ((CONVENTION, TRIPARTITE), False),
        ((TRUST, CONVENTION), False),
        (("TRUST_CONTRACT", "CONVENTION", "TRIPARTITE"), True),
    ],
)
def test_the_three_documents_open_pre_hire(signed, opens):
    assert opens_prehire(signed, ON) is opens


def test_the_tripartite_convention_alone_was_optional():
    assert [kind for kind in AgreementKind if is_optional(kind, EVE)] == [TRIPARTITE]
    assert [kind for kind in AgreementKind if is_optional(kind, ON)] == []


def test_every_row_says_where_it_comes_from_and_the_order_of_rows_is_nothing(monkeypatch):
    assert all(rule.source for rule in agreements.OPENING_RULES)
    before = opening_rule(EVE), opening_rule(TURN)
    monkeypatch.setattr(agreements, "OPENING_RULES", agreements.OPENING_RULES[::-1])
    assert (opening_rule(EVE), opening_rule(TURN)) == before


def test_all_is_signed_on_the_day_of_the_last_signature_that_is_needed():
    days = {"CONVENTION": D("2026-02-03"), "TRUST_CONTRACT": D("2026-02-05"), "TRIPARTITE": D("2026-03-01")}
    assert complete_on(days, ON) == D("2026-03-01")
    assert complete_on(days, EVE) == D("2026-02-05")
    assert complete_on({"CONVENTION": D("2026-02-03")}, ON) is None


@pytest.mark.parametrize(("on", "optional"), [(EVE, True), (TURN, False), (TURN + timedelta(days=1), False)])
def test_a_rule_holds_from_its_first_day_until_the_next_one(on, optional):
    assert is_optional(TRIPARTITE, on) is optional
    assert opens_prehire({TRUST, CONVENTION}, on) is optional
    assert (TRIPARTITE in opening_agreements(on)) is not optional


@pytest.mark.parametrize(
    ("missing", "late", "entered_on", "contradicts"),
    [
        ((), (), ON, False),
        # Entered before anybody knew that the tripartite convention would be asked.
        ((TRIPARTITE,), (), ON, False),
        ((TRUST,), (), ON, True),
        ((CONVENTION,), (), ON, True),
        ((), (TRIPARTITE,), ON, True),
        ((), (TRIPARTITE,), EVE, False),
        ((), (TRUST,), EVE, True),
    ],
)
def test_what_contradicts_an_entry(missing, late, entered_on, contradicts):
    signed = {kind: entered_on + timedelta(days=kind in late) for kind in AgreementKind if kind not in missing}
    assert contradicts_entry(signed, entered_on) is contradicts


def test_a_case_is_asked_by_the_rule_of_its_first_entry():
    stays = [
        Spell(Phase.PREPARATORY, D("2025-01-06"), D("2025-02-03")),
        Spell(Phase.PRE_HIRE, D("2025-02-03"), D("2025-05-05")),
        Spell(Phase.HIRE, D("2025-05-05"), D("2025-05-12")),
        Spell(Phase.PRE_HIRE, D("2025-05-12")),
    ]
    assert asked_on(stays, ON) == D("2025-02-03")
    assert asked_on(stays[:1], ON) == ON


@pytest.mark.parametrize("rule", agreements.OPENING_RULES, ids=lambda rule: str(rule.valid_from))
def test_what_is_missing_names_each_document_of_its_row_and_no_other(rule):
    said = opening_sentence(max(rule.valid_from, D("2000-01-01")))
    names = {TRUST: "contrat de confiance", CONVENTION: "la convention", TRIPARTITE: "convention tripartite"}
    assert {kind for kind, words in names.items() if words in said} == set(rule.kinds)
    assert said.endswith("doivent être signés.")
    assert said.count("convention") == len(set(rule.kinds) - {TRUST})

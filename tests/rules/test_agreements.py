"""Which signatures open pre-hire, and from when."""

from datetime import date, timedelta

import pytest

from beneficiaries.rules import agreements
from beneficiaries.rules.agreements import (
    AgreementKind,
    OpeningRule,
    asked_on,
    complete_on,
    is_optional,
    opening_agreements,
    opening_sentence,
    opens_prehire,
)
from beneficiaries.rules.phases import Spell
from method.rules.phases import Phase

D = date.fromisoformat
TRUST, CONVENTION, TRIPARTITE = AgreementKind
ON = D("2026-03-02")
TURN = D("2027-01-01")
EVE = TURN - timedelta(days=1)


@pytest.fixture
def three_from_2027(monkeypatch):
    """The tripartite convention becomes compulsory on a day; rows are given out of order."""
    later = OpeningRule(TURN, (TRUST, CONVENTION, TRIPARTITE))
    monkeypatch.setattr(agreements, "OPENING_RULES", (later, *agreements.OPENING_RULES))


@pytest.mark.parametrize(
    ("signed", "opens"),
    [
        ((), False),
        ((TRUST,), False),
        ((CONVENTION, TRIPARTITE), False),
        ((TRUST, CONVENTION), True),
        (("TRUST_CONTRACT", "CONVENTION", "TRIPARTITE"), True),
    ],
)
def test_the_trust_contract_and_the_convention_open_pre_hire(signed, opens):
    assert opens_prehire(signed, ON) is opens


def test_the_tripartite_convention_alone_is_optional():
    assert [kind for kind in AgreementKind if is_optional(kind, ON)] == [TRIPARTITE]


def test_all_is_signed_on_the_day_of_the_last_signature_that_is_needed():
    days = {"CONVENTION": D("2026-02-03"), "TRUST_CONTRACT": D("2026-02-05"), "TRIPARTITE": D("2026-03-01")}
    assert complete_on(days, ON) == D("2026-02-05")
    assert complete_on({"CONVENTION": D("2026-02-03")}, ON) is None


@pytest.mark.parametrize(("on", "optional"), [(EVE, True), (TURN, False), (TURN + timedelta(days=1), False)])
def test_a_rule_holds_from_its_first_day_until_the_next_one(three_from_2027, on, optional):
    assert is_optional(TRIPARTITE, on) is optional
    assert opens_prehire({TRUST, CONVENTION}, on) is optional
    assert (TRIPARTITE in opening_agreements(on)) is not optional


def test_a_case_is_asked_by_the_rule_of_its_first_entry():
    stays = [
        Spell(Phase.PREPARATORY, D("2025-01-06"), D("2025-02-03")),
        Spell(Phase.PRE_HIRE, D("2025-02-03"), D("2025-05-05")),
        Spell(Phase.HIRE, D("2025-05-05"), D("2025-05-12")),
        Spell(Phase.PRE_HIRE, D("2025-05-12")),
    ]
    assert asked_on(stays, ON) == D("2025-02-03")
    assert asked_on(stays[:1], ON) == ON


@pytest.mark.parametrize(
    ("kinds", "sentence"),
    [
        ((TRUST, CONVENTION), "Le contrat de confiance et la convention doivent être signés."),
        (
            (TRUST, CONVENTION, TRIPARTITE),
            "Le contrat de confiance, la convention et la convention tripartite doivent être signés.",
        ),
        ((CONVENTION, TRIPARTITE), "La convention et la convention tripartite doivent être signées."),
        ((CONVENTION,), "La convention doit être signée."),
        ((TRUST,), "Le contrat de confiance doit être signé."),
    ],
)
def test_what_is_missing_agrees_with_its_names(monkeypatch, kinds, sentence):
    monkeypatch.setattr(agreements, "OPENING_RULES", (OpeningRule(date.min, kinds),))
    assert opening_sentence(ON) == sentence

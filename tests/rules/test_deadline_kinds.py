"""One row a kind of deadline: what it says, before and once it is due."""

import pytest

from followup.rules.kinds import RULES, DeadlineKind, Told


def said(kind, **known):
    return RULES[kind].words(Told(**({"is_due": False, "firm": "Scierie"} | known)))


def test_every_kind_has_one_row_in_order_with_words_and_a_drawing():
    assert list(RULES) == list(DeadlineKind)
    assert all(rule.icon and rule.name and rule.asks and said(kind) for kind, rule in RULES.items())


@pytest.mark.parametrize(
    ("kind", "known", "words"),
    [
        (DeadlineKind.EMPLOYER, {}, "Prendre des nouvelles chez Scierie"),
        (DeadlineKind.CONTRACT_END, {"firm": "100 % bois"}, "Fin de contrat chez 100 % bois : pérenniser, renouveler"),
        (DeadlineKind.CONTACT, {}, "Premier contact à avoir"),
        (DeadlineKind.CONTACT, {"last_contact": "il y a 9 jours"}, "À contacter, dernier contact il y a 9 jours"),
        (DeadlineKind.NO_SHOWS, {"no_shows": 1}, "1 absence"),
        (DeadlineKind.NO_SHOWS, {"no_shows": 3}, "3 absences de suite"),
        (DeadlineKind.PREHIRE_END, {}, "Les 24 mois se terminent : préparer la suite"),
        (DeadlineKind.PREHIRE_END, {"is_due": True}, "Les 24 mois sont épuisés : clôturer"),
        (DeadlineKind.FOLLOW_UP_END, {}, "Le suivi se termine : préparer le bilan"),
        (DeadlineKind.FOLLOW_UP_END, {"is_due": True}, "Les six mois de suivi sont écoulés : faire le bilan"),
    ],
)
def test_words(kind, known, words):
    assert said(kind, **known).startswith(words)


def test_what_a_contact_settles_and_what_is_told_since():
    assert {kind for kind, rule in RULES.items() if rule.by_contact} == {
        "FIRST_MEETING",
        "CONTACT",
        "NEWS_ASKED",
        "NO_SHOWS",
    }
    assert {kind for kind, rule in RULES.items() if rule.is_since} == {
        "APPOINTMENT",
        "NO_SHOWS",
        "PREHIRE_END",
        "FOLLOW_UP_MISSING",
        "JOB_ENDED",
        "FOLLOW_UP_END",
    }

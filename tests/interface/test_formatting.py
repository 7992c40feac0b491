"""Words for dates, durations and numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import ngettext

from foundation import formatting
from foundation.formatting import NBSP, THIN

ON = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "aujourd’hui"),
        (1, "demain"),
        (-1, "hier"),
        (5, "dans 5 jours"),
        (-5, "il y a 5 jours"),
        (13, "dans 13 jours"),
        (14, "dans 2 semaines"),
        (-60, "il y a 8 semaines"),
        (61, "dans 2 mois"),
        (-365, "il y a 12 mois"),
        (-800, "il y a 2 ans"),
    ],
)
def test_distance_in_words(days: int, words: str) -> None:
    assert formatting.relative_words(ON + timedelta(days=days), ON) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "en retard de 1 jour"), (-3, "en retard de 3 jours"), (0, "aujourd’hui"), (1, "demain"), (5, "dans 5 jours")],
)
def test_lateness_in_words(days: int, words: str) -> None:
    assert formatting.late_words(ON + timedelta(days=days), ON) == words


@pytest.mark.parametrize(
    ("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (65, "1 h 05"), (90, "1 h 30"), (-90, "−1 h 30")]
)
def test_durations(minutes: int, words: str) -> None:
    assert formatting.duration_words(minutes) == words.replace(" ", NBSP)


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (1, None, "1"),
        (1234, None, f"1{THIN}234"),
        (Decimal("0.80"), None, "0,80"),
        (Decimal("0.8"), 2, "0,80"),
        (1234567.891, 1, f"1{THIN}234{THIN}567,9"),
        (-2.5, None, "−2,5"),
    ],
)
def test_numbers(value: float | Decimal, decimals: int | None, words: str) -> None:
    assert formatting.number_words(value, decimals) == words


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Benali", "AB"),
        ("Marie-Ange Lupant", "ML"),
        ("Cher", "C"),
        ("", "?"),
        ("de la Croix Éloïse", "DÉ"),
        ("’t Serclaes", "TS"),
        ("Émilie (Ana)", "ÉA"),
        ("- .", "?"),
        ("李小", "李"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert formatting.initials(name) == letters


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Bruno", "de Bruno"),
        ("Aline", "d’Aline"),
        ("Émilie", "d’Émilie"),
        ("Œdipe", "d’Œdipe"),
        ("", "de "),
        # A y before a vowel is a consonant, so is « ou ».
        ("Youssef", "de Youssef"),
        ("Yasmina", "de Yasmina"),
        ("Yannick", "de Yannick"),
        ("Yolande", "de Yolande"),
        ("Yves", "d’Yves"),
        ("Yvette", "d’Yvette"),
        ("Ouassim", "de Ouassim"),
        ("Oumar", "d’Oumar"),
        # An h of Arabic, Germanic or Spanish origin is aspirated.
        ("Hassan", "de Hassan"),
        ("Helga", "de Helga"),
        ("Hélène", "d’Hélène"),
        ("Henri", "d’Henri"),
    ],
)
def test_of_a_name(name, words):
    assert formatting.of_name(name) == words


COUNTED = "{% load i18n %}{% blocktranslate count n=n %}{{ n }} cas{% plural %}{{ n }} faits{% endblocktranslate %}"


@pytest.mark.parametrize(("number", "words"), [(0, "0 cas"), (1, "1 cas"), (2, "2 faits"), (-1, "-1 cas")])
def test_nought_is_singular_in_french(number: int, words: str) -> None:
    assert ngettext("%(n)s cas", "%(n)s faits", number) % {"n": number} == words
    assert Template(COUNTED).render(Context({"n": number})) == words
